package vn.giaoban.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a name is typed, it is found; and what is not asked for is not. */
class FoldedTest {
    private static final String LETTERS =
            "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ";

    @ParameterizedTest
    @CsvSource({
        "TP. Hồ Chí Minh, tp ho chi minh",
        "Bà Rịa – Vũng Tàu, ba ria vung tau",
        "Bà Rịa-Vũng Tàu, ba ria vung tau",
        "HOÀ BÌNH, hoa binh",
        "HÒA BÌNH, hoa binh",
        "Đắk Lắk, dak lak",
        "ÐẮK LẮK, dak lak",
        "K2ĐT, k2dt",
        "'  Vụ Kế hoạch- Tài chính ', vu ke hoach tai chinh"
    })
    void foldsToWords(String name, String words) {
        assertEquals(words, Folded.of(name));
    }

    @ParameterizedTest
    @CsvSource({
        "tphcm, TP.HCM",
        "tp.HCM, TP.HCM",
        "TP HCM, TP.HCM",
        "hcm, TP.HCM",
        "HOÀ, Hòa Bình",
        "hòa, Hoà Bình",
        "trang thiet bi cong trinh, Vụ Trang thiết bị và Công trình Y tế",
        "cong trinh trang thiet bi, Vụ Trang thiết bị và Công trình Y tế",
        "nghean, Nghệ An",
        "brvt, BR-VT",
        "dac lac, Đắc Lắc",
        "so y te nghe, Sở Y tế tỉnh Nghệ An"
    })
    void finds(String query, String name) {
        assertTrue(matches(query, name), query);
    }

    @ParameterizedTest
    @CsvSource({"an, Tuyên Quang", "hoa binh, Hòa Thành", "100%, Nghệ An", "ha noi, Hà Nam"})
    void doesNotFind(String query, String name) {
        assertFalse(matches(query, name), query);
    }

    @Test
    void signsAloneAskForNothing() {
        for (var query : new String[] {null, "", " ", "%", "\\", "—…", "🙂"})
            assertEquals(0, Folded.patterns(query).length, query);
    }

    @Property(tries = 500)
    void foldingTwiceIsFoldingOnce(@ForAll String anything) {
        assertEquals(Folded.of(anything), Folded.of(Folded.of(anything)));
    }

    /** Unicode is full of letters that fall apart only after another has been made small. */
    @Test
    void everyLetterThereIsFoldsOnce() {
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            var folded = Folded.of("a" + Character.toString(letter));
            assertEquals(folded, Folded.of(folded), Integer.toHexString(letter));
        }
    }

    @Property(tries = 300)
    void caseCompositionAndTonesDoNotMatter(@ForAll("names") String name) {
        var folded = Folded.of(name);
        assertEquals(folded, Folded.of(name.toUpperCase(Locale.forLanguageTag("vi"))));
        assertEquals(folded, Folded.of(Normalizer.normalize(name, Normalizer.Form.NFD)));
        assertEquals(folded, Folded.of(Normalizer.normalize(name, Normalizer.Form.NFC)));
        assertEquals(
                folded,
                Folded.of(Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "")));
        assertEquals(folded, Folded.of(" " + name.replace(" ", " – ") + "."));
    }

    @Property(tries = 300)
    void everyNameIsFoundByItsWordsInAnyOrderAndByItsSquash(@ForAll("names") String name, @ForAll Random random) {
        var words = Arrays.asList(name.split(" "));
        Collections.shuffle(words, random);
        assertTrue(matches(String.join(" ", words), name));
        assertTrue(matches(name.replace(" ", ""), name));
        assertTrue(matches(name.toUpperCase(Locale.ROOT), "Trước", name, "Sau"));
    }

    @Property(tries = 500)
    void noPatternHoldsAWildcardOfItsOwn(@ForAll String anything) {
        for (var pattern : Folded.patterns(anything)) assertTrue(pattern.matches("% [^%_\\\\ ]+%"), pattern);
    }

    @Provide
    Arbitrary<String> names() {
        var word = Arbitraries.strings().withChars(LETTERS).ofMinLength(1).ofMaxLength(7);
        return word.list().ofMinSize(1).ofMaxSize(6).map(words -> String.join(" ", words));
    }

    /** What LIKE ALL does, for patterns that hold no wildcard inside. */
    private static boolean matches(String query, String... names) {
        var text = Folded.text(names);
        return List.of(Folded.patterns(query)).stream()
                .allMatch(pattern -> text.contains(pattern.substring(1, pattern.length() - 1)));
    }
}

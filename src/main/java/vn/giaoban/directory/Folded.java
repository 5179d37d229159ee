package vn.giaoban.directory;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How names are written for searching: however somebody types a name (tones or none, old or new tone position,
 * capitals, dashes, dots), it folds to the same words.
 */
public final class Folded {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Folded() {}

    /** Lower case words without marks, one space between two: "Hoà Bình – CĐ" is "hoa binh cd". */
    public static String of(String text) {
        var plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        // đ is a letter of its own, not a d with a mark; ð is what some keyboards make of it.
        plain = plain.toLowerCase(Locale.ROOT).replace('đ', 'd').replace('ð', 'd');
        return BETWEEN_WORDS.matcher(plain).replaceAll(" ").strip();
    }

    /** The same without spaces, so that "TP. HCM", "tp.HCM" and "tphcm" meet. */
    static String squashed(String text) {
        return of(text).replace(" ", "");
    }

    /** What a search column holds for a thing with these names: the words of each, and each squashed into one. */
    public static String text(String... names) {
        var words = new LinkedHashSet<String>();
        for (var name : names) {
            if (name == null || name.isBlank()) continue;
            words.addAll(Arrays.asList(of(name).split(" ")));
            words.add(squashed(name));
        }
        words.remove("");
        // The space in front lets a pattern ask for the beginning of a word.
        return words.isEmpty() ? "" : " " + String.join(" ", words);
    }

    /**
     * LIKE patterns that a search column must match, all of them: every word of the query begins a word of the names,
     * in any order. Nothing is left in them that LIKE would take for a wildcard. Empty when nothing is asked for.
     */
    public static String[] patterns(String query) {
        if (query == null || of(query).isEmpty()) return new String[0];
        return Arrays.stream(of(query).split(" "))
                .distinct()
                .map(word -> "% " + word + "%")
                .toArray(String[]::new);
    }
}

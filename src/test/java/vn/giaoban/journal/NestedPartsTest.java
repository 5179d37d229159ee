package vn.giaoban.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import vn.giaoban.live.Fold;
import vn.giaoban.live.StreamKey;

/** Parts may lie inside one another: whatever becomes of them, the patch makes of the old picture the new one. */
class NestedPartsTest {
    private static final StreamKey KEY = new StreamKey("briefing/1", Audience.STAFF.word());

    /** A site and what other rooms say of it; null: not there. */
    record Site(Map<String, Object> outer, Map<String, Object> reply, Map<String, Object> quality) {
        List<Part> parts(String id) {
            return List.of(
                    part(List.of("endpoints", id, "reply"), reply),
                    part(List.of("endpoints", id), outer),
                    part(List.of("endpoints", id, "quality"), quality));
        }
    }

    private static Part part(List<String> path, Map<String, Object> view) {
        return new Part("briefing/1", path, List.of(Audience.STAFF), audience -> view);
    }

    @Provide
    Arbitrary<Site> sites() {
        Arbitrary<Map<String, Object>> view = Arbitraries.maps(
                        Arbitraries.of("name", "state", "sort"),
                        Arbitraries.integers().between(1, 3))
                .ofMaxSize(3)
                .map(TreeMap::new);
        var facet = view.injectNull(0.4);
        return Combinators.combine(view.injectNull(0.3), facet, facet).as(Site::new);
    }

    @Property
    void thePatchMakesTheNewPictureOfTheOld(
            @ForAll("sites") Site oneBefore,
            @ForAll("sites") Site oneAfter,
            @ForAll("sites") Site twoBefore,
            @ForAll("sites") Site twoAfter) {
        var before = new ArrayList<>(oneBefore.parts("one"));
        before.addAll(twoBefore.parts("two"));
        var after = new ArrayList<>(oneAfter.parts("one"));
        after.addAll(twoAfter.parts("two"));
        var change = new Change(Instant.EPOCH);
        for (int i = 0; i < before.size(); i++) change.shows(before.get(i), after.get(i));
        var folded = Fold.apply(paint(before), change.patches().getOrDefault(KEY, Map.of()));
        assertEquals(paint(after), withoutEmptyParent(folded));
    }

    /** Rooms that have nothing to tell keep silent: their share of the picture stays as it was. */
    @Test
    void whatTheChangeDoesNotNameStays() {
        var before = new Site(Map.of("name", 1), Map.of("state", 2), Map.of("sort", 3));
        var change = new Change(Instant.EPOCH);
        change.shows(
                part(List.of("endpoints", "one"), before.outer()),
                part(List.of("endpoints", "one"), Map.of("name", 7)));
        var expected = new Site(Map.of("name", 7), before.reply(), before.quality());
        assertEquals(
                paint(expected.parts("one")),
                Fold.apply(paint(before.parts("one")), change.patches().get(KEY)));
    }

    @Test
    void whatLiesInAPartThatIsGoneIsGoneWithIt() {
        var before = new Site(Map.of("name", 1), Map.of("state", 2), null);
        var change = new Change(Instant.EPOCH);
        change.shows(part(List.of("endpoints", "one"), before.outer()), part(List.of("endpoints", "one"), null));
        assertEquals(
                Map.of("endpoints", Map.of()),
                Fold.apply(paint(before.parts("one")), change.patches().get(KEY)));
    }

    private static Map<String, Object> paint(List<Part> parts) {
        var pictures = new TreeMap<StreamKey, Map<String, Object>>();
        Journal.paint(parts, pictures);
        return pictures.getOrDefault(KEY, Map.of());
    }

    private static Map<String, Object> withoutEmptyParent(Map<String, Object> picture) {
        return Map.of("endpoints", Map.of()).equals(picture) ? Map.of() : picture;
    }
}

package vn.giaoban.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import vn.giaoban.db.Json;

/** A patch makes the next picture out of the one before: of any picture any other. */
class FoldTest {
    /** Objects within objects, with arrays, numbers, truths and texts; a picture holds no null. */
    @Provide
    Arbitrary<Map<String, Object>> pictures() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.of("", "a", "Hà Nội", "\u2028").map(Object.class::cast),
                Arbitraries.integers().between(-3, 3).map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.of(List.of(), List.of("x"), List.of("x", "y"), List.of(Map.of("in", "side")))
                        .map(Object.class::cast));
        return Arbitraries.recursive(() -> leaves, inner -> objects(inner).map(Object.class::cast), 0, 4)
                .tuple1()
                .flatMap(value -> objects(Arbitraries.oneOf(
                        leaves, objects(leaves).map(Object.class::cast), Arbitraries.just(value.get1()))));
    }

    private static Arbitrary<Map<String, Object>> objects(Arbitrary<Object> values) {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), values).ofMaxSize(4);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void theDifferenceMakesTheOneOutOfTheOther(
            @ForAll("pictures") Map<String, Object> before, @ForAll("pictures") Map<String, Object> after) {
        assertEquals(Json.text(after), Json.text(Fold.apply(before, Fold.diff(before, after))));
        // The same after the patch has been text on the way.
        var sent = Json.parse(Json.text(Fold.diff(before, after)));
        assertEquals(Json.text(after), Json.text(Fold.apply(before, sent)));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsTheSameHasNoDifferenceAndAPatchTwiceIsAPatchOnce(
            @ForAll("pictures") Map<String, Object> before, @ForAll("pictures") Map<String, Object> after) {
        assertTrue(Fold.diff(before, before).isEmpty());
        var patch = Fold.diff(before, after);
        assertEquals(patch.isEmpty(), Json.text(before).equals(Json.text(after)));
        var once = Fold.apply(before, patch);
        assertEquals(once, Fold.apply(once, patch));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void neitherArgumentIsChanged(
            @ForAll("pictures") Map<String, Object> before, @ForAll("pictures") Map<String, Object> after) {
        var was = Json.text(before);
        var patch = Fold.diff(before, after);
        var text = Json.text(patch);
        Fold.apply(before, patch);
        assertEquals(was, Json.text(before));
        assertEquals(text, Json.text(patch));
    }

    /** RFC 7396, appendix A, as far as a picture (an object without null) has such cases. */
    @Example
    void theExamplesOfTheStandard() {
        var cases = new String[][] {
            {"{'a':'b'}", "{'a':'c'}", "{'a':'c'}"},
            {"{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}"},
            {"{'a':'b'}", "{'a':null}", "{}"},
            {"{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}"},
            {"{'a':['b']}", "{'a':'c'}", "{'a':'c'}"},
            {"{'a':'c'}", "{'a':['b']}", "{'a':['b']}"},
            {"{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}"},
            {"{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}"},
            {"{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}"}
        };
        for (var one : cases) assertEquals(json(one[2]), new HashMap<>(Fold.apply(json(one[0]), json(one[1]))), one[1]);
    }

    private static Map<String, Object> json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}

package vn.giaoban.bridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import vn.giaoban.bridge.Interval;
import vn.giaoban.bridge.Loss;

/** 64 cells for a whole briefing, each as bad as the worst moment in it. */
class StripTest {
    private static final Instant T = Instant.parse("2026-12-01T01:00:00Z");
    private static final UUID SITE = UUID.randomUUID();

    private static Instant minute(int minutes) {
        return T.plusSeconds(60L * minutes);
    }

    private static Interval stood(Integer from, Integer to) {
        return new Interval(SITE, "page", minute(from), to == null ? null : minute(to));
    }

    private static LineWindow window(int minute, int roundTripMs) {
        return new LineWindow(SITE, SITE, minute(minute), minute(minute).plusSeconds(20), roundTripMs, 3, 0, null);
    }

    private static Strip strip(List<Interval> intervals, List<LineWindow> windows, Loss... lost) {
        return Strip.of(T, minute(64), intervals, windows, List.of(lost));
    }

    private static Loss lost(int from, Integer to) {
        return new Loss(SITE, minute(from), to == null ? null : minute(to));
    }

    @Test
    void oneCellAMinute() {
        var strip =
                strip(List.of(stood(2, null)), List.of(window(4, 30), window(5, 200), window(6, 1_500)), lost(10, 12));
        assertEquals("--uugfbuuuxx" + "u".repeat(52), strip.cells());
    }

    @Test
    void whoLeavesIsNotLostAndWhoNeverComesBackIs() {
        assertEquals(
                "u".repeat(10) + "-".repeat(54),
                strip(List.of(stood(0, 10)), List.of()).cells());
        assertEquals(
                "u".repeat(10) + "x".repeat(54),
                strip(List.of(stood(0, 10)), List.of(), lost(10, null)).cells());
        assertEquals("-".repeat(64), strip(List.of(), List.of()).cells());
    }

    @Test
    void severalSourcesCountTogether() {
        var both = List.of(stood(0, 10), new Interval(SITE, "jitsi", minute(5), minute(20)), stood(15, null));
        assertEquals("u".repeat(64), strip(both, List.of()).cells());
    }

    @Property
    void aShortLossIsNeverHiddenByManyGoodMinutes(@ForAll @IntRange(min = 1, max = 3_800) int second) {
        var cut = new Loss(SITE, T.plusSeconds(second), T.plusSeconds(second + 1));
        var windows = java.util.stream.IntStream.range(0, 64)
                .mapToObj(minute -> window(minute, 20))
                .toList();
        assertEquals('x', strip(List.of(stood(0, null)), windows, cut).cells().charAt(second / 60));
    }
}

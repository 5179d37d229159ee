package vn.giaoban.attendance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import vn.giaoban.bridge.Interval;

/** Presence is counted once, whoever reports it, and only within the briefing's hours. */
class AttendanceListTest {
    private static final Instant T0 = Instant.parse("2026-12-01T01:00:00Z");
    private static final UUID SITE = UUID.randomUUID();
    private static final int LONGEST = 60;

    @Test
    void twoSourcesAtOnceCountOnce() {
        var spans = AttendanceList.merged(
                List.of(at("page", 0, 20), at("jitsi", 10, 30), at("page", 40, null)), minute(5), minute(50));
        assertEquals(
                List.of(
                        new AttendanceList.Span(minute(5), minute(30)),
                        new AttendanceList.Span(minute(40), minute(50))),
                spans);
        assertEquals(
                Duration.ofMinutes(35),
                AttendanceList.present(
                        List.of(at("page", 0, 20), at("jitsi", 10, 30), at("page", 40, null)), minute(5), minute(50)));
    }

    @Test
    void whoWasThereOnlyBeforeTheStartAttendedForNoTime() {
        var lobby = List.of(at("page", 0, 4));
        assertEquals(Duration.ZERO, AttendanceList.present(lobby, minute(5), minute(50)));
        assertTrue(site(lobby).attended());
        assertFalse(site(List.of()).attended());
    }

    private static AttendanceList.Site site(List<Interval> intervals) {
        return new AttendanceList.Site(SITE, "Nghệ An", null, null, 0, Duration.ZERO, intervals, List.of(), List.of());
    }

    /** Against a reference that looks at every minute by itself. */
    @Property
    void mergingIsTheUnionOfMinutes(
            @ForAll("intervals") List<Interval> intervals,
            @ForAll @IntRange(max = LONGEST) int a,
            @ForAll @IntRange(max = LONGEST) int b) {
        int start = Math.min(a, b);
        int end = Math.max(a, b);
        var minutes = new BitSet();
        for (var interval : intervals)
            for (int m = start; m < end; m++)
                if (!interval.from().isAfter(minute(m))
                        && (interval.to() == null || interval.to().isAfter(minute(m)))) minutes.set(m);
        var spans = AttendanceList.merged(intervals, minute(start), minute(end));
        var merged = new BitSet();
        Instant last = null;
        for (var span : spans) {
            assertTrue(span.from().isBefore(span.to()));
            assertTrue(last == null || last.isBefore(span.from()), "in order, and apart");
            last = span.to();
            merged.set(index(span.from()), index(span.to()));
        }
        assertEquals(minutes, merged);
        assertEquals(
                Duration.ofMinutes(minutes.cardinality()),
                AttendanceList.present(intervals, minute(start), minute(end)));
    }

    @Provide
    Arbitrary<List<Interval>> intervals() {
        var from = Arbitraries.integers().between(0, LONGEST);
        var length = Arbitraries.integers().between(0, 20).injectNull(0.1);
        return Combinators.combine(from, length)
                .as((f, l) -> at(f % 2 == 0 ? "page" : "jitsi", f, l == null ? null : f + l))
                .list()
                .ofMaxSize(8);
    }

    private static Interval at(String source, int from, Integer to) {
        return new Interval(SITE, source, minute(from), to == null ? null : minute(to));
    }

    private static Instant minute(int minute) {
        return T0.plus(Duration.ofMinutes(minute));
    }

    private static int index(Instant instant) {
        return (int) Duration.between(T0, instant).toMinutes();
    }
}

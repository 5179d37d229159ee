package vn.giaoban.bridge.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import vn.giaoban.bridge.Interval;

/**
 * How one site's line was over a whole briefing, in a few cells, each as bad as the worst moment in it; and from when to
 * when it was lost. A site is lost where it has been there and nothing carries its line; pure.
 */
record Strip(String cells, List<Lost> lost) {
    static final int CELLS = 64;

    static final char ABSENT = '-';
    static final char UNMEASURED = 'u';
    static final char LOST = 'x';

    /** {@code to}: the moment of return, or null where it never came back. */
    record Lost(Instant from, Instant to) {}

    /**
     * {@code left}: when it left on purpose, or null; {@code until}: now, or the end of the briefing.
     * Intervals of whatever source count together.
     */
    static Strip of(Instant from, Instant until, List<Interval> intervals, List<LineWindow> windows, Instant left) {
        var cells = new char[CELLS];
        Arrays.fill(cells, ABSENT);
        for (var interval : intervals)
            fill(cells, from, until, interval.from(), interval.to() == null ? until : interval.to(), UNMEASURED);
        for (var window : windows) fill(cells, from, until, window.from(), window.to(), letter(window.quality()));
        var lost = lost(intervals, until, left);
        for (var gap : lost) fill(cells, from, until, gap.from(), gap.to() == null ? until : gap.to(), LOST);
        return new Strip(new String(cells), lost);
    }

    /** What lies between the intervals, and after the last one, unless the site had left by then. */
    private static List<Lost> lost(List<Interval> intervals, Instant until, Instant left) {
        var sorted =
                intervals.stream().sorted(Comparator.comparing(Interval::from)).toList();
        var lost = new ArrayList<Lost>();
        Instant end = null;
        boolean stands = false;
        for (var interval : sorted) {
            if (end != null && !stands && interval.from().isAfter(end)) lost.add(new Lost(end, interval.from()));
            stands |= interval.to() == null;
            if (interval.to() != null && (end == null || interval.to().isAfter(end))) end = interval.to();
        }
        boolean gone =
                left != null && end != null && Duration.between(left, end).abs().toSeconds() < 2;
        if (end != null && !stands && !gone && end.isBefore(until)) lost.add(new Lost(end, null));
        return List.copyOf(lost);
    }

    private static void fill(char[] cells, Instant from, Instant until, Instant start, Instant end, char with) {
        long whole = Math.max(1, Duration.between(from, until).toMillis());
        long first = Duration.between(from, start).toMillis() * CELLS / whole;
        long last = (Duration.between(from, end).toMillis() * CELLS - 1) / whole;
        for (long cell = Math.max(0, first); cell <= Math.min(CELLS - 1, last); cell++)
            if (worse(with, cells[(int) cell])) cells[(int) cell] = with;
    }

    private static boolean worse(char a, char b) {
        return ORDER.indexOf(a) > ORDER.indexOf(b);
    }

    private static final String ORDER = "-ugfwbx";

    static char letter(Quality quality) {
        return switch (quality) {
            case GOOD -> 'g';
            case FAIR -> 'f';
            case WEAK -> 'w';
            case BAD -> 'b';
        };
    }
}

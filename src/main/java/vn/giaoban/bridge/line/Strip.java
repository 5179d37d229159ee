package vn.giaoban.bridge.line;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import vn.giaoban.bridge.Interval;
import vn.giaoban.bridge.Loss;

/**
 * How one site's line was over a whole briefing, in a few cells, each as bad as the worst moment in it; and from when to
 * when it was lost; pure.
 */
record Strip(String cells, List<Loss> lost) {
    static final int CELLS = 64;

    static final char ABSENT = '-';
    static final char UNMEASURED = 'u';
    static final char LOST = 'x';

    /** {@code until}: now, or the end of the briefing. Intervals of whatever source count together. */
    static Strip of(Instant from, Instant until, List<Interval> intervals, List<LineWindow> windows, List<Loss> lost) {
        var cells = new char[CELLS];
        Arrays.fill(cells, ABSENT);
        for (var interval : intervals)
            fill(cells, from, until, interval.from(), interval.to() == null ? until : interval.to(), UNMEASURED);
        for (var window : windows) fill(cells, from, until, window.from(), window.to(), letter(window.quality()));
        for (var gap : lost) fill(cells, from, until, gap.from(), gap.to() == null ? until : gap.to(), LOST);
        return new Strip(new String(cells), lost);
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

package vn.giaoban.bridge.check;

import java.util.ArrayList;
import java.util.List;
import vn.giaoban.bridge.check.Measured.Value;

/** How one figure stands against the same site's figures of its last briefings. */
public record Comparison(Value value, double now, double before, Trend trend) {
    public enum Trend {
        BETTER,
        SAME,
        WORSE
    }

    /** Two measurements of one line differ by so much without meaning anything. */
    private static final double NOISE = 0.2;

    /** Neither do a few milliseconds or a tenth of a percent, however small the figure. */
    private static double noise(Value value) {
        return switch (value) {
            case UPLOAD, DOWNLOAD -> 100;
            case ROUND_TRIP, JITTER -> 5;
            case LONGEST_STALL -> 50;
            case LOSS -> 0.1;
        };
    }

    /** Against the median of what was measured before; a figure that either side lacks is not compared. */
    static List<Comparison> of(Measured now, List<Measured> earlier) {
        var all = new ArrayList<Comparison>();
        for (var value : Value.values()) {
            var figure = now.value(value);
            var past = earlier.stream()
                    .map(measured -> measured.value(value))
                    .filter(known -> known != null)
                    .sorted()
                    .toList();
            if (figure == null || past.isEmpty()) continue;
            double median = (past.get((past.size() - 1) / 2) + past.get(past.size() / 2)) / 2;
            all.add(new Comparison(value, figure, median, trend(value, figure, median)));
        }
        return all;
    }

    private static Trend trend(Value value, double now, double before) {
        double change = now - before;
        if (Math.abs(change) <= Math.max(noise(value), NOISE * Math.abs(before))) return Trend.SAME;
        return change < 0 == value.lessIsBetter ? Trend.BETTER : Trend.WORSE;
    }
}

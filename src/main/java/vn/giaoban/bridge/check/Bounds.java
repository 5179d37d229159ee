package vn.giaoban.bridge.check;

import java.util.EnumMap;
import java.util.Map;
import vn.giaoban.bridge.check.Measured.Value;

/** From which figure on a line is good, and until which it can still be used. */
public record Bounds(Map<Value, Double> good, Map<Value, Double> usable) {

    /** As they stand in the configuration: up and down in kbit/s, the times in ms, the loss in percent. */
    public record Figures(
            double upKbitPerS,
            double downKbitPerS,
            double roundTripMs,
            double jitterMs,
            double longestStallMs,
            double lossPercent) {
        Map<Value, Double> byValue() {
            var all = new EnumMap<Value, Double>(Value.class);
            all.put(Value.UPLOAD, upKbitPerS);
            all.put(Value.DOWNLOAD, downKbitPerS);
            all.put(Value.ROUND_TRIP, roundTripMs);
            all.put(Value.JITTER, jitterMs);
            all.put(Value.LONGEST_STALL, longestStallMs);
            all.put(Value.LOSS, lossPercent);
            return all;
        }
    }

    static Bounds of(Figures good, Figures usable) {
        return new Bounds(good.byValue(), usable.byValue());
    }

    boolean isGood(Value value, double figure) {
        return reaches(value, figure, good.get(value));
    }

    boolean isUsable(Value value, double figure) {
        return reaches(value, figure, usable.get(value));
    }

    private static boolean reaches(Value value, double figure, double bound) {
        return value.lessIsBetter ? figure <= bound : figure >= bound;
    }
}

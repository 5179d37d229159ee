package vn.giaoban.bridge.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import vn.giaoban.bridge.check.Measured.Step;
import vn.giaoban.bridge.check.Measured.Value;

/**
 * The one rule that says whether a site can take part, and what stands in the way. Anything that cannot be used makes it
 * bad, whatever else was left out; a step left out makes it incomplete; what is weak leaves it usable.
 */
public record Verdict(Grade grade, List<Finding> findings) {
    /** From the best to the worst of what is known; incomplete says that too little is. */
    public enum Grade {
        GOOD,
        USABLE,
        INCOMPLETE,
        BAD;

        /** Whether the site may be expected to take part. */
        public boolean serves() {
            return this == GOOD || this == USABLE;
        }
    }

    /** Why; the words and what to do about it stand in the reader's language, by this name. */
    public enum Cause {
        MICROPHONE_DENIED,
        MICROPHONE_MISSING,
        MICROPHONE_BUSY,
        MICROPHONE_SILENT,
        MICROPHONE_FAILED,
        SPEAKER_NOT_HEARD,
        LINE_FAILED,
        UPLOAD_LOW,
        DOWNLOAD_LOW,
        ROUND_TRIP_LONG,
        LOSS_HIGH,
        STALLS,
        JITTER_HIGH,
        CONNECTION_FAILED,
        VIDEO_UNREACHABLE,
        CAMERA_DENIED,
        CAMERA_MISSING,
        CAMERA_BUSY,
        CAMERA_FAILED,
        PICTURE_SMALL,
        NOT_CHECKED
    }

    /** One thing found: the figure and the bound that it misses, where it is a figure. */
    public record Finding(Cause cause, Step step, Grade grade, Double figure, Double bound) {
        static Finding of(Cause cause, Step step, Grade grade) {
            return new Finding(cause, step, grade, null, null);
        }
    }

    /** Below this the hub's wall shows mush: 360 lines is what Jitsi sends in its smallest tile that is still a face. */
    private static final double FEWEST_LINES = 360;

    public static Verdict of(Measured measured, Bounds bounds) {
        var findings = new ArrayList<Finding>();
        for (var step : Measured.all())
            switch (measured.outcome(step)) {
                case OK -> figures(step, measured, bounds, findings);
                case FAILED, DENIED -> findings.add(Finding.of(cause(step, measured), step, Grade.BAD));
                case SKIPPED -> findings.add(Finding.of(Cause.NOT_CHECKED, step, Grade.INCOMPLETE));
                case NOT_CONFIGURED -> {}
            }
        findings.sort(Comparator.comparing(Finding::grade).reversed().thenComparing(Finding::cause));
        return new Verdict(findings.isEmpty() ? Grade.GOOD : findings.getFirst().grade(), List.copyOf(findings));
    }

    private static void figures(Step step, Measured measured, Bounds bounds, List<Finding> findings) {
        if (step == Step.CAMERA) {
            var lines = measured.number(step, "height");
            var width = measured.number(step, "width");
            // A phone held upright has its lines the other way round.
            var fewer = lines == null || width == null ? lines : (Double) Math.min(lines, width);
            if (fewer != null && fewer < FEWEST_LINES)
                findings.add(new Finding(Cause.PICTURE_SMALL, step, Grade.USABLE, fewer, FEWEST_LINES));
        }
        boolean whole = step != Step.LINE
                || measured.value(Value.UPLOAD) != null
                        && measured.value(Value.DOWNLOAD) != null
                        && measured.value(Value.ROUND_TRIP) != null;
        if (!whole) findings.add(Finding.of(Cause.NOT_CHECKED, step, Grade.INCOMPLETE));
        for (var value : Value.values()) {
            var figure = value.step == step ? measured.value(value) : null;
            if (figure == null || bounds.isGood(value, figure)) continue;
            boolean usable = bounds.isUsable(value, figure);
            findings.add(new Finding(
                    cause(value),
                    step,
                    usable ? Grade.USABLE : Grade.BAD,
                    figure,
                    (usable ? bounds.good() : bounds.usable()).get(value)));
        }
    }

    private static Cause cause(Value value) {
        return switch (value) {
            case UPLOAD -> Cause.UPLOAD_LOW;
            case DOWNLOAD -> Cause.DOWNLOAD_LOW;
            case ROUND_TRIP -> Cause.ROUND_TRIP_LONG;
            case JITTER -> Cause.JITTER_HIGH;
            case LONGEST_STALL -> Cause.STALLS;
            case LOSS -> Cause.LOSS_HIGH;
        };
    }

    private static Cause cause(Step step, Measured measured) {
        boolean denied = measured.outcome(step) == Measured.Outcome.DENIED;
        var reason = measured.reason(step);
        return switch (step) {
            case CAMERA ->
                denied
                        ? Cause.CAMERA_DENIED
                        : switch (reason) {
                            case "MISSING" -> Cause.CAMERA_MISSING;
                            case "BUSY" -> Cause.CAMERA_BUSY;
                            default -> Cause.CAMERA_FAILED;
                        };
            case MICROPHONE ->
                denied
                        ? Cause.MICROPHONE_DENIED
                        : switch (reason) {
                            case "MISSING" -> Cause.MICROPHONE_MISSING;
                            case "BUSY" -> Cause.MICROPHONE_BUSY;
                            case "SILENT" -> Cause.MICROPHONE_SILENT;
                            default -> Cause.MICROPHONE_FAILED;
                        };
            case SPEAKER -> Cause.SPEAKER_NOT_HEARD;
            case CONNECTION -> Cause.CONNECTION_FAILED;
            case LINE -> Cause.LINE_FAILED;
            case VIDEO -> Cause.VIDEO_UNREACHABLE;
        };
    }
}

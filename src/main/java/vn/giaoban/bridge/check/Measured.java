package vn.giaoban.bridge.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a site's browser tried and measured, step by step; what is not there was not measured, which is never zero. */
public record Measured(Map<String, Object> steps) {
    /** What is tried, in the order in which a technician goes through it. */
    public enum Step {
        CAMERA,
        MICROPHONE,
        SPEAKER,
        CONNECTION,
        LINE,
        VIDEO;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a step ended. */
    public enum Outcome {
        OK,
        FAILED,
        /** The person or the browser refused the device. */
        DENIED,
        SKIPPED,
        /** There is nothing to try: this installation has no such server. */
        NOT_CONFIGURED
    }

    /** The figures that are judged and compared, with their units in their names. */
    public enum Value {
        UPLOAD(Step.LINE, "upKbitPerS", false),
        DOWNLOAD(Step.LINE, "downKbitPerS", false),
        ROUND_TRIP(Step.LINE, "roundTripMs", true),
        JITTER(Step.LINE, "jitterMs", true),
        LONGEST_STALL(Step.LINE, "longestStallMs", true),
        LOSS(Step.CONNECTION, "lossPercent", true);

        final Step step;
        final String field;
        final boolean lessIsBetter;

        Value(Step step, String field, boolean lessIsBetter) {
            this.step = step;
            this.field = field;
            this.lessIsBetter = lessIsBetter;
        }
    }

    /** A step that nobody speaks of was left out. */
    public Outcome outcome(Step step) {
        return said(step).get("outcome") instanceof String word ? Outcome.valueOf(word) : Outcome.SKIPPED;
    }

    public String reason(Step step) {
        return said(step).get("reason") instanceof String word ? word : "";
    }

    /** Null: not measured. */
    public Double value(Value value) {
        return number(value.step, value.field);
    }

    Double number(Step step, String field) {
        return said(step).get(field) instanceof Number number ? (Double) number.doubleValue() : null;
    }

    private Map<?, ?> said(Step step) {
        return steps.get(step.word()) instanceof Map<?, ?> said ? said : Map.of();
    }

    static List<Step> all() {
        return List.of(Step.values());
    }
}

package vn.giaoban.bridge.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vn.giaoban.bridge.check.Bounds.Figures;
import vn.giaoban.bridge.check.Verdict.Cause;
import vn.giaoban.bridge.check.Verdict.Finding;
import vn.giaoban.bridge.check.Verdict.Grade;

/** The one rule that judges a check, and how a check stands against earlier ones. */
class VerdictTest {
    private static final Bounds BOUNDS =
            Bounds.of(new Figures(2500, 3000, 200, 30, 500, 1), new Figures(800, 1000, 500, 80, 2000, 5));

    private static Map<String, Object> step(Object... pairs) {
        var step = new HashMap<String, Object>(Map.of("outcome", "OK"));
        for (int i = 0; i < pairs.length; i += 2) step.put((String) pairs[i], pairs[i + 1]);
        return step;
    }

    /** A site where all is well, without a relay: packet loss was not measured. */
    private static Map<String, Object> well() {
        return new HashMap<>(Map.of(
                "camera", step("width", 1280, "height", 720),
                "microphone", step("peakDb", -12),
                "speaker", step(),
                "connection", step("path", "LOOPBACK"),
                "line",
                        step(
                                "upKbitPerS",
                                5000,
                                "downKbitPerS",
                                8000,
                                "roundTripMs",
                                40,
                                "jitterMs",
                                3,
                                "stalls",
                                0,
                                "longestStallMs",
                                0),
                "video", step("outcome", "NOT_CONFIGURED")));
    }

    private static Verdict with(String name, Map<String, Object> step) {
        var steps = well();
        if (step == null) steps.remove(name);
        else {
            var merged = new HashMap<>(cast(steps.get(name)));
            merged.putAll(step);
            steps.put(name, merged);
        }
        return Verdict.of(new Measured(steps), BOUNDS);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    @Test
    void whatIsWellIsGoodAndWhatWasNotMeasuredIsNoZero() {
        var verdict = Verdict.of(new Measured(well()), BOUNDS);
        assertEquals(Grade.GOOD, verdict.grade());
        assertEquals(List.of(), verdict.findings());
    }

    private record Case(String step, Map<String, Object> said, Grade grade, Cause cause) {}

    @TestFactory
    Stream<DynamicTest> everyFault() {
        return Stream.of(
                        new Case("line", Map.of("upKbitPerS", 2499), Grade.USABLE, Cause.UPLOAD_LOW),
                        new Case("line", Map.of("upKbitPerS", 799), Grade.BAD, Cause.UPLOAD_LOW),
                        new Case("line", Map.of("downKbitPerS", 1000), Grade.USABLE, Cause.DOWNLOAD_LOW),
                        new Case("line", Map.of("downKbitPerS", 999.9), Grade.BAD, Cause.DOWNLOAD_LOW),
                        new Case("line", Map.of("roundTripMs", 201), Grade.USABLE, Cause.ROUND_TRIP_LONG),
                        new Case("line", Map.of("roundTripMs", 501), Grade.BAD, Cause.ROUND_TRIP_LONG),
                        new Case("line", Map.of("jitterMs", 31), Grade.USABLE, Cause.JITTER_HIGH),
                        new Case("line", Map.of("jitterMs", 81), Grade.BAD, Cause.JITTER_HIGH),
                        new Case("line", Map.of("longestStallMs", 501), Grade.USABLE, Cause.STALLS),
                        new Case("line", Map.of("longestStallMs", 2001), Grade.BAD, Cause.STALLS),
                        new Case("line", Map.of("outcome", "FAILED"), Grade.BAD, Cause.LINE_FAILED),
                        new Case("connection", Map.of("lossPercent", 1.5), Grade.USABLE, Cause.LOSS_HIGH),
                        new Case("connection", Map.of("lossPercent", 5.1), Grade.BAD, Cause.LOSS_HIGH),
                        new Case("connection", Map.of("outcome", "FAILED"), Grade.BAD, Cause.CONNECTION_FAILED),
                        new Case("camera", Map.of("outcome", "DENIED"), Grade.BAD, Cause.CAMERA_DENIED),
                        new Case("camera", Map.of("outcome", "FAILED", "reason", "BUSY"), Grade.BAD, Cause.CAMERA_BUSY),
                        new Case("camera", Map.of("height", 240, "width", 320), Grade.USABLE, Cause.PICTURE_SMALL),
                        new Case(
                                "microphone",
                                Map.of("outcome", "FAILED", "reason", "SILENT"),
                                Grade.BAD,
                                Cause.MICROPHONE_SILENT),
                        new Case("microphone", Map.of("outcome", "DENIED"), Grade.BAD, Cause.MICROPHONE_DENIED),
                        new Case("speaker", Map.of("outcome", "FAILED"), Grade.BAD, Cause.SPEAKER_NOT_HEARD),
                        new Case("video", Map.of("outcome", "FAILED"), Grade.BAD, Cause.VIDEO_UNREACHABLE),
                        new Case("speaker", Map.of("outcome", "SKIPPED"), Grade.INCOMPLETE, Cause.NOT_CHECKED),
                        new Case("microphone", null, Grade.INCOMPLETE, Cause.NOT_CHECKED))
                .map(one -> DynamicTest.dynamicTest(one.step() + " " + one.said(), () -> {
                    var verdict = with(one.step(), one.said());
                    assertEquals(one.grade(), verdict.grade());
                    assertEquals(
                            List.of(one.cause()),
                            verdict.findings().stream().map(Finding::cause).toList());
                }));
    }

    @Test
    void aPhoneHeldUprightHasItsLinesTheOtherWayRound() {
        assertEquals(
                Grade.GOOD, with("camera", Map.of("width", 720, "height", 1280)).grade());
        assertEquals(
                Grade.USABLE,
                with("camera", Map.of("width", 240, "height", 1280)).grade());
    }

    @Test
    void whatCannotBeUsedWeighsMoreThanWhatWasLeftOut() {
        var steps = well();
        steps.remove("speaker");
        steps.put("microphone", step("outcome", "DENIED"));
        steps.put("line", step("upKbitPerS", 900, "downKbitPerS", 9000, "roundTripMs", 20));
        var verdict = Verdict.of(new Measured(steps), BOUNDS);
        assertEquals(Grade.BAD, verdict.grade());
        assertEquals(
                List.of(Cause.MICROPHONE_DENIED, Cause.NOT_CHECKED, Cause.UPLOAD_LOW),
                verdict.findings().stream().map(Finding::cause).toList());
    }

    @Test
    void aLineWithoutItsFiguresIsNotChecked() {
        var steps = well();
        steps.put("line", step("downKbitPerS", 9000, "roundTripMs", 20));
        assertEquals(Grade.INCOMPLETE, Verdict.of(new Measured(steps), BOUNDS).grade());
        assertEquals(
                Grade.INCOMPLETE, Verdict.of(new Measured(Map.of()), BOUNDS).grade());
    }

    @Test
    void aCheckIsComparedWithTheMedianOfEarlierOnes() {
        var now = new Measured(
                Map.of("line", step("upKbitPerS", 2000, "roundTripMs", 90, "jitterMs", 4, "downKbitPerS", 9000)));
        var compared = Comparison.of(
                now,
                List.of(
                        new Measured(Map.of("line", step("upKbitPerS", 5000, "roundTripMs", 200, "jitterMs", 2))),
                        new Measured(Map.of("line", step("upKbitPerS", 4000, "roundTripMs", 180, "jitterMs", 1))),
                        new Measured(Map.of("line", step("upKbitPerS", 90_000, "roundTripMs", 190)))));
        var byValue = new HashMap<Measured.Value, Comparison>();
        compared.forEach(comparison -> byValue.put(comparison.value(), comparison));
        assertEquals(5000, byValue.get(Measured.Value.UPLOAD).before());
        assertEquals(Comparison.Trend.WORSE, byValue.get(Measured.Value.UPLOAD).trend());
        assertEquals(
                Comparison.Trend.BETTER, byValue.get(Measured.Value.ROUND_TRIP).trend());
        assertEquals(Comparison.Trend.SAME, byValue.get(Measured.Value.JITTER).trend());
        assertTrue(!byValue.containsKey(Measured.Value.DOWNLOAD), "never measured before");
        assertTrue(!byValue.containsKey(Measured.Value.LOSS), "not measured");
    }
}

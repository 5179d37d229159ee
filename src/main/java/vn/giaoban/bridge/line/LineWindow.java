package vn.giaoban.bridge.line;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** How a site's line was over some seconds, as its page measured it; {@code lossPermille} null: not measured. */
public record LineWindow(
        UUID briefing,
        UUID endpoint,
        Instant from,
        Instant to,
        int roundTripMs,
        int jitterMs,
        int stalls,
        Integer lossPermille) {
    /** The hour is ours: the clock of a site may be wrong. */
    static LineWindow ending(
            Instant now,
            int seconds,
            UUID briefing,
            UUID endpoint,
            int roundTripMs,
            int jitterMs,
            int stalls,
            Integer lossPermille) {
        var from = now.minus(Duration.ofSeconds(seconds));
        return new LineWindow(briefing, endpoint, from, now, roundTripMs, jitterMs, stalls, lossPermille);
    }

    public Quality quality() {
        return Quality.of(roundTripMs, jitterMs, stalls, lossPermille);
    }
}

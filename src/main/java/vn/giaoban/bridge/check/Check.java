package vn.giaoban.bridge.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.http.Refusal;

/**
 * A technical check (kiểm tra kỹ thuật) of one site for one briefing, signed by a technician by name.
 *
 * @param measuredAt when it was measured; {@code receivedAt} is later where the network was away meanwhile
 * @param person whose account sent it
 */
public record Check(
        UUID id,
        UUID briefing,
        UUID endpoint,
        Instant measuredAt,
        Instant receivedAt,
        UUID person,
        String technician,
        String note,
        Map<String, Object> browser,
        Measured measured,
        Verdict verdict) {
    /** A browser's clock, set right by ours, may still be this far ahead. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    /** What came later than this had waited for the network. */
    private static final Duration AT_ONCE = Duration.ofMinutes(2);

    /** The hour must be one at which it can have been measured, and not so long ago that it says nothing. */
    Check accepted(Duration kept) {
        if (measuredAt.isAfter(receivedAt.plus(CLOCKS_DIFFER))) throw Refusal.field("/measuredAt", "future");
        if (measuredAt.isBefore(receivedAt.minus(kept))) throw Refusal.field("/measuredAt", "too-old");
        return this;
    }

    public boolean late() {
        return Duration.between(measuredAt, receivedAt).compareTo(AT_ONCE) > 0;
    }
}

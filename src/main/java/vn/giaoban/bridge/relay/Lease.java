package vn.giaoban.bridge.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Which page relays, on whose behalf and since when. It lasts as long as that page speaks. */
record Lease(UUID page, String by, Instant since, Instant seenAt, long n) {
    boolean stands(Instant now, Duration life) {
        return page != null && seenAt.plus(life).isAfter(now);
    }

    boolean of(Report report) {
        return report.page().equals(page);
    }

    /** Sent twice, or overtaken on its way. */
    boolean hasHeard(Report report) {
        return of(report) && report.n() <= n;
    }

    /** It reports once a second; what comes much faster is a mistake. */
    boolean tooSoon(Instant now, Duration gap) {
        return seenAt.plus(gap).isAfter(now);
    }

    Lease lapsed() {
        return new Lease(null, "", since, seenAt, n);
    }
}

package vn.giaoban.bridge;

import java.time.Instant;
import java.util.UUID;

/**
 * From when to when a site's line stood ({@code to} null: it stands), and who says so. An edge is not sure where no
 * source showed it and it is only known that it lies about there.
 */
public record Interval(UUID endpoint, String source, Instant from, Instant to, boolean fromSure, boolean toSure) {
    public Interval(UUID endpoint, String source, Instant from, Instant to) {
        this(endpoint, source, from, to, true, true);
    }

    /** Ended at the latest then. */
    public Interval until(Instant end) {
        return to != null && !to.isAfter(end) ? this : new Interval(endpoint, source, from, end, fromSure, toSure);
    }
}

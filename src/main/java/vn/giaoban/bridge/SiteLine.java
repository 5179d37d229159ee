package vn.giaoban.bridge;

import java.time.Duration;
import java.time.Instant;

/**
 * What carries a site's line: our page, whose pings tell of a cut within seconds, or the conference alone, for room
 * systems and for browsers without our page. {@code lostAt}: null while it stands.
 */
public record SiteLine(boolean page, boolean video, Instant lostAt) {
    static final SiteLine NONE = new SiteLine(false, false, null);

    /** For so long after a cut a conference still shows who is no longer there: it pings once in a while only. */
    static final Duration AFTERGLOW = Duration.ofSeconds(75);

    public boolean lost() {
        return lostAt != null;
    }

    SiteLine byPage() {
        return new SiteLine(true, video, null);
    }

    /** What the conference said before the cut no longer counts. */
    SiteLine lost(Instant now) {
        return new SiteLine(page, false, now);
    }

    /** A page that is lost outweighs the conference, unless it was entered after the cut or its afterglow is over. */
    SiteLine inVideo(Instant since, Instant now) {
        if (!lost()) return new SiteLine(page, true, null);
        boolean counts = since.isAfter(lostAt) || !now.isBefore(lostAt.plus(AFTERGLOW));
        return counts ? new SiteLine(false, true, null) : this;
    }

    SiteLine outOfVideo() {
        return new SiteLine(page, false, lostAt);
    }
}

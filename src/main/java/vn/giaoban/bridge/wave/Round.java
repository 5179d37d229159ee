package vn.giaoban.bridge.wave;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import vn.giaoban.bridge.wave.CheckCall.Kind;
import vn.giaoban.directory.WorkingDays;

/** A round of check calls as it was planned: who calls, when they work, and how long for each site. */
public record Round(UUID briefing, Kind kind, int minutes, List<String> technicians, List<Hours> hours, int version) {
    /** Ten minutes before the start every site has been called. */
    static final Duration BEFORE_START = Duration.ofMinutes(10);

    Round changed() {
        return new Round(briefing, kind, minutes, technicians, hours, version + 1);
    }

    /** When the last call of such a round must have ended. */
    static Instant deadline(Kind kind, Instant start, WorkingDays days, ZoneId zone) {
        if (kind == Kind.FINAL) return start.minus(BEFORE_START);
        var day = start.atZone(zone).toLocalDate();
        // A whole working day lies between, or at least begins: what a trial finds can still be bought or mended.
        for (int back = 0; back < 30; back++) {
            day = day.minusDays(1);
            if (days.isWorking(day)) break;
        }
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}

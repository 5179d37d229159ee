package vn.giaoban.briefing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;

/** Briefings that run over, and whose booking comes next: shown in the control room while there is time to end. */
public final class Overruns {
    /** The act that looks. */
    public static final String LOOK = "briefing.overrun";

    /** While a briefing runs over, whom it would meet next is looked at this often. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final Journal journal;
    private final Briefings briefings;
    private final BriefingSql sql;
    private final Bookings bookings;

    public Overruns(Journal journal, Briefings briefings, Settings.Briefing limits) {
        this.journal = journal;
        this.briefings = briefings;
        this.sql = new BriefingSql(journal.db());
        this.bookings = new Bookings(journal.db(), Duration.ofMinutes(limits.bufferMinutes()));
    }

    /** Still running near or past its planned end: whose booking comes next is shown in the control room. */
    public void watch(UUID id, Instant expectedEnd) {
        journal.write(Briefings.subject(id), Actor.SYSTEM, change -> {
            var briefing = briefings.get(id);
            watch(change, briefing, expectedEnd);
            if (briefing.status() == Status.LIVE)
                change.due(change.now().plus(LOOK_AGAIN), LOOK, id.toString(), Map.of());
            return null;
        });
    }

    /** The same inside a change of another room of the briefing, which knows when the agenda would end. */
    public void watch(Change change, Briefing briefing, Instant expectedEnd) {
        if (briefing.status() != Status.LIVE) return;
        var until = expectedEnd.isAfter(change.now()) ? expectedEnd : change.now();
        var clash = until.isAfter(briefing.plan().end()) ? bookings.next(briefing, until) : null;
        Map<String, Object> next =
                clash == null ? Map.of() : clash.named(briefings.get(clash.briefing()), known(briefing));
        if (next.equals(briefing.marks().overrun())) return;
        var after = briefing.noted(briefing.marks().overrunning(next));
        sql.save(after);
        // The journal is read by the same people as the alarm: it says of the other briefing no more than that.
        if (clash != null)
            change.record(
                    "briefing.overrun", Fields.of("resource", clash.resource()).and("next", next.get("briefing")));
        change.shows(BriefingView.briefing(briefing), BriefingView.briefing(after));
    }

    /** What everybody in this briefing's control room may know of another: their own, and what is public. */
    private static Predicate<Briefing> known(Briefing briefing) {
        return other -> other.organisation().equals(briefing.organisation()) || other.visibleTo(Audience.PUBLIC);
    }
}

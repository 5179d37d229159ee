package vn.giaoban.attendance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.attendance.rollcall.RollCalls;
import vn.giaoban.bridge.Invitation;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.Person;

/** The attendance list of a briefing: counted while it runs, frozen with its hash in the moment it closes. */
public final class Attendance implements Companion {
    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final Delegates delegates;
    private final RollCalls rollCalls;
    private final Directory directory;
    private final AttendanceSql sql;
    private final int mostAddenda;

    public Attendance(
            Journal journal,
            Briefings briefings,
            Invitations invitations,
            Delegates delegates,
            RollCalls rollCalls,
            Directory directory,
            int mostAddenda) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.delegates = delegates;
        this.rollCalls = rollCalls;
        this.directory = directory;
        this.sql = new AttendanceSql(journal.db());
        this.mostAddenda = mostAddenda;
    }

    /** The frozen list with its addenda and what is better known since, or the one that would be frozen now. */
    public Map<String, Object> read(UUID briefing) {
        var frozen = sql.find(briefing);
        var now = list(briefings.get(briefing), journal.now());
        if (frozen == null) return AttendanceView.answer(now, null, List.of(), List.of());
        var list = Json.parse(frozen.body());
        return AttendanceView.answer(list, frozen, sql.addenda(briefing), Corrections.of(list, now));
    }

    /** A late fact, by the number after the last. */
    public Map<String, Object> add(Person by, UUID briefing, String text) {
        return journal.write(Briefings.subject(briefing), by.actor(), change -> {
            var frozen = sql.find(briefing);
            if (frozen == null) throw Refusal.state("not-frozen");
            var before = sql.addenda(briefing);
            if (before.size() >= mostAddenda) throw Refusal.state("too-many-addenda", Map.of("most", mostAddenda));
            var addendum = Addendum.after(
                    before.isEmpty() ? frozen.hash() : before.getLast().hash(),
                    briefing,
                    before.size() + 1,
                    change.now(),
                    by.id(),
                    by.name(),
                    text);
            sql.insert(addendum);
            change.record(
                    "attendance.addendum",
                    Fields.of("n", addendum.n()).and("hash", addendum.hex()),
                    Map.of("text", text));
            return AttendanceView.addendum(addendum);
        });
    }

    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before.status() == after.status() || after.status() != Status.CLOSED) return;
        var body = list(after, change.now());
        var frozen = FrozenList.of(after.id(), change.now(), Json.text(body));
        sql.insert(frozen);
        change.record("attendance.frozen", Fields.of("hash", frozen.hex()).and("totals", body.get("totals")));
    }

    private Fields list(Briefing briefing, Instant now) {
        var invited = invitations.of(briefing.id());
        var endpoints = directory.endpointsAt(
                invited.stream().map(Invitation::endpoint).toList(),
                briefing.plan().start());
        return AttendanceView.list(
                briefing,
                AttendanceList.of(
                        briefing,
                        endpoints.values(),
                        invited,
                        invitations.intervals(briefing.id()),
                        delegates.of(briefing.id()),
                        rollCalls.answers(briefing.id()),
                        now));
    }
}

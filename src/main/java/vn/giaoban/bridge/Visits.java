package vn.giaoban.bridge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;

/**
 * When sites were in the conference, as it is now known, in place of what was known before: what is told late or in
 * another order changes what has been. A room that ends tells of thousands at once, so all are written in one go.
 */
public final class Visits {
    private final Board board;
    private final InvitationSql sql;
    private final IntervalSql intervals;

    public Visits(Journal journal, Board board) {
        this.board = board;
        this.sql = new InvitationSql(journal.db());
        this.intervals = new IntervalSql(journal.db());
    }

    /** All visits of each of these sites; an open one is at most the last. Nothing happens for who is not invited. */
    public void known(Change change, Briefing briefing, Map<UUID, List<Interval>> visits) {
        var before = new ArrayList<Invitation>();
        var after = new ArrayList<Invitation>();
        var kept = new ArrayList<Interval>();
        var invited = sql.of(briefing.id(), visits.keySet());
        for (var was : invited) {
            var own = visits.get(was.endpoint());
            for (var visit : own) kept.add(briefing.status().doorsOpen() ? visit : visit.until(change.now()));
            var is = stands(was, briefing, own, change.now());
            if (is.equals(was)) continue;
            before.add(was);
            after.add(is);
        }
        intervals.replace(
                briefing.id(), invited.stream().map(Invitation::endpoint).toList(), Lines.JITSI, kept);
        record(change, before, after);
        // The list is frozen and stays as it is; that more is known now of when they were there is a fact of its own.
        if (!invited.isEmpty() && !briefing.status().doorsOpen())
            change.record("bridge.corrected", Fields.of("sites", invited.size()).and("source", Lines.JITSI));
        board.change(change, briefing, before, after);
    }

    private static Invitation stands(Invitation was, Briefing briefing, List<Interval> visits, Instant now) {
        var last = visits.isEmpty() ? null : visits.getLast();
        return last != null && last.to() == null
                ? was.inVideo(briefing.status(), last.from(), now)
                : was.outOfVideo(briefing.status(), last == null ? now : last.to());
    }

    /** Whose line stands now and whose is lost, of those for whom that is new. */
    private static void record(Change change, List<Invitation> before, List<Invitation> after) {
        var found = new ArrayList<String>();
        var lost = new ArrayList<String>();
        for (int i = 0; i < after.size(); i++) {
            var is = after.get(i);
            if (is.state() == before.get(i).state()) continue;
            (is.taken() && !is.line().lost() ? found : lost).add(is.endpoint().toString());
        }
        if (found.isEmpty() && lost.isEmpty()) return;
        change.record(
                "bridge.lines",
                Fields.of("found", found.isEmpty() ? null : found)
                        .and("lost", lost.isEmpty() ? null : lost)
                        .and("source", Lines.JITSI));
    }
}

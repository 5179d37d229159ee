package vn.giaoban.bridge;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;

/** Whose line stands and whose is lost, by what our pages' sockets say: the edges, and only they. */
public final class Lines implements Companion {
    public static final String PAGE = "page";
    public static final String JITSI = "jitsi";
    public static final String PHONE = "phone";

    private final Journal journal;
    private final Briefings briefings;
    private final Board board;
    private final InvitationSql sql;
    private final IntervalSql intervals;
    private final int mergeGapSeconds;

    public Lines(Journal journal, Briefings briefings, Board board, int mergeGapSeconds) {
        this.journal = journal;
        this.briefings = briefings;
        this.board = board;
        this.sql = new InvitationSql(journal.db());
        this.intervals = new IntervalSql(journal.db());
        this.mergeGapSeconds = mergeGapSeconds;
    }

    public List<Interval> intervals(UUID briefing) {
        return intervals.of(briefing);
    }

    void begin(Briefing briefing, UUID endpoint, Instant at) {
        intervals.begin(briefing.id(), List.of(endpoint), PAGE, at, mergeGapSeconds);
    }

    void end(Briefing briefing, UUID endpoint, Instant at) {
        intervals.end(briefing.id(), List.of(endpoint), PAGE, at);
    }

    /** Who is reached by telephone is there, whatever the line does. */
    void phone(Briefing briefing, UUID endpoint, boolean on, Instant at) {
        if (on) intervals.begin(briefing.id(), List.of(endpoint), PHONE, at, mergeGapSeconds);
        else intervals.end(briefing.id(), List.of(endpoint), PHONE, at);
    }

    /** Writes down whose page came or went since, for every briefing with open doors. */
    public void reconcile() {
        var concerned = new HashSet<UUID>();
        sql.changed(null).forEach(invitation -> concerned.add(invitation.briefing()));
        journal.each(
                concerned,
                id -> journal.write(Briefings.subject(id), Actor.SYSTEM, change -> {
                    edges(change, briefings.get(id));
                    return null;
                }));
    }

    private void edges(Change change, Briefing briefing) {
        // A page that has just joined is given a moment before its silence counts.
        var settled = change.now().minusSeconds(3);
        var before = sql.changed(briefing.id()).stream()
                .filter(i -> !holds(i) || i.joinedAt().isBefore(settled))
                .toList();
        if (before.isEmpty()) return;
        var after = before.stream()
                .map(i -> holds(i) ? i.lost(change.now()) : i.found())
                .toList();
        intervals.begin(briefing.id(), ids(after, true), PAGE, change.now(), mergeGapSeconds);
        intervals.end(briefing.id(), ids(after, false), PAGE, change.now());
        record(change, after);
        board.change(change, briefing, before, after);
    }

    private static void record(Change change, List<Invitation> after) {
        change.record(
                "bridge.lines", Fields.of("found", words(ids(after, true))).and("lost", words(ids(after, false))));
    }

    /** Is written down as held by its page. */
    private static boolean holds(Invitation invitation) {
        return invitation.line().page() && !invitation.line().lost();
    }

    private static List<UUID> ids(List<Invitation> invitations, boolean standing) {
        return invitations.stream()
                .filter(i -> (i.taken() && !i.line().lost()) == standing)
                .map(Invitation::endpoint)
                .toList();
    }

    private static List<String> words(List<UUID> ids) {
        return ids.isEmpty() ? null : ids.stream().map(UUID::toString).toList();
    }

    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before.status() != after.status() && after.status() == Status.CLOSED)
            intervals.endAll(after.id(), change.now());
    }
}

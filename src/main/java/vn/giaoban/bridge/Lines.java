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

/** Whose line stands and whose is lost, by what our pages' sockets and the conference say: the edges, and only they. */
public final class Lines implements Companion {
    public static final String PAGE = "page";
    public static final String JITSI = "jitsi";

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

    /**
     * The conference shows the site, in whichever way we heard it, and it has been there since then. May be said again
     * and again: a look at who is there says it for everybody. Nothing happens for who is not invited.
     */
    public void inVideo(Change change, Briefing briefing, UUID endpoint, Instant since) {
        video(change, briefing, endpoint, true, since);
    }

    /** The conference shows the site no longer, since then. */
    public void outOfVideo(Change change, Briefing briefing, UUID endpoint, Instant at) {
        video(change, briefing, endpoint, false, at);
    }

    private void video(Change change, Briefing briefing, UUID endpoint, boolean in, Instant at) {
        var before = sql.find(briefing.id(), endpoint);
        if (before == null) return;
        var status = briefing.status();
        if (!in) intervals.end(briefing.id(), List.of(endpoint), JITSI, at);
        else if (status.doorsOpen()) intervals.begin(briefing.id(), List.of(endpoint), JITSI, at, mergeGapSeconds);
        var after = in ? before.inVideo(status, at, change.now()) : before.outOfVideo(status, at);
        if (before.state() != after.state()) record(change, List.of(after), JITSI);
        board.change(change, briefing, List.of(before), List.of(after));
    }

    /**
     * All visits of a site to the conference, as they are now known, in place of what was known before: what is told
     * late or in another order changes what has been. An open one is at most the last.
     */
    public void visits(Change change, Briefing briefing, UUID endpoint, List<Interval> visits) {
        var before = sql.find(briefing.id(), endpoint);
        if (before == null) return;
        var open = briefing.status().doorsOpen();
        intervals.replace(
                briefing.id(),
                endpoint,
                JITSI,
                open ? visits : visits.stream().map(i -> i.until(change.now())).toList());
        var last = visits.isEmpty() ? null : visits.getLast();
        var after = last != null && last.to() == null
                ? before.inVideo(briefing.status(), last.from(), change.now())
                : before.outOfVideo(briefing.status(), last == null ? change.now() : last.to());
        if (before.state() != after.state()) record(change, List.of(after), JITSI);
        board.change(change, briefing, List.of(before), List.of(after));
    }

    /** Writes down whose page came or went since, for every briefing with open doors. */
    public void reconcile() {
        var concerned = new HashSet<UUID>();
        sql.changed(null).forEach(invitation -> concerned.add(invitation.briefing()));
        for (var id : concerned)
            journal.write(Briefings.subject(id), Actor.SYSTEM, change -> {
                edges(change, briefings.get(id));
                return null;
            });
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
        record(change, after, null);
        board.change(change, briefing, before, after);
    }

    private static void record(Change change, List<Invitation> after, String source) {
        change.record(
                "bridge.lines",
                Fields.of("found", words(ids(after, true)))
                        .and("lost", words(ids(after, false)))
                        .and("source", source));
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

package vn.giaoban.bridge.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;

/** The technical checks of the sites: taken down with their verdict, shown on the board, compared with earlier ones. */
public final class Checks implements Companion, Invitations.Departure {
    private static final int COMPARED = 5;

    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final CheckSql sql;
    private final Settings.Check limits;
    private final Bounds bounds;
    private final List<Listener> listeners = new ArrayList<>();

    /** Told of a check in the transaction that takes it down. */
    public interface Listener {
        void recorded(Change change, Briefing briefing, Check check);
    }

    public Checks(Journal journal, Briefings briefings, Invitations invitations, Settings.Check limits) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.sql = new CheckSql(journal.db());
        this.limits = limits;
        this.bounds = Bounds.of(figures(limits.good()), figures(limits.usable()));
    }

    private static Bounds.Figures figures(Settings.CheckFigures set) {
        return new Bounds.Figures(
                set.upKbitPerS(),
                set.downKbitPerS(),
                set.roundTripMs(),
                set.jitterMs(),
                set.longestStallMs(),
                set.lossPercent());
    }

    public void onRecorded(Listener listener) {
        listeners.add(listener);
    }

    Bounds bounds() {
        return bounds;
    }

    /** What a site sends, before it is judged. */
    record Sent(
            java.time.Instant measuredAt,
            String technician,
            String note,
            Map<String, Object> browser,
            Map<String, Object> steps) {}

    Check record(Actor actor, UUID id, UUID endpoint, Sent sent) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            invitations.get(id, endpoint);
            if (briefing.status() == Status.DRAFT)
                throw Refusal.state("briefing-state", Map.of("verb", "check", "status", "DRAFT"));
            if (sql.count(id, endpoint) >= limits.maxPerSite())
                throw Refusal.state("too-many-checks", Map.of("most", limits.maxPerSite()));
            var measured = new Measured(sent.steps());
            var check = new Check(
                            UUID.randomUUID(),
                            id,
                            endpoint,
                            sent.measuredAt(),
                            change.now(),
                            UUID.fromString(actor.id()),
                            sent.technician(),
                            sent.note(),
                            sent.browser(),
                            measured,
                            Verdict.of(measured, bounds))
                    .accepted(Duration.ofDays(limits.keepDays()));
            var before = sql.newest(id, endpoint);
            sql.insert(check);
            change.record(
                    "check.recorded",
                    Fields.of("check", check.id())
                            .and("endpoint", endpoint)
                            .and("measuredAt", check.measuredAt())
                            .and("verdict", check.verdict().grade())
                            .and("findings", CheckView.findings(check.verdict())),
                    Map.of("technician", check.technician()));
            var after = sql.newest(id, endpoint);
            show(change, briefing, endpoint, before, after);
            // One measured earlier that comes later is kept, and changes nothing.
            if (after.id().equals(check.id()))
                invitations.checked(
                        change, briefing, endpoint, check.verdict().grade().serves());
            listeners.forEach(listener -> listener.recorded(change, briefing, check));
            return check;
        });
    }

    private void show(Change change, Briefing briefing, UUID endpoint, Check before, Check after) {
        if (invitations.onBoard(briefing))
            change.shows(CheckView.board(briefing, endpoint, before), CheckView.board(briefing, endpoint, after));
        change.shows(CheckView.own(briefing, endpoint, before), CheckView.own(briefing, endpoint, after));
    }

    /** Of one site for one briefing, the newest first. */
    public List<Check> of(UUID briefing, UUID endpoint) {
        return sql.of(briefing, endpoint);
    }

    /** Of all sites of a briefing. */
    public List<Check> all(UUID briefing) {
        return sql.all(briefing);
    }

    /** The check that counts for each site of a briefing. */
    public List<Check> newest(UUID briefing) {
        return sql.newest(briefing);
    }

    /** Which of these sites' last check was bad. */
    public Set<UUID> lastBad(Set<UUID> endpoints) {
        return sql.lastBad(endpoints);
    }

    /** All checks of a site for this briefing, and how the newest stands against the site's last briefings. */
    Map<String, Object> history(UUID briefing, UUID endpoint) {
        var all = sql.of(briefing, endpoint);
        var earlier = sql.before(briefing, endpoint, COMPARED);
        var compared = all.isEmpty()
                ? List.<Comparison>of()
                : Comparison.of(
                        all.getFirst().measured(),
                        earlier.stream().map(Check::measured).toList());
        return Fields.of("items", all.stream().map(CheckView::answer).toList())
                .and("before", earlier.stream().map(CheckView::answer).toList())
                .and("compared", compared.stream().map(CheckView::answer).toList());
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        if (!invitations.onBoard(briefing)) return List.of();
        return sql.newest(briefing.id()).stream()
                .map(check -> CheckView.board(briefing, check.endpoint(), check))
                .toList();
    }

    @Override
    public List<Part> parts(Briefing briefing, UUID endpoint) {
        return List.of(CheckView.own(briefing, endpoint, sql.newest(briefing.id(), endpoint)));
    }

    /** Sites begin to see the briefing, and with it their checks; when they cease, the whole goes at once. */
    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before.shownToSites() || !after.shownToSites()) return;
        for (var check : sql.newest(after.id())) change.shows(null, CheckView.own(after, check.endpoint(), check));
    }

    @Override
    public void left(Change change, Briefing briefing, UUID endpoint) {}

    /** What stood inside the site's picture goes with it. */
    @Override
    public void uninvited(Change change, Briefing briefing, UUID endpoint) {
        sql.discount(briefing.id(), endpoint);
    }
}

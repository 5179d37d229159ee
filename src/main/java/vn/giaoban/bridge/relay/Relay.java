package vn.giaoban.bridge.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import vn.giaoban.bridge.Invitation;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;

/**
 * What only a moderator's page knows of the video room, relayed by one page at a time. Which one is settled here: the
 * first that reports, until it is silent. A hand that it sees goes into the queue of the floor.
 */
public final class Relay implements Companion, Invitations.Departure {
    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final Directory directory;
    private final Raising raising;
    private final RelaySql sql;
    private final Duration life;
    private final Duration gap;

    public Relay(
            Journal journal,
            Briefings briefings,
            Invitations invitations,
            Directory directory,
            Raising raising,
            Settings.Briefing limits) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.directory = directory;
        this.raising = raising;
        this.sql = new RelaySql(journal.db());
        this.life = Duration.ofMillis(limits.relayLifeMs());
        this.gap = Duration.ofMillis(limits.relayGapMs());
    }

    /** The lease after the report: the page's own, or that of another, whose report counts and not this one. */
    Lease report(Actor actor, String by, UUID id, Report report) {
        if (sql.renewed(id, report, journal.now())) return sql.lease(id);
        return journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            if (!briefing.status().doorsOpen())
                throw Refusal.state(
                        "doors-closed", Map.of("status", briefing.status().name()));
            var before = sql.lease(id);
            if (before != null && before.hasHeard(report)) return before;
            boolean own = before != null && before.of(report);
            if (!own && before != null && before.stands(change.now(), life)) return before;
            if (own && before.tooSoon(change.now(), gap)) throw new Refusal(429, "too-often", Map.of()).retryAfter(1);
            var after = new Lease(report.page(), by, own ? before.since() : change.now(), change.now(), report.n());
            if (!own) change.record("video.relayed", Fields.of("page", report.page()));
            take(change, briefing, before, after, report);
            return after;
        });
    }

    private void take(Change change, Briefing briefing, Lease before, Lease after, Report report) {
        var was = sql.roster(briefing.id());
        var is = was.next(report, sites(briefing), change.now());
        if (was.lobby() != is.lobby()) change.record("video.lobby", Fields.of("on", is.lobby()));
        if ((was.recordingAt() == null) != (is.recordingAt() == null))
            change.record("video.recording", Fields.of("on", is.recordingAt() != null));
        boolean all = hands(change, briefing, is);
        sql.save(briefing.id(), after, all ? report.digest() : null, was, is);
        show(change, briefing, before, was, after, is);
    }

    /** Every hand is heard once; false where one must wait, because its site has not taken its place yet. */
    private boolean hands(Change change, Briefing briefing, Roster is) {
        var heard = sql.hands(briefing.id());
        var changed = new ArrayList<Hand>();
        for (var hand : heard)
            if (!hand.down() && hand.loweredIn(is)) {
                changed.add(hand.lowered());
                if (hand.request() != null && !is.raised(hand.endpoint()))
                    raising.lowered(change, briefing, hand.request());
            }
        boolean all = true;
        for (var seat : is.unheard(heard).toList()) {
            var made = raising.raised(change, briefing, seat.endpoint());
            if (made != null)
                changed.add(new Hand(seat.participant(), seat.hand(), seat.endpoint(), made.request(), false));
            else all = false;
        }
        for (var hand : changed)
            change.record(
                    hand.down() ? "video.hand-lowered" : "video.hand-raised",
                    Fields.of("endpoint", hand.endpoint()).and("request", hand.request()));
        sql.save(briefing.id(), changed);
        return all;
    }

    private Roster.Sites sites(Briefing briefing) {
        var invited =
                invitations.of(briefing.id()).stream().map(Invitation::endpoint).toList();
        return Roster.Sites.of(directory.endpointsAt(invited, briefing.plan().start()).values().stream()
                .collect(Collectors.toMap(site -> site.id(), site -> site.name())));
    }

    private static void show(Change change, Briefing briefing, Lease before, Roster was, Lease after, Roster is) {
        change.shows(RelayView.video(briefing, before, was), RelayView.video(briefing, after, is));
        for (var site : sites(was, is))
            change.shows(RelayView.own(briefing, was, site), RelayView.own(briefing, is, site));
    }

    private static LinkedHashSet<UUID> sites(Roster... rosters) {
        var sites = new LinkedHashSet<UUID>();
        for (var roster : rosters)
            roster.seats().stream()
                    .map(Seat::endpoint)
                    .filter(site -> site != null)
                    .forEach(sites::add);
        return sites;
    }

    /** Whoever relays and has become silent does so no longer; the next page that reports takes over. */
    public void lapse() {
        for (var id : sql.silentSince(journal.now().minus(life)))
            journal.write(Briefings.subject(id), Actor.SYSTEM, change -> {
                var before = sql.lease(id);
                if (before == null || before.page() == null || before.stands(change.now(), life)) return null;
                var roster = sql.roster(id);
                sql.save(id, before.lapsed(), null, roster, roster);
                change.record("video.relay-silent", Fields.of("page", before.page()));
                show(change, briefings.get(id), before, roster, before.lapsed(), roster);
                return null;
            });
    }

    @Override
    public void left(Change change, Briefing briefing, UUID endpoint) {
        // Its page says goodbye; whether its picture is still in the room the next report tells.
    }

    @Override
    public void uninvited(Change change, Briefing briefing, UUID endpoint) {
        var lease = sql.lease(briefing.id());
        if (lease == null) return;
        var was = sql.roster(briefing.id());
        var is = was.without(endpoint);
        sql.save(briefing.id(), lease, null, was, is);
        show(change, briefing, lease, was, lease, is);
    }

    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        var lease = sql.lease(after.id());
        if (lease == null) return;
        var was = sql.roster(after.id());
        boolean over = !after.status().doorsOpen();
        if (over) sql.clear(after.id());
        var is = over ? Roster.EMPTY : was;
        change.shows(RelayView.video(before, lease, was), RelayView.video(after, over ? null : lease, is));
        for (var site : sites(was)) change.shows(RelayView.own(before, was, site), RelayView.own(after, is, site));
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        return List.of(RelayView.video(briefing, sql.lease(briefing.id()), sql.roster(briefing.id())));
    }

    @Override
    public List<Part> parts(Briefing briefing, UUID endpoint) {
        return List.of(RelayView.own(briefing, sql.roster(briefing.id()), endpoint));
    }
}

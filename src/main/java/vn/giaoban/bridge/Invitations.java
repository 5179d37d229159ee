package vn.giaoban.bridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Painter;
import vn.giaoban.journal.Part;

/** Which endpoints are expected at a briefing, which have joined, and whose line stands. */
public final class Invitations implements Companion, Painter {
    private final Journal journal;
    private final Briefings briefings;
    private final Directory directory;
    private final InvitationSql sql;
    private final Settings.Briefing limits;
    private final List<Departure> departures = new ArrayList<>();
    private Seats seats;

    /** Told when a site leaves, or is about to be taken off the list. */
    public interface Departure {
        void left(Change change, Briefing briefing, UUID endpoint);

        void uninvited(Change change, Briefing briefing, UUID endpoint);
    }

    public Invitations(Journal journal, Briefings briefings, Directory directory, Settings.Briefing limits) {
        this.journal = journal;
        this.briefings = briefings;
        this.directory = directory;
        this.sql = new InvitationSql(journal.db());
        this.limits = limits;
    }

    public void seats(Seats known) {
        seats = known;
    }

    public void onDeparture(Departure departure) {
        departures.add(departure);
    }

    public List<Invitation> of(UUID briefing) {
        return sql.of(briefing);
    }

    /** The invitation, or the answer for what does not exist. */
    public Invitation get(UUID briefing, UUID endpoint) {
        var invitation = sql.find(briefing, endpoint);
        if (invitation == null) throw Refusal.notFound();
        return invitation;
    }

    public List<Interval> intervals(UUID briefing) {
        return sql.intervals(briefing);
    }

    public List<Invitation> invite(Actor actor, UUID id, Collection<UUID> endpoints, Predicate<Briefing> visible) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            if (briefing.status().over()) throw Refusal.state("briefing-over");
            var known = directory.endpoints(endpoints);
            for (var endpoint : endpoints)
                if (!known.containsKey(endpoint)) throw Refusal.field("/endpoints", "unknown-id");
            add(change, briefing, endpoints);
            briefings.endpointsChanged(briefing, sqlEndpoints(id), visible);
            return sql.of(id);
        });
    }

    private void add(Change change, Briefing briefing, Collection<UUID> endpoints) {
        var already = sql.among(briefing.id(), new HashSet<>(endpoints));
        var added = endpoints.stream()
                .filter(endpoint -> !already.contains(endpoint))
                .toList();
        if (added.isEmpty()) return;
        var before = totals(briefing);
        if (sqlTotals(briefing).expected() + added.size() > limits.maxEndpoints())
            throw Refusal.state("too-many-endpoints", Map.of("most", limits.maxEndpoints()));
        sql.insert(briefing.id(), added);
        change.record(
                "bridge.invited",
                Fields.of("endpoints", added.stream().map(UUID::toString).toList()));
        change.shows(before, totals(briefing));
        var names = directory.endpoints(added);
        boolean board = onBoard(briefing);
        for (var endpoint : added) {
            var invitation = Invitation.of(briefing.id(), endpoint);
            if (board) change.shows(null, SiteView.site(briefing, invitation, names.get(endpoint), 0));
            change.shows(null, SiteView.own(briefing, invitation, names.get(endpoint)));
        }
        if (!board) change.repaint(Briefings.subject(briefing.id()));
    }

    public void uninvite(Actor actor, UUID id, UUID endpoint) {
        journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            var invitation = get(id, endpoint);
            if (briefing.status() == Status.LIVE || briefing.status().over())
                throw Refusal.state(
                        "briefing-state",
                        Map.of("verb", "uninvite", "status", briefing.status().name()));
            var before = totals(briefing);
            var site = site(briefing, invitation);
            departures.forEach(departure -> departure.uninvited(change, briefing, endpoint));
            sql.delete(id, endpoint);
            change.record("bridge.uninvited", Fields.of("endpoint", endpoint));
            change.shows(before, totals(briefing));
            change.shows(site, null);
            change.shows(own(briefing, invitation), null);
            briefings.endpointsChanged(briefing, sqlEndpoints(id), b -> true);
            return null;
        });
    }

    public Invitation join(Actor actor, UUID id, UUID endpoint) {
        return change(actor, id, endpoint, "bridge.joined", (invitation, change) -> {
            var joined = invitation.joined(briefings.get(id).status(), change.now());
            sql.begin(id, List.of(endpoint), change.now(), limits.mergeGapSeconds());
            return joined;
        });
    }

    public Invitation leave(Actor actor, UUID id, UUID endpoint) {
        return change(actor, id, endpoint, "bridge.left", (invitation, change) -> {
            var left = invitation.left(change.now());
            sql.end(id, List.of(endpoint), change.now());
            departures.forEach(departure -> departure.left(change, briefings.get(id), endpoint));
            return left;
        });
    }

    /** A short line to one site. */
    public void line(Actor actor, UUID id, UUID endpoint, String text) {
        change(actor, id, endpoint, "site.line", (invitation, change) -> {
            if (!briefings.get(id).status().doorsOpen())
                throw Refusal.state(
                        "doors-closed",
                        Map.of("status", briefings.get(id).status().name()));
            return invitation.showing(text, change.now());
        });
    }

    private Invitation change(
            Actor actor, UUID id, UUID endpoint, String verb, BiFunction<Invitation, Change, Invitation> next) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var before = get(id, endpoint);
            var after = next.apply(before, change);
            change.record(
                    verb, Fields.of("endpoint", endpoint).and("text", verb.endsWith("line") ? after.line() : null));
            save(change, briefings.get(id), List.of(before), List.of(after));
            return after;
        });
    }

    private void save(Change change, Briefing briefing, List<Invitation> before, List<Invitation> after) {
        var totals = totals(briefing);
        sql.save(after);
        change.shows(totals, totals(briefing));
        boolean board = onBoard(briefing);
        for (int i = 0; i < after.size(); i++) {
            if (board) change.shows(site(briefing, before.get(i)), site(briefing, after.get(i)));
            change.shows(own(briefing, before.get(i)), own(briefing, after.get(i)));
        }
    }

    /** Writes down whose line was found or lost since, for every briefing with open doors: the edges, and only they. */
    public void reconcile() {
        var briefingsConcerned = new HashSet<UUID>();
        sql.changed(null).forEach(invitation -> briefingsConcerned.add(invitation.briefing()));
        for (var id : briefingsConcerned)
            journal.write(Briefings.subject(id), Actor.SYSTEM, change -> {
                edges(change, briefings.get(id));
                return null;
            });
    }

    private void edges(Change change, Briefing briefing) {
        // A page that has just joined is given a moment before its silence counts.
        var settled = change.now().minusSeconds(3);
        var before = sql.changed(briefing.id()).stream()
                .filter(i -> i.state() == Invitation.State.LOST || i.joinedAt().isBefore(settled))
                .toList();
        if (before.isEmpty()) return;
        var after = before.stream()
                .map(i -> i.state() == Invitation.State.LOST ? i.found() : i.lost())
                .toList();
        var found = ids(after, Invitation.State.CONNECTED);
        var lost = ids(after, Invitation.State.LOST);
        sql.begin(briefing.id(), found, change.now(), limits.mergeGapSeconds());
        sql.end(briefing.id(), lost, change.now());
        change.record(
                "bridge.lines",
                Fields.of(
                                "found",
                                found.isEmpty()
                                        ? null
                                        : found.stream().map(UUID::toString).toList())
                        .and(
                                "lost",
                                lost.isEmpty()
                                        ? null
                                        : lost.stream().map(UUID::toString).toList()));
        save(change, briefing, before, after);
    }

    private static List<UUID> ids(List<Invitation> invitations, Invitation.State state) {
        return invitations.stream()
                .filter(i -> i.state() == state)
                .map(Invitation::endpoint)
                .toList();
    }

    /** A delegate has come to or gone from a site: its number on the board, and the total for all. */
    public void delegatesChanged(Change change, Briefing briefing, UUID endpoint, int before, int after) {
        var invitation = get(briefing.id(), endpoint);
        var named = directory.endpoint(endpoint);
        int all = seats.taken(briefing.id()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        var totals = sqlTotals(briefing);
        change.shows(SiteView.totals(briefing, totals, all - after + before), SiteView.totals(briefing, totals, all));
        if (onBoard(briefing))
            change.shows(
                    SiteView.site(briefing, invitation, named, before),
                    SiteView.site(briefing, invitation, named, after));
    }

    private InvitationSql.Totals sqlTotals(Briefing briefing) {
        return sql.totals(briefing.id());
    }

    private Set<UUID> sqlEndpoints(UUID briefing) {
        var all = new HashSet<UUID>();
        sql.of(briefing).forEach(invitation -> all.add(invitation.endpoint()));
        return all;
    }

    /** Whether its board shows every site; above a size it shows totals only. */
    public boolean onBoard(Briefing briefing) {
        return sqlTotals(briefing).expected() <= SiteView.MOST_ON_BOARD;
    }

    private Part totals(Briefing briefing) {
        int delegates = seats.taken(briefing.id()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return SiteView.totals(briefing, sqlTotals(briefing), delegates);
    }

    private Part site(Briefing briefing, Invitation invitation) {
        return SiteView.site(
                briefing,
                invitation,
                directory.endpoint(invitation.endpoint()),
                seats.taken(briefing.id(), invitation.endpoint()));
    }

    private Part own(Briefing briefing, Invitation invitation) {
        return SiteView.own(briefing, invitation, directory.endpoint(invitation.endpoint()));
    }

    @Override
    public Set<UUID> endpoints(UUID briefing) {
        return sqlEndpoints(briefing);
    }

    @Override
    public Set<UUID> invited(UUID briefing, Set<UUID> among) {
        return sql.among(briefing, among);
    }

    @Override
    public void plan(Briefing briefing, Fields plan) {
        plan.and("invitations", views(sql.of(briefing.id())));
    }

    Map<String, Object> view(Invitation invitation) {
        var endpoint = invitation.endpoint();
        return SiteView.invitation(
                invitation, directory.endpoint(endpoint), seats.seated(invitation.briefing(), endpoint));
    }

    List<Map<String, Object>> views(List<Invitation> all) {
        var names = names(all);
        var seated = all.isEmpty()
                ? Map.<UUID, List<Map<String, Object>>>of()
                : seats.seated(all.getFirst().briefing());
        return all.stream()
                .sorted(java.util.Comparator.comparingInt(
                        i -> names.get(i.endpoint()).sort()))
                .map(i -> SiteView.invitation(i, names.get(i.endpoint()), seated.getOrDefault(i.endpoint(), List.of())))
                .toList();
    }

    private Map<UUID, Endpoint> names(List<Invitation> invitations) {
        return directory.endpoints(
                invitations.stream().map(Invitation::endpoint).toList());
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        var all = sql.of(briefing.id());
        var parts = new ArrayList<Part>();
        parts.add(totals(briefing));
        if (all.size() > SiteView.MOST_ON_BOARD) return parts;
        var names = names(all);
        var taken = new HashMap<>(seats.taken(briefing.id()));
        for (var invitation : all)
            parts.add(SiteView.site(
                    briefing,
                    invitation,
                    names.get(invitation.endpoint()),
                    taken.getOrDefault(invitation.endpoint(), 0)));
        return parts;
    }

    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        var hub = after.plan().hub();
        if (hub != null && sql.find(after.id(), hub) == null) add(change, after, List.of(hub));
        if (before.status() != after.status() && after.status() == Status.CLOSED) sql.endAll(after.id(), change.now());
        if (before == after) return;
        var all = sql.of(after.id());
        var names = names(all);
        for (var invitation : all) {
            var named = names.get(invitation.endpoint());
            change.shows(SiteView.own(before, invitation, named), SiteView.own(after, invitation, named));
        }
    }

    @Override
    public void copied(Briefing from, Briefing to, Change change) {
        add(change, to, sqlEndpoints(from.id()));
    }

    @Override
    public boolean paints(String stream) {
        return stream.startsWith("endpoint/");
    }

    @Override
    public List<Part> parts(String stream) {
        var endpoint = SiteView.endpointOf(stream);
        var parts = new ArrayList<Part>();
        for (var invitation : sql.to(endpoint)) {
            var briefing = briefings.get(invitation.briefing());
            parts.add(own(briefing, invitation));
            for (var companion : briefings.companions()) parts.addAll(companion.parts(briefing, endpoint));
        }
        return parts;
    }
}

package vn.giaoban.bridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Painter;
import vn.giaoban.journal.Part;

/** Which endpoints are expected at a briefing, and which have taken their place. */
public final class Invitations implements Companion, Painter {
    /** A briefing each day for five years. */
    private static final int MOST_PAST = 2_000;

    private final Journal journal;
    private final Briefings briefings;
    private final Directory directory;
    private final Board board;
    private final Lines lines;
    private final InvitationSql sql;
    private final Settings.Briefing limits;
    private final List<Departure> departures = new ArrayList<>();

    /** Told when a site leaves, or is about to be taken off the list. */
    public interface Departure {
        void left(Change change, Briefing briefing, UUID endpoint);

        void uninvited(Change change, Briefing briefing, UUID endpoint);
    }

    public Invitations(
            Journal journal,
            Briefings briefings,
            Directory directory,
            Board board,
            Lines lines,
            Settings.Briefing limits) {
        this.journal = journal;
        this.briefings = briefings;
        this.directory = directory;
        this.board = board;
        this.lines = lines;
        this.sql = new InvitationSql(journal.db());
        this.limits = limits;
    }

    public void onDeparture(Departure departure) {
        departures.add(departure);
    }

    public List<Invitation> of(UUID briefing) {
        return sql.of(briefing);
    }

    /** Those of the endpoints that are invited. */
    public List<Invitation> of(UUID briefing, Collection<UUID> endpoints) {
        return sql.of(briefing, endpoints);
    }

    /** The invitation, or the answer for what does not exist. */
    public Invitation get(UUID briefing, UUID endpoint) {
        return board.get(briefing, endpoint);
    }

    /** The briefings that this endpoint is on the list of, also those long past. */
    public Set<UUID> to(UUID endpoint) {
        return sql.ever(endpoint, MOST_PAST);
    }

    public List<Interval> intervals(UUID briefing) {
        return lines.intervals(briefing);
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
        var before = board.totals(briefing);
        if (board.expected(briefing) + added.size() > limits.maxEndpoints())
            throw Refusal.state("too-many-endpoints", Map.of("most", limits.maxEndpoints()));
        sql.insert(briefing.id(), added);
        change.record(
                "bridge.invited",
                Fields.of("endpoints", added.stream().map(UUID::toString).toList()));
        change.shows(before, board.totals(briefing));
        var names = directory.endpointsAt(added, briefing.plan().start());
        boolean shown = board.shows(briefing);
        for (var endpoint : added) {
            var invitation = Invitation.of(briefing.id(), endpoint);
            if (shown) change.shows(null, SiteView.site(briefing, invitation, names.get(endpoint), 0));
            change.shows(null, SiteView.own(briefing, invitation, names.get(endpoint)));
        }
        if (!shown) change.repaint(Briefings.subject(briefing.id()));
    }

    public void uninvite(Actor actor, UUID id, UUID endpoint) {
        journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            var invitation = get(id, endpoint);
            if (briefing.status() == Status.LIVE || briefing.status().over())
                throw Refusal.state(
                        "briefing-state",
                        Map.of("verb", "uninvite", "status", briefing.status().name()));
            var before = board.totals(briefing);
            var site = board.site(briefing, invitation);
            departures.forEach(departure -> departure.uninvited(change, briefing, endpoint));
            sql.delete(id, endpoint);
            change.record("bridge.uninvited", Fields.of("endpoint", endpoint));
            change.shows(before, board.totals(briefing));
            change.shows(site, null);
            change.shows(board.own(briefing, invitation), null);
            briefings.endpointsChanged(briefing, sqlEndpoints(id), b -> true);
            return null;
        });
    }

    public Invitation join(Actor actor, UUID id, UUID endpoint) {
        return step(actor, id, endpoint, "bridge.joined", (invitation, change) -> {
            var briefing = briefings.get(id);
            var joined = invitation.joined(briefing.status(), change.now());
            lines.begin(briefing, endpoint, change.now());
            return joined;
        });
    }

    public Invitation leave(Actor actor, UUID id, UUID endpoint) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            var left = board.change(change, briefing, endpoint, invitation -> invitation.left(change.now()));
            lines.end(briefing, endpoint, change.now());
            change.record("bridge.left", Fields.of("endpoint", endpoint));
            departures.forEach(departure -> departure.left(change, briefing, endpoint));
            return left;
        });
    }

    /** A short line to one site. */
    public void line(Actor actor, UUID id, UUID endpoint, String text) {
        step(actor, id, endpoint, "site.line", (invitation, change) -> {
            demandOpen(briefings.get(id));
            return invitation.showing(text, change.now());
        });
    }

    private Invitation step(
            Actor actor, UUID id, UUID endpoint, String verb, BiFunction<Invitation, Change, Invitation> next) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var after = board.change(change, briefings.get(id), endpoint, invitation -> next.apply(invitation, change));
            change.record(
                    verb, Fields.of("endpoint", endpoint).and("text", verb.endsWith("line") ? after.text() : null));
            return after;
        });
    }

    /** It is reached by telephone, whatever its line does; an empty number is one that nobody wrote down. */
    public void phone(Actor actor, UUID id, UUID endpoint, String number) {
        onPhone(actor, id, endpoint, "site.phoned", change -> new Invitation.Phone(number, change.now()));
    }

    /** It has hung up. */
    public void hangUp(Actor actor, UUID id, UUID endpoint) {
        onPhone(actor, id, endpoint, "site.hung-up", change -> null);
    }

    private void onPhone(Actor actor, UUID id, UUID endpoint, String verb, Function<Change, Invitation.Phone> phone) {
        step(actor, id, endpoint, verb, (invitation, change) -> {
            var briefing = briefings.get(id);
            demandOpen(briefing);
            var after = invitation.phone(phone.apply(change));
            if (invitation.onPhone() != after.onPhone()) lines.phone(briefing, endpoint, after.onPhone(), change.now());
            return after;
        });
    }

    private static void demandOpen(Briefing briefing) {
        if (!briefing.status().doorsOpen())
            throw Refusal.state(
                    "doors-closed", Map.of("status", briefing.status().name()));
    }

    /** The endpoint's last technical check came out like this. */
    public void checked(Change change, Briefing briefing, UUID endpoint, boolean good) {
        board.change(change, briefing, endpoint, invitation -> invitation.checked(good));
    }

    /** A delegate has come to or gone from a site. */
    public void delegatesChanged(Change change, Briefing briefing, UUID endpoint, int before, int after) {
        board.delegatesChanged(change, briefing, endpoint, before, after);
    }

    /** Whether its board shows every site; above a size it shows totals only. */
    public boolean onBoard(Briefing briefing) {
        return board.shows(briefing);
    }

    private Set<UUID> sqlEndpoints(UUID briefing) {
        var all = new HashSet<UUID>();
        sql.of(briefing).forEach(invitation -> all.add(invitation.endpoint()));
        return all;
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
        plan.and("invitations", board.views(briefing, sql.of(briefing.id())));
    }

    Map<String, Object> view(Invitation invitation) {
        return board.view(briefings.get(invitation.briefing()), invitation);
    }

    List<Map<String, Object>> views(List<Invitation> all) {
        return all.isEmpty()
                ? List.of()
                : board.views(briefings.get(all.getFirst().briefing()), all);
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        return board.parts(briefing);
    }

    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        var hub = after.plan().hub();
        if (hub != null && sql.find(after.id(), hub) == null) add(change, after, List.of(hub));
        if (before == after) return;
        var all = sql.of(after.id());
        var were = board.names(before, all);
        var are = board.names(after, all);
        for (var invitation : all) {
            var endpoint = invitation.endpoint();
            change.shows(
                    SiteView.own(before, invitation, were.get(endpoint)),
                    SiteView.own(after, invitation, are.get(endpoint)));
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
            parts.add(board.own(briefing, invitation));
            for (var companion : briefings.companions()) parts.addAll(companion.parts(briefing, endpoint));
        }
        return parts;
    }
}

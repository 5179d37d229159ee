package vn.giaoban.floor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.giaoban.attendance.Delegate;
import vn.giaoban.attendance.Delegates;
import vn.giaoban.attendance.Timing;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.relay.Raising;
import vn.giaoban.bridge.support.Support;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;

/** Asking to speak, in one order for everybody, and who has the floor: at most one at a time. */
public final class Floor implements Companion, Invitations.Departure, Delegates.Departure, Support.Aside, Raising {
    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final Delegates delegates;
    private final Directory directory;
    private final FloorSql sql;
    private final int mostWaiting;

    public Floor(
            Journal journal,
            Briefings briefings,
            Invitations invitations,
            Delegates delegates,
            Directory directory,
            int mostWaiting) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.delegates = delegates;
        this.directory = directory;
        this.sql = new FloorSql(journal.db());
        this.mostWaiting = mostWaiting;
    }

    /** The request, or the answer for what does not exist. */
    public FloorRequest get(UUID briefing, UUID id) {
        var request = sql.find(briefing, id);
        if (request == null) throw Refusal.notFound();
        return request;
    }

    /** The place in the queue is the server's number: whoever's request was written first is first. */
    public FloorRequest request(Actor actor, UUID id, UUID endpoint, UUID delegate, String topic) {
        return write(actor, id, (requests, change) -> {
            if (!invitations.get(id, endpoint).taken()) throw Refusal.state("not-joined");
            if (delegate != null && !delegates.sits(id, endpoint, delegate))
                throw Refusal.field("/delegate", "not-seated");
            if (requests.stream()
                    .anyMatch(r -> r.open() && r.endpoint().equals(endpoint) && Objects.equals(r.delegate(), delegate)))
                throw Refusal.state("already-waiting");
            if (full(requests)) throw Refusal.state("too-many-waiting", Map.of("most", mostWaiting));
            return enter(change, requests, id, endpoint, delegate, topic);
        });
    }

    private boolean full(List<FloorRequest> requests) {
        return requests.stream().filter(FloorRequest::waits).count() >= mostWaiting;
    }

    private FloorRequest enter(
            Change change, List<FloorRequest> requests, UUID id, UUID endpoint, UUID delegate, String topic) {
        var request = FloorRequest.waiting(
                UUID.randomUUID(), id, endpoint, delegate, topic, sql.nextNumber(id), change.now());
        sql.insert(request);
        requests.add(request);
        change.record("floor.requested", facts(request), topic.isEmpty() ? Map.of() : Map.of("topic", topic));
        return request;
    }

    /** A hand raised in the video room asks like the site's own page; a site that waits or speaks already changes nothing. */
    @Override
    public Heard raised(Change change, Briefing briefing, UUID endpoint) {
        return change(change, briefing, requests -> {
            if (requests.stream().anyMatch(r -> r.open() && r.endpoint().equals(endpoint))) return new Heard(null);
            if (!invitations.get(briefing.id(), endpoint).taken() || full(requests)) return null;
            return new Heard(
                    enter(change, requests, briefing.id(), endpoint, null, "").id());
        });
    }

    @Override
    public void lowered(Change change, Briefing briefing, UUID request) {
        change(change, briefing, requests -> {
            end(requests, change, r -> r.waits() && r.id().equals(request));
            return null;
        });
    }

    /** Whoever has the floor loses it in the same moment. */
    public FloorRequest give(Actor actor, UUID id, UUID request) {
        return write(actor, id, (requests, change) -> {
            var waiting = get(id, request);
            if (invitations.get(id, waiting.endpoint()).inSupport()) throw Refusal.state("in-support");
            var given = waiting.given(change.now());
            end(requests, change, FloorRequest::speaks);
            return replace(requests, change, "floor.given", given);
        });
    }

    public FloorRequest take(Actor actor, UUID id, UUID request) {
        return step(actor, id, request, "floor.taken", FloorRequest::taken);
    }

    public FloorRequest withdraw(Actor actor, UUID id, UUID request) {
        return step(actor, id, request, "floor.withdrawn", FloorRequest::withdrawn);
    }

    private FloorRequest step(
            Actor actor, UUID id, UUID request, String verb, BiFunction<FloorRequest, Instant, FloorRequest> next) {
        return write(
                actor,
                id,
                (requests, change) -> replace(requests, change, verb, next.apply(get(id, request), change.now())));
    }

    private <T> T write(Actor actor, UUID id, BiFunction<List<FloorRequest>, Change, T> body) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            if (!briefing.status().doorsOpen())
                throw Refusal.state(
                        "doors-closed", Map.of("status", briefing.status().name()));
            return change(change, briefing, requests -> body.apply(requests, change));
        });
    }

    /** One change of the queue: what it was, what the body makes of it, and what each audience sees of that. */
    private <T> T change(Change change, Briefing briefing, Function<List<FloorRequest>, T> body) {
        var before = sql.current(briefing.id(), FloorView.LAST_DONE);
        var after = new ArrayList<>(before);
        T result = body.apply(after);
        sql.save(after.stream().filter(request -> !before.contains(request)).toList());
        show(change, briefing, before, briefing, after);
        return result;
    }

    private void show(Change change, Briefing was, List<FloorRequest> before, Briefing is, List<FloorRequest> after) {
        var names = names(is, before, after);
        change.shows(FloorView.floor(was, before, names), FloorView.floor(is, after, names));
        var sites = new LinkedHashSet<UUID>();
        before.stream().filter(FloorRequest::open).forEach(request -> sites.add(request.endpoint()));
        after.stream().filter(FloorRequest::open).forEach(request -> sites.add(request.endpoint()));
        for (var site : sites) change.shows(FloorView.own(was, before, site), FloorView.own(is, after, site));
    }

    private FloorRequest replace(List<FloorRequest> requests, Change change, String verb, FloorRequest after) {
        requests.replaceAll(request -> request.id().equals(after.id()) ? after : request);
        change.record(verb, facts(after));
        return after;
    }

    private void end(List<FloorRequest> requests, Change change, Predicate<FloorRequest> which) {
        for (var request : List.copyOf(requests))
            if (request.open() && which.test(request))
                replace(
                        requests,
                        change,
                        request.speaks() ? "floor.taken" : "floor.withdrawn",
                        request.ended(change.now()));
    }

    private static Fields facts(FloorRequest request) {
        var facts = Fields.of("request", request.id())
                .and("endpoint", request.endpoint())
                .and("delegate", request.delegate())
                .and("n", request.n());
        return request.status() == FloorRequest.Status.DONE ? facts.and("spokenMs", request.spokenMs()) : facts;
    }

    /** A site that has left can neither wait nor speak. */
    @Override
    public void left(Change change, Briefing briefing, UUID endpoint) {
        change(change, briefing, requests -> {
            end(requests, change, request -> request.endpoint().equals(endpoint));
            return null;
        });
    }

    /** Taken aside for support: who spoke there waits again, at the place that was his. */
    @Override
    public void aside(Change change, Briefing briefing, UUID endpoint) {
        change(change, briefing, requests -> {
            for (var request : List.copyOf(requests))
                if (request.speaks() && request.endpoint().equals(endpoint))
                    replace(requests, change, "floor.aside", request.aside(change.now()));
            return null;
        });
    }

    /** The names of its delegates go with the invitation; that the site has spoken stays. */
    @Override
    public void uninvited(Change change, Briefing briefing, UUID endpoint) {
        UnaryOperator<FloorRequest> nameless =
                request -> request.endpoint().equals(endpoint) ? request.nameless() : request;
        change(change, briefing, requests -> {
            end(requests, change, request -> request.endpoint().equals(endpoint));
            requests.replaceAll(nameless);
            return null;
        });
    }

    @Override
    public boolean left(Change change, Briefing briefing, Delegate delegate) {
        change(change, briefing, requests -> {
            end(requests, change, request -> delegate.id().equals(request.delegate()));
            return null;
        });
        return sql.hasSpoken(briefing.id(), delegate.id());
    }

    /** When the doors close, whoever speaks has spoken and whoever waits no longer does. */
    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (!before.status().doorsOpen()) return;
        var was = sql.current(after.id(), FloorView.LAST_DONE);
        var is = new ArrayList<>(was);
        if (!after.status().doorsOpen()) end(is, change, request -> true);
        sql.save(is.stream().filter(request -> !was.contains(request)).toList());
        show(change, before, was, after, is);
    }

    /** Who spoke how often and how long, in the order of protocol; who speaks now counts until now. */
    public List<Timing.Speaking> spoken(UUID briefing) {
        var now = journal.now();
        var bySite = new LinkedHashMap<UUID, List<FloorRequest>>();
        for (var request : sql.spoken(briefing))
            bySite.computeIfAbsent(request.endpoint(), endpoint -> new ArrayList<>())
                    .add(request);
        return directory.endpoints(bySite.keySet()).values().stream()
                .map(site -> new Timing.Speaking(
                        site.id(),
                        site.name(),
                        bySite.get(site.id()).size(),
                        bySite.get(site.id()).stream()
                                .mapToLong(r -> r.spokenMs(now))
                                .sum()))
                .toList();
    }

    private FloorView.Names names(Briefing briefing, List<FloorRequest> before, List<FloorRequest> after) {
        var all = Stream.concat(before.stream(), after.stream()).toList();
        var sites = directory.endpointsAt(
                all.stream().map(FloorRequest::endpoint).collect(Collectors.toSet()),
                briefing.plan().start());
        var seated = delegates.names(all.stream()
                .map(FloorRequest::delegate)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        return new FloorView.Names(
                endpoint -> sites.containsKey(endpoint) ? sites.get(endpoint).name() : "", seated::get);
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        var requests = sql.current(briefing.id(), FloorView.LAST_DONE);
        return List.of(FloorView.floor(briefing, requests, names(briefing, requests, requests)));
    }

    @Override
    public List<Part> parts(Briefing briefing, UUID endpoint) {
        return List.of(FloorView.own(briefing, sql.current(briefing.id(), FloorView.LAST_DONE), endpoint));
    }
}

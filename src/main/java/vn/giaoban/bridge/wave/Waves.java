package vn.giaoban.bridge.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import vn.giaoban.bridge.Invitation;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.check.Check;
import vn.giaoban.bridge.check.Checks;
import vn.giaoban.bridge.wave.CheckCall.Kind;
import vn.giaoban.bridge.wave.CheckCall.State;
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

/** The rounds of check calls before a briefing: planned in waves, saved, moved, and ticked off as sites are checked. */
public final class Waves implements Companion, Invitations.Departure, Checks.Listener {
    /** A site that checks itself a little before it is called has been checked. */
    private static final Duration AHEAD = Duration.ofMinutes(30);

    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final Directory directory;
    private final WavePlans plans;
    private final WaveSql sql;

    public Waves(Journal journal, Briefings briefings, Invitations invitations, Checks checks, Directory directory) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.directory = directory;
        this.plans = new WavePlans(journal, invitations, checks, directory);
        this.sql = new WaveSql(journal.db());
    }

    /** What such a round would be; nothing is written down. */
    Map<String, Object> preview(UUID id, WavePlans.Wish wish) {
        return plans.preview(briefings.get(id), wish);
    }

    /** The plan as it is now, in place of the round's last one; refused once somebody has been called. */
    void save(Actor actor, UUID id, WavePlans.Wish wish) {
        journal.write(Briefings.subject(id), actor, change -> {
            var briefing = notOver(id);
            if (!(WavePlan.of(plans.demand(briefing, wish)) instanceof WavePlan.Found found))
                throw Refusal.state("round-lacks");
            if (found.calls().isEmpty()) throw Refusal.state("round-without-sites");
            var before = sql.calls(id);
            var far = sql.progress(id, wish.kind());
            if (before.stream().anyMatch(call -> call.kind() == wish.kind() && call.state() != State.PLANNED))
                throw Refusal.state("round-begun");
            var calls = found.calls().stream().map(call -> call(id, wish, call)).toList();
            elsewhere(before, calls);
            var was = sql.round(id, wish.kind());
            sql.delete(id, wish.kind());
            var round = new Round(
                    id,
                    wish.kind(),
                    wish.minutes(),
                    wish.technicians(),
                    wish.hours(),
                    was == null ? 1 : was.version() + 1);
            sql.insert(round, calls);
            change.record(
                    "round.planned",
                    Fields.of("kind", wish.kind())
                            .and("calls", found.calls().size())
                            .and("technicians", wish.technicians().size())
                            .and("minutes", wish.minutes()));
            change.shows(
                    WaveView.progress(briefing, wish.kind(), was, far),
                    WaveView.progress(briefing, wish.kind(), round, sql.progress(id, wish.kind())));
            show(change, briefing, before);
            return null;
        });
    }

    /** Whoever calls in the other round at that hour is not free in this one. */
    private static void elsewhere(List<CheckCall> all, List<CheckCall> planned) {
        var others = all.stream()
                .filter(call -> call.kind() != planned.getFirst().kind())
                .collect(Collectors.groupingBy(CheckCall::technician));
        for (var call : planned)
            if (others.getOrDefault(call.technician(), List.of()).stream().anyMatch(call::meets))
                throw Refusal.state("technician-busy");
    }

    private static CheckCall call(UUID id, WavePlans.Wish wish, WavePlan.Planned planned) {
        return new CheckCall(
                UUID.randomUUID(),
                id,
                wish.kind(),
                planned.site(),
                planned.technician(),
                planned.turn(),
                planned.at(),
                wish.minutes(),
                State.PLANNED,
                null);
    }

    /** The round is off, with all its calls. */
    void drop(Actor actor, UUID id, Kind kind) {
        journal.write(Briefings.subject(id), actor, change -> {
            var round = sql.round(id, kind);
            if (round == null) throw Refusal.notFound();
            var briefing = briefings.get(id);
            var before = sql.calls(id);
            var far = sql.progress(id, kind);
            sql.delete(id, kind);
            change.record("round.dropped", Fields.of("kind", kind));
            change.shows(WaveView.progress(briefing, kind, round, far), WaveView.progress(briefing, kind, null, far));
            show(change, briefing, before);
            return null;
        });
    }

    CheckCall move(Actor actor, UUID id, UUID call, String technician, Instant at) {
        return change(actor, id, call, "call.moved", (before, change) -> {
            var moved = before.moved(technician, at, plans.deadline(briefings.get(id), before.kind()));
            if (!sql.round(id, before.kind()).technicians().contains(technician))
                throw Refusal.field("/technician", "unknown");
            if (sql.busy(moved)) throw Refusal.state("technician-busy");
            return moved;
        });
    }

    CheckCall finish(Actor actor, UUID id, UUID call) {
        return change(actor, id, call, "call.done", (before, change) -> before.done(change.now()));
    }

    CheckCall miss(Actor actor, UUID id, UUID call) {
        return change(actor, id, call, "call.missed", (before, change) -> before.missed(change.now()));
    }

    CheckCall restore(Actor actor, UUID id, UUID call) {
        return change(actor, id, call, "call.restored", (before, change) -> before.restored());
    }

    private CheckCall change(
            Actor actor, UUID id, UUID call, String verb, BiFunction<CheckCall, Change, CheckCall> next) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var before = sql.call(id, call);
            if (before == null) throw Refusal.notFound();
            return step(change, notOver(id), before, next.apply(before, change), verb);
        });
    }

    private CheckCall step(Change change, Briefing briefing, CheckCall before, CheckCall after, String verb) {
        var id = briefing.id();
        var kind = before.kind();
        var round = sql.round(id, kind);
        var was = WaveView.progress(briefing, kind, round, sql.progress(id, kind));
        var wasOwn = WaveView.own(briefing, before.endpoint(), sql.calls(id, before.endpoint()));
        sql.save(after);
        sql.save(round.changed());
        change.record(
                verb,
                Fields.of("call", after.id())
                        .and("endpoint", after.endpoint())
                        .and("at", after.at())
                        .and("technician", after.technician()));
        change.shows(was, WaveView.progress(briefing, kind, round.changed(), sql.progress(id, kind)));
        change.shows(wasOwn, WaveView.own(briefing, after.endpoint(), sql.calls(id, after.endpoint())));
        return after;
    }

    private Briefing notOver(UUID id) {
        var briefing = briefings.get(id);
        if (briefing.status().over()) throw Refusal.state("briefing-over");
        return briefing;
    }

    /** Every site's own calls may be others. */
    private void show(Change change, Briefing briefing, List<CheckCall> before) {
        var after = sql.calls(briefing.id());
        var concerned = new TreeSet<UUID>();
        before.forEach(call -> concerned.add(call.endpoint()));
        after.forEach(call -> concerned.add(call.endpoint()));
        var earlier = bySite(before);
        var later = bySite(after);
        for (var endpoint : concerned)
            change.shows(
                    WaveView.own(briefing, endpoint, earlier.getOrDefault(endpoint, List.of())),
                    WaveView.own(briefing, endpoint, later.getOrDefault(endpoint, List.of())));
    }

    private static Map<UUID, List<CheckCall>> bySite(List<CheckCall> calls) {
        var all = new HashMap<UUID, List<CheckCall>>();
        for (var call : calls)
            all.computeIfAbsent(call.endpoint(), endpoint -> new ArrayList<>()).add(call);
        return all;
    }

    /** Both rounds with their calls, in the order of their hours; and which invited sites none of them calls. */
    Map<String, Object> read(UUID id) {
        var briefing = briefings.get(id);
        var calls = sql.calls(id);
        var names = directory.endpoints(calls.stream().map(CheckCall::endpoint).collect(Collectors.toSet()));
        var rounds = new ArrayList<Fields>();
        for (var round : sql.rounds(id)) {
            var deadline = plans.deadline(briefing, round.kind());
            rounds.add(Fields.of("kind", round.kind())
                    .and("minutes", round.minutes())
                    .and("technicians", round.technicians())
                    .and("hours", WaveView.hours(round.hours()))
                    .and("deadline", deadline)
                    .and("version", round.version())
                    .and("uncalled", uncalled(briefing, calls, round.kind()))
                    .and(
                            "calls",
                            calls.stream()
                                    .filter(call -> call.kind() == round.kind())
                                    .map(call -> WaveView.row(call, names.get(call.endpoint()), deadline))
                                    .toList()));
        }
        var deadlines = new Fields();
        for (var kind : Kind.values()) deadlines.and(kind.name(), plans.deadline(briefing, kind));
        return Fields.of("rounds", rounds).and("deadlines", deadlines);
    }

    private int uncalled(Briefing briefing, List<CheckCall> calls, Kind kind) {
        var called = calls.stream()
                .filter(call -> call.kind() == kind)
                .map(CheckCall::endpoint)
                .collect(Collectors.toSet());
        return (int) invitations.of(briefing.id()).stream()
                .map(Invitation::endpoint)
                .filter(endpoint -> !endpoint.equals(briefing.plan().hub()) && !called.contains(endpoint))
                .count();
    }

    /** A site that has sent its check has answered: its next call is done, if it stands now or soon. */
    @Override
    public void recorded(Change change, Briefing briefing, Check check) {
        if (briefing.status().over()) return;
        sql.calls(briefing.id(), check.endpoint()).stream()
                .filter(call -> call.state() != State.DONE)
                .filter(call -> !check.measuredAt().isBefore(call.at().minus(AHEAD)))
                // A trial's call that was missed is not made good on the day itself.
                .max(Comparator.comparing(CheckCall::kind).thenComparing(CheckCall::at, Comparator.reverseOrder()))
                .ifPresent(call -> step(change, briefing, call, call.done(change.now()), "call.done"));
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        return sql.rounds(briefing.id()).stream()
                .map(round ->
                        WaveView.progress(briefing, round.kind(), round, sql.progress(briefing.id(), round.kind())))
                .toList();
    }

    @Override
    public List<Part> parts(Briefing briefing, UUID endpoint) {
        return List.of(WaveView.own(briefing, endpoint, sql.calls(briefing.id(), endpoint)));
    }

    /** Sites begin to see the briefing, and with it their calls; when they cease, the whole goes at once. */
    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before.shownToSites() || !after.shownToSites()) return;
        bySite(sql.calls(after.id()))
                .forEach((endpoint, calls) -> change.shows(null, WaveView.own(after, endpoint, calls)));
    }

    @Override
    public void left(Change change, Briefing briefing, UUID endpoint) {}

    /** What stood inside the site's own picture goes with it; the round has fewer calls. */
    @Override
    public void uninvited(Change change, Briefing briefing, UUID endpoint) {
        if (sql.calls(briefing.id(), endpoint).isEmpty()) return;
        var rounds = sql.rounds(briefing.id());
        var before = new HashMap<Kind, Part>();
        for (var round : rounds)
            before.put(
                    round.kind(),
                    WaveView.progress(briefing, round.kind(), round, sql.progress(briefing.id(), round.kind())));
        sql.deleteAt(briefing.id(), endpoint);
        for (var round : rounds) {
            sql.save(round.changed());
            change.shows(
                    before.get(round.kind()),
                    WaveView.progress(
                            briefing, round.kind(), round.changed(), sql.progress(briefing.id(), round.kind())));
        }
    }
}

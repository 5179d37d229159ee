package vn.giaoban.attendance.rollcall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;
import vn.giaoban.people.Person;

/** Calling the sites of a briefing one after another, in the order of protocol; one roll call at a time. */
public final class RollCalls implements Companion, Invitations.Departure {
    /** The act that is due when a site's time is up. */
    public static final String TIME_IS_UP = "rollCall.timeIsUp";

    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final Directory directory;
    private final Function<Set<UUID>, Map<UUID, String>> people;
    private final Settings.RollCall limits;
    private final RollCallSql sql;

    /** {@code people}: how persons are called. */
    public RollCalls(
            Journal journal,
            Briefings briefings,
            Invitations invitations,
            Directory directory,
            Function<Set<UUID>, Map<UUID, String>> people,
            Settings.RollCall limits) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.directory = directory;
        this.people = people;
        this.limits = limits;
        this.sql = new RollCallSql(journal.db());
    }

    Fields begin(Person by, UUID id, int seconds) {
        return write(by.actor(), id, (change, last) -> {
            if (!briefings.get(id).status().doorsOpen())
                throw Refusal.state(
                        "doors-closed",
                        Map.of("status", briefings.get(id).status().name()));
            if (last != null && !last.ended()) throw Refusal.state("roll-call-runs");
            if (last != null && last.n() >= limits.mostInBriefing())
                throw Refusal.state("too-many-roll-calls", Map.of("most", limits.mostInBriefing()));
            if (!invitations.onBoard(briefings.get(id))) throw Refusal.state("too-many-to-call");
            var sites = directory.endpoints(invitations.endpoints(id)).values().stream()
                    .sorted(Comparator.comparingInt(Endpoint::sort))
                    .map(Endpoint::id)
                    .toList();
            var begun = RollCall.begun(
                    id, last == null ? 1 : last.n() + 1, sites, seconds > 0 ? seconds : limits.seconds(), change.now());
            change.record(
                    "rollCall.begun",
                    Fields.of("n", begun.n()).and("sites", sites.size()).and("seconds", begun.seconds()));
            return begun;
        });
    }

    /** What a verb makes of the running roll call. */
    interface Verb {
        RollCall of(RollCall running, Instant now);
    }

    Fields mark(Person by, UUID id, UUID endpoint, RollCall.Result result) {
        return turn(by, id, (call, now) -> call.marked(endpoint, result, by.id(), now));
    }

    Fields back(Person by, UUID id) {
        return turn(by, id, RollCall::back);
    }

    Fields pause(Person by, UUID id) {
        return turn(by, id, RollCall::paused);
    }

    Fields resume(Person by, UUID id) {
        return turn(by, id, (call, now) -> call.resumed(limits.mostRounds(), now));
    }

    Fields stop(Person by, UUID id) {
        return turn(by, id, RollCall::stopped);
    }

    private Fields turn(Person by, UUID id, Verb verb) {
        return write(by.actor(), id, (change, last) -> {
            if (last == null) throw Refusal.state("roll-call-over");
            // First what time has decided already, then what is said now.
            return verb.of(last.at(change.now()), change.now());
        });
    }

    /** The hour of an act has come: if that very call is still the one, it was not answered. */
    public void timeIsUp(UUID id, String calledAt) {
        write(
                Actor.SYSTEM,
                id,
                (change, last) ->
                        last == null || !Fields.text(last.calledAt()).equals(calledAt) ? last : last.at(change.now()));
    }

    private Fields write(Actor actor, UUID id, BiFunction<Change, RollCall, RollCall> next) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var last = sql.last(id);
            var after = next.apply(change, last);
            if (after == null) return null;
            change(change, briefings.get(id), last, after);
            return view(after);
        });
    }

    private void change(Change change, Briefing briefing, RollCall before, RollCall after) {
        if (after.equals(before)) return;
        boolean same = before != null && before.id().equals(after.id());
        sql.save(same ? before : null, after);
        record(change, same ? before : null, after);
        var names = names(briefing, before, after);
        change.shows(RollCallView.call(briefing, before, names), RollCallView.call(briefing, after, names));
        for (var site : touched(before, after)) {
            change.shows(RollCallView.site(briefing, before, site), RollCallView.site(briefing, after, site));
            change.shows(RollCallView.own(briefing, before, site), RollCallView.own(briefing, after, site));
        }
        if (after.until() != null && (before == null || !after.until().equals(before.until())))
            change.due(after.until(), TIME_IS_UP, briefing.id().toString(), Fields.of("calledAt", after.calledAt()));
    }

    private static void record(Change change, RollCall before, RollCall after) {
        after.marks().forEach((site, mark) -> {
            if (before == null || !mark.equals(before.marks().get(site)))
                change.record(
                        "rollCall.marked",
                        Fields.of("endpoint", site)
                                .and("n", after.n())
                                .and("result", mark.result())
                                .and("round", mark.round())
                                .and("at", mark.at())
                                .and("timedOut", mark.by() == null ? true : null));
        });
        if (before != null && before.status() != after.status())
            change.record(
                    "rollCall."
                            + switch (after.status()) {
                                case CALLING -> "resumed";
                                case PAUSED -> "paused";
                                case ROUND_OVER -> "roundOver";
                                case ENDED -> "ended";
                            },
                    Fields.of("n", after.n())
                            .and("round", after.round())
                            .and("missing", after.missing().size()));
    }

    /** Whose mark is another now. */
    private static Set<UUID> touched(RollCall before, RollCall after) {
        var sites = new HashSet<>(after.marks().keySet());
        if (before != null) sites.addAll(before.marks().keySet());
        sites.removeIf(site -> before != null
                && Objects.equals(before.marks().get(site), after.marks().get(site)));
        return sites;
    }

    /** What they were called at the hour of the briefing. */
    private Function<UUID, String> names(Briefing briefing, RollCall... calls) {
        var sites = new HashSet<UUID>();
        for (var call : calls) if (call != null) sites.addAll(call.sites());
        var names = new HashMap<UUID, String>();
        directory.endpointsAt(sites, briefing.plan().start()).forEach((id, endpoint) -> names.put(id, endpoint.name()));
        return id -> names.getOrDefault(id, "");
    }

    private Fields view(RollCall call) {
        return RollCallView.answer(
                call, names(briefings.get(call.briefing()), call), people.apply(persons(List.of(call))));
    }

    /** All roll calls of a briefing, the first one first. */
    public List<Fields> list(UUID briefing) {
        return sql.of(briefing).stream().map(this::view).toList();
    }

    /** By site, the first roll call first: for the list of who was there. */
    public Map<UUID, List<RollCall.Answered>> answers(UUID briefing) {
        var calls = sql.of(briefing);
        var called = people.apply(persons(calls));
        var answers = new HashMap<UUID, List<RollCall.Answered>>();
        for (var call : calls)
            call.marks()
                    .forEach((site, mark) -> answers.computeIfAbsent(site, id -> new ArrayList<>())
                            .add(new RollCall.Answered(
                                    call.n(),
                                    mark.result(),
                                    mark.round(),
                                    mark.at(),
                                    mark.by() == null ? null : called.get(mark.by()))));
        return answers;
    }

    private static Set<UUID> persons(List<RollCall> calls) {
        var by = new HashSet<UUID>();
        for (var call : calls)
            call.marks().values().forEach(mark -> {
                if (mark.by() != null) by.add(mark.by());
            });
        return by;
    }

    @Override
    public void left(Change change, Briefing briefing, UUID endpoint) {}

    /** Its place in the pictures goes with the invitation's. */
    @Override
    public void uninvited(Change change, Briefing briefing, UUID endpoint) {
        var last = sql.last(briefing.id());
        if (last == null || !last.sites().contains(endpoint)) return;
        change(change, briefing, last, last.without(endpoint, change.now()));
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        var call = sql.last(briefing.id());
        if (call == null) return List.of();
        var parts = new ArrayList<Part>();
        parts.add(RollCallView.call(briefing, call, names(briefing, call)));
        if (invitations.onBoard(briefing))
            for (var site : call.marks().keySet()) parts.add(RollCallView.site(briefing, call, site));
        return parts;
    }

    @Override
    public List<Part> parts(Briefing briefing, UUID endpoint) {
        var call = sql.last(briefing.id());
        return call == null ? List.of() : List.of(RollCallView.own(briefing, call, endpoint));
    }

    /** With the doors the roll call ends. Who no longer sees the briefing loses it whole. */
    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before == after) return;
        var last = sql.last(after.id());
        if (last == null) return;
        var now = !last.ended() && !after.status().doorsOpen() ? last.stopped(change.now()) : last;
        if (now != last) {
            sql.save(last, now);
            record(change, last, now);
        }
        if (!after.shownToSites()) return;
        for (var site : now.marks().keySet())
            change.shows(RollCallView.own(before, last, site), RollCallView.own(after, now, site));
    }
}

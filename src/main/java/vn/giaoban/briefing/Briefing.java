package vn.giaoban.briefing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Audience;

/** A briefing, conference or press conference as planned and as it runs; a verb gives the next one or refuses. */
public record Briefing(
        UUID id, UUID organisation, Plan plan, Life life, Stage stage, String videoName, Marks marks, Names names) {

    /** The short line that the stage shows now. */
    public record Stage(String line, Instant lineAt) {
        static final Stage EMPTY = new Stage("", null);
    }

    /** What the system notes: the next booking that running over would meet, and the numbers that edits are held against. */
    public record Marks(Map<String, Object> overrun, boolean archived, int agendaVersion, int version) {
        static final Marks NEW = new Marks(Map.of(), false, 1, 1);

        Marks next() {
            return new Marks(overrun, archived, agendaVersion, version + 1);
        }

        Marks nextAgenda() {
            return new Marks(overrun, archived, agendaVersion + 1, version);
        }

        Marks overrunning(Map<String, Object> met) {
            return new Marks(met, archived, agendaVersion, version);
        }

        Marks archive() {
            return new Marks(overrun, true, agendaVersion, version + 1);
        }
    }

    /** How the people and places of the plan are called, read along with it. */
    public record Names(String chair, String chairTitle, String secretary, String operator, String hub, String room) {
        static final Names NONE = new Names(null, null, null, null, null, null);
    }

    /** The same when this person was called so. */
    Briefing calling(UUID person, String name) {
        var called = new Names(
                person.equals(plan.chair()) ? name : names.chair(),
                names.chairTitle(),
                person.equals(plan.secretary()) ? name : names.secretary(),
                person.equals(plan.operator()) ? name : names.operator(),
                names.hub(),
                names.room());
        return new Briefing(id, organisation, plan, life, stage, videoName, marks, called);
    }

    static Briefing draft(UUID id, UUID organisation, Plan plan, String videoName, Duration lobby) {
        var life = Life.draft(plan.start().minus(lobby));
        return new Briefing(id, organisation, plan, life, Stage.EMPTY, videoName, Marks.NEW, Names.NONE);
    }

    public Status status() {
        return life.status();
    }

    public Instant opensAt() {
        return life.opensAt();
    }

    public Instant openedAt() {
        return life.openedAt();
    }

    public Instant startedAt() {
        return life.startedAt();
    }

    public Instant closedAt() {
        return life.closedAt();
    }

    public boolean archived() {
        return marks.archived();
    }

    /** Whether an audience may know that it exists. */
    public boolean visibleTo(Audience audience) {
        return audience == Audience.STAFF || status() != Status.DRAFT && audience.sees(plan.visibility());
    }

    /** Whether an invited site hears of it in its own stream. */
    public boolean shownToSites() {
        return !archived() && status() != Status.DRAFT && Audience.SITE.sees(plan.visibility());
    }

    public Set<UUID> officers() {
        return Stream.of(plan.chair(), plan.secretary(), plan.operator())
                .filter(person -> person != null)
                .collect(Collectors.toUnmodifiableSet());
    }

    public String etag() {
        return "\"b" + marks.version() + "\"";
    }

    Briefing edited(Plan next, Duration lobby) {
        if (status().over()) throw refused("edit");
        if (next.sameHours(plan)) return with(next, life);
        if (status() != Status.DRAFT) throw Refusal.state("hours-by-reschedule");
        return with(next, life.opening(next.start().minus(lobby)));
    }

    Briefing scheduled(Instant now) {
        if (status() != Status.DRAFT) throw refused("schedule");
        if (!plan.end().isAfter(now)) throw Refusal.field("/plannedEnd", "past");
        if (plan.chair() == null) throw Refusal.field("/chair", "required");
        return with(plan, life.to(Status.SCHEDULED));
    }

    Briefing rescheduled(Instant start, Instant end, String why, Instant now, Duration lobby) {
        if (status() != Status.SCHEDULED && status() != Status.POSTPONED) throw refused("reschedule");
        if (!start.isAfter(now)) throw Refusal.field("/plannedStart", "past");
        var moved = life.to(Status.SCHEDULED).opening(start.minus(lobby)).because(why, plan.start());
        return with(plan.at(start, end), moved);
    }

    Briefing postponed(String why) {
        if (status() != Status.SCHEDULED && status() != Status.OPEN) throw refused("postpone");
        return with(plan, life.to(Status.POSTPONED).because(why, plan.start()));
    }

    Briefing cancelled(String why) {
        if (status() == Status.LIVE || status().over()) throw refused("cancel");
        return with(plan, life.to(Status.CANCELLED).because(why, life.previousStart()));
    }

    Briefing opened(Instant now) {
        if (status() != Status.SCHEDULED) throw refused("open");
        return with(plan, life.opened(now));
    }

    Briefing started(Instant now) {
        if (status() != Status.OPEN) throw refused("start");
        return with(plan, life.started(now));
    }

    Briefing closed(Instant now) {
        if (!status().doorsOpen()) throw refused("close");
        return with(plan, life.closed(now)).noted(marks.next().overrunning(Map.of()));
    }

    Briefing showing(String text, Instant now) {
        if (!status().doorsOpen()) throw refused("line");
        var line = text.isEmpty() ? Stage.EMPTY : new Stage(text, now);
        return new Briefing(id, organisation, plan, life, line, videoName, marks, names);
    }

    Briefing noted(Marks next) {
        return new Briefing(id, organisation, plan, life, stage, videoName, next, names);
    }

    private Briefing with(Plan next, Life to) {
        return new Briefing(id, organisation, next, to, stage, videoName, marks.next(), names);
    }

    private Refusal refused(String verb) {
        return Refusal.state("briefing-state", Map.of("verb", verb, "status", status().name()))
                .extra(Map.of("state", status().name()));
    }
}

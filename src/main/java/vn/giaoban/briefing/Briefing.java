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
        UUID id,
        UUID organisation,
        Plan plan,
        Status status,
        Instant opensAt,
        Instant openedAt,
        Instant startedAt,
        Instant closedAt,
        Instant previousStart,
        String reason,
        String videoName,
        String line,
        Instant lineAt,
        Map<String, Object> overrun,
        boolean archived,
        int agendaVersion,
        int version,
        Names names) {

    /** What organizers write down. */
    public record Plan(
            Kind kind,
            String title,
            String titleEn,
            Audience visibility,
            String zone,
            Instant start,
            Instant end,
            UUID chair,
            UUID secretary,
            UUID operator,
            UUID hub,
            UUID room,
            int expectedDelegates) {
        public Plan at(Instant newStart, Instant newEnd) {
            return new Plan(
                    kind,
                    title,
                    titleEn,
                    visibility,
                    zone,
                    newStart,
                    newEnd,
                    chair,
                    secretary,
                    operator,
                    hub,
                    room,
                    expectedDelegates);
        }

        public Plan titled(String newTitle) {
            return new Plan(
                    kind,
                    newTitle,
                    titleEn,
                    visibility,
                    zone,
                    start,
                    end,
                    chair,
                    secretary,
                    operator,
                    hub,
                    room,
                    expectedDelegates);
        }

        public Duration length() {
            return Duration.between(start, end);
        }
    }

    /** How the people and places of the plan are called, read along with it. */
    public record Names(String chair, String chairTitle, String secretary, String operator, String hub, String room) {
        static final Names NONE = new Names(null, null, null, null, null, null);
    }

    static Briefing draft(UUID id, UUID organisation, Plan plan, String videoName, Duration lobby) {
        return new Briefing(
                id,
                organisation,
                plan,
                Status.DRAFT,
                plan.start().minus(lobby),
                null,
                null,
                null,
                null,
                "",
                videoName,
                "",
                null,
                Map.of(),
                false,
                1,
                1,
                Names.NONE);
    }

    /** Whether an audience may know that it exists. */
    public boolean visibleTo(Audience audience) {
        return audience == Audience.STAFF || status != Status.DRAFT && audience.sees(plan.visibility());
    }

    /** Whether it stands on the pages of its sites. */
    public boolean shownToSites() {
        return !archived && visibleTo(Audience.SITE);
    }

    public Set<UUID> officers() {
        return Stream.of(plan.chair(), plan.secretary(), plan.operator())
                .filter(person -> person != null)
                .collect(Collectors.toUnmodifiableSet());
    }

    public String etag() {
        return "\"b" + version + "\"";
    }

    Briefing edited(Plan next, Duration lobby) {
        if (status.over()) throw refused("edit");
        boolean moved = !next.start().equals(plan.start()) || !next.end().equals(plan.end());
        if (moved && status != Status.DRAFT) throw Refusal.state("hours-by-reschedule");
        return with(next, status, moved ? next.start().minus(lobby) : opensAt, previousStart, reason);
    }

    Briefing scheduled(Instant now) {
        if (status != Status.DRAFT) throw refused("schedule");
        if (!plan.end().isAfter(now)) throw Refusal.field("/plannedEnd", "past");
        if (plan.chair() == null) throw Refusal.field("/chair", "required");
        return with(plan, Status.SCHEDULED, opensAt, previousStart, reason);
    }

    Briefing rescheduled(Instant start, Instant end, String why, Instant now, Duration lobby) {
        if (status != Status.SCHEDULED && status != Status.POSTPONED) throw refused("reschedule");
        if (!start.isAfter(now)) throw Refusal.field("/plannedStart", "past");
        return with(plan.at(start, end), Status.SCHEDULED, start.minus(lobby), plan.start(), why);
    }

    Briefing postponed(String why) {
        if (status != Status.SCHEDULED && status != Status.OPEN) throw refused("postpone");
        return with(plan, Status.POSTPONED, opensAt, plan.start(), why);
    }

    Briefing cancelled(String why) {
        if (status == Status.LIVE || status.over()) throw refused("cancel");
        return with(plan, Status.CANCELLED, opensAt, previousStart, why);
    }

    Briefing opened(Instant now) {
        if (status != Status.SCHEDULED) throw refused("open");
        return running(Status.OPEN, now, startedAt, closedAt);
    }

    Briefing started(Instant now) {
        if (status != Status.OPEN) throw refused("start");
        return running(Status.LIVE, openedAt, now, closedAt);
    }

    Briefing closed(Instant now) {
        if (status != Status.LIVE && status != Status.OPEN) throw refused("close");
        return running(Status.CLOSED, openedAt, startedAt, now);
    }

    Briefing archive() {
        return new Briefing(
                id,
                organisation,
                plan,
                status,
                opensAt,
                openedAt,
                startedAt,
                closedAt,
                previousStart,
                reason,
                videoName,
                line,
                lineAt,
                overrun,
                true,
                agendaVersion,
                version + 1,
                names);
    }

    Briefing showing(String text, Instant now) {
        if (!status.doorsOpen()) throw refused("line");
        return new Briefing(
                id,
                organisation,
                plan,
                status,
                opensAt,
                openedAt,
                startedAt,
                closedAt,
                previousStart,
                reason,
                videoName,
                text,
                text.isEmpty() ? null : now,
                overrun,
                archived,
                agendaVersion,
                version,
                names);
    }

    /** The next booking that running over would meet; empty where there is none. */
    Briefing overrunning(Map<String, Object> next) {
        return new Briefing(
                id,
                organisation,
                plan,
                status,
                opensAt,
                openedAt,
                startedAt,
                closedAt,
                previousStart,
                reason,
                videoName,
                line,
                lineAt,
                next,
                archived,
                agendaVersion,
                version,
                names);
    }

    public Briefing agendaChanged() {
        return new Briefing(
                id,
                organisation,
                plan,
                status,
                opensAt,
                openedAt,
                startedAt,
                closedAt,
                previousStart,
                reason,
                videoName,
                line,
                lineAt,
                overrun,
                archived,
                agendaVersion + 1,
                version,
                names);
    }

    private Briefing with(Plan next, Status to, Instant opens, Instant previous, String why) {
        return new Briefing(
                id,
                organisation,
                next,
                to,
                opens,
                openedAt,
                startedAt,
                closedAt,
                previous,
                why,
                videoName,
                line,
                lineAt,
                overrun,
                archived,
                agendaVersion,
                version + 1,
                names);
    }

    private Briefing running(Status to, Instant opened, Instant started, Instant closed) {
        return new Briefing(
                id,
                organisation,
                plan,
                to,
                opensAt,
                opened,
                started,
                closed,
                previousStart,
                reason,
                videoName,
                line,
                lineAt,
                to == Status.CLOSED ? Map.of() : overrun,
                archived,
                agendaVersion,
                version + 1,
                names);
    }

    private Refusal refused(String verb) {
        return Refusal.state("briefing-state", Map.of("verb", verb, "status", status.name()))
                .extra(Map.of("state", status.name()));
    }
}

package vn.giaoban.agenda;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Audience;

/** One item of a run of show; a verb gives the next one or refuses. */
public record AgendaItem(
        UUID id,
        UUID briefing,
        int place,
        Text text,
        Status status,
        boolean late,
        Instant plannedStart,
        Instant startedAt,
        Instant endedAt,
        int version) {

    public enum Status {
        PLANNED,
        LIVE,
        DONE,
        SKIPPED
    }

    /** What organizers write down. */
    public record Text(String title, String titleEn, int minutes, String speaker, UUID endpoint, Audience visibility) {}

    public String etag() {
        return "\"i" + version + "\"";
    }

    public boolean visibleTo(Audience audience) {
        return audience.sees(text.visibility());
    }

    AgendaItem edited(Text next) {
        if (status == Status.DONE || status == Status.SKIPPED) throw refused("edit");
        return with(place, next, status, startedAt, endedAt);
    }

    AgendaItem started(Instant now) {
        if (status != Status.PLANNED) throw refused("start");
        return with(place, text, Status.LIVE, now, null);
    }

    AgendaItem finished(Instant now) {
        if (status != Status.LIVE) throw refused("finish");
        return with(place, text, Status.DONE, startedAt, now);
    }

    AgendaItem skipped() {
        if (status != Status.PLANNED) throw refused("skip");
        return with(place, text, Status.SKIPPED, null, null);
    }

    AgendaItem restored() {
        if (status != Status.SKIPPED) throw refused("restore");
        return with(place, text, Status.PLANNED, null, null);
    }

    /** Another place in the order is not another item: its own version stays. */
    AgendaItem placed(int newPlace) {
        return new AgendaItem(id, briefing, newPlace, text, status, late, plannedStart, startedAt, endedAt, version);
    }

    /** Where it stood in the plan when the briefing went live; what planned-against-actual is measured from. */
    AgendaItem planned(Instant at) {
        return new AgendaItem(id, briefing, place, text, status, late, at, startedAt, endedAt, version);
    }

    private AgendaItem with(int newPlace, Text next, Status to, Instant started, Instant ended) {
        return new AgendaItem(id, briefing, newPlace, next, to, late, plannedStart, started, ended, version + 1);
    }

    private Refusal refused(String verb) {
        return Refusal.state("item-state", Map.of("verb", verb, "status", status.name(), "title", text.title()))
                .extra(Map.of("state", status.name()));
    }
}

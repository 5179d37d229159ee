package vn.giaoban.floor;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.http.Refusal;

/** A request of a site, or of one of its delegates, to speak; a verb gives the next one or refuses. */
public record FloorRequest(
        UUID id,
        UUID briefing,
        UUID endpoint,
        UUID delegate,
        String topic,
        Status status,
        int n,
        Instant requestedAt,
        Instant givenAt,
        Instant endedAt,
        long spokenMs) {

    public enum Status {
        WAITING,
        SPEAKING,
        DONE,
        WITHDRAWN
    }

    static FloorRequest waiting(
            UUID id, UUID briefing, UUID endpoint, UUID delegate, String topic, int n, Instant now) {
        return new FloorRequest(id, briefing, endpoint, delegate, topic, Status.WAITING, n, now, null, null, 0);
    }

    public boolean waits() {
        return status == Status.WAITING;
    }

    public boolean speaks() {
        return status == Status.SPEAKING;
    }

    /** Neither spoken nor taken back: a speaker has one such at a time. */
    public boolean open() {
        return waits() || speaks();
    }

    FloorRequest given(Instant now) {
        if (!waits()) throw refused("give");
        return with(Status.SPEAKING, now, null, spokenMs);
    }

    FloorRequest taken(Instant now) {
        if (!speaks()) throw refused("take");
        return with(Status.DONE, givenAt, now, spokenMs(now));
    }

    /** Speaks no longer, but keeps its place: the site is elsewhere for a moment. */
    FloorRequest aside(Instant now) {
        if (!speaks()) throw refused("take");
        return with(Status.WAITING, null, null, spokenMs(now));
    }

    FloorRequest withdrawn(Instant now) {
        if (!waits()) throw refused("withdraw");
        return with(Status.WITHDRAWN, null, now, 0);
    }

    /** The end of an open request, whichever it is: who speaks has spoken, who waits no longer does. */
    FloorRequest ended(Instant now) {
        return speaks() ? taken(now) : withdrawn(now);
    }

    /** What is behind him, and for him who speaks the time until now. */
    public long spokenMs(Instant now) {
        return speaks() ? spokenMs + Math.max(0, Duration.between(givenAt, now).toMillis()) : spokenMs;
    }

    /** He whose name is not to stand in the books any more; that the site spoke still does. */
    FloorRequest nameless() {
        return new FloorRequest(
                id, briefing, endpoint, null, topic, status, n, requestedAt, givenAt, endedAt, spokenMs);
    }

    private FloorRequest with(Status to, Instant given, Instant ended, long spoken) {
        return new FloorRequest(id, briefing, endpoint, delegate, topic, to, n, requestedAt, given, ended, spoken);
    }

    private Refusal refused(String verb) {
        return Refusal.state("request-state", Map.of("verb", verb, "status", status.name()))
                .extra(Map.of("state", status.name()));
    }
}

package vn.giaoban.bridge.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import vn.giaoban.http.Refusal;

/** One call of a technician at the hub to a site, in which the site is checked; {@code turn} 2: called again. */
public record CheckCall(
        UUID id,
        UUID briefing,
        Kind kind,
        UUID endpoint,
        String technician,
        int turn,
        Instant at,
        int minutes,
        State state,
        Instant endedAt) {
    /** Of which round it is. */
    public enum Kind {
        /** A working day before, or earlier. */
        TRIAL,
        /** On the day, until ten minutes before the start. */
        FINAL
    }

    public enum State {
        PLANNED,
        DONE,
        NO_ANSWER
    }

    public Instant until() {
        return at.plus(Duration.ofMinutes(minutes));
    }

    CheckCall moved(String technician, Instant at, Instant deadline) {
        if (state != State.PLANNED) throw Refusal.state("call-ended");
        var moved = new CheckCall(id, briefing, kind, endpoint, technician, turn, at, minutes, state, null);
        if (moved.until().isAfter(deadline)) throw Refusal.field("/at", "too-late");
        return moved;
    }

    /** Whether both would keep one technician busy at the same time. */
    boolean meets(CheckCall other) {
        return technician.equals(other.technician) && at.isBefore(other.until()) && other.at.isBefore(until());
    }

    /** A site that answered after all is done all the same. */
    CheckCall done(Instant now) {
        if (state == State.DONE) throw Refusal.state("call-ended");
        return with(State.DONE, now);
    }

    CheckCall missed(Instant now) {
        if (state != State.PLANNED) throw Refusal.state("call-ended");
        return with(State.NO_ANSWER, now);
    }

    /** Pressed by mistake. */
    CheckCall restored() {
        if (state == State.PLANNED) throw Refusal.state("call-not-ended");
        return with(State.PLANNED, null);
    }

    private CheckCall with(State next, Instant ended) {
        return new CheckCall(id, briefing, kind, endpoint, technician, turn, at, minutes, next, ended);
    }
}

package vn.giaoban.story;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs, and that a story may set forward. */
public final class SettableClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;
    private volatile Instant stopped;

    /** From now on it stands still, and moves only when it is told to: for what must come out to the millisecond. */
    public void stop(Instant at) {
        stopped = at;
    }

    public void forward(Duration by) {
        if (stopped != null) stopped = stopped.plus(by);
        else ahead = ahead.plus(by);
    }

    public void set(Instant to) {
        ahead = Duration.between(Instant.now(), to);
    }

    @Override
    public Instant instant() {
        return stopped != null ? stopped : Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

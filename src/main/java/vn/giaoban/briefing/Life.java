package vn.giaoban.briefing;

import java.time.Instant;

/** How far a briefing has come, and when it came there. */
public record Life(
        Status status,
        Instant opensAt,
        Instant openedAt,
        Instant startedAt,
        Instant closedAt,
        Instant previousStart,
        String reason) {
    static Life draft(Instant opensAt) {
        return new Life(Status.DRAFT, opensAt, null, null, null, null, "");
    }

    Life to(Status next) {
        return new Life(next, opensAt, openedAt, startedAt, closedAt, previousStart, reason);
    }

    Life opening(Instant at) {
        return new Life(status, at, openedAt, startedAt, closedAt, previousStart, reason);
    }

    Life because(String why, Instant previous) {
        return new Life(status, opensAt, openedAt, startedAt, closedAt, previous, why);
    }

    Life opened(Instant at) {
        return new Life(Status.OPEN, opensAt, at, startedAt, closedAt, previousStart, reason);
    }

    Life started(Instant at) {
        return new Life(Status.LIVE, opensAt, openedAt, at, closedAt, previousStart, reason);
    }

    Life closed(Instant at) {
        return new Life(Status.CLOSED, opensAt, openedAt, startedAt, at, previousStart, reason);
    }
}

package vn.giaoban.agenda;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * What time alone moves while a briefing runs: how long the live item still has, by how much everything after it is
 * late. Computed from an audience's picture of the agenda, by the same rules as on every screen
 * ({@code web-client/src/lib/rundown.ts} says them one by one); both are held to the same examples.
 *
 * @param live the item that runs, for this audience; null where nothing does
 * @param next the first item that is still planned, or null
 * @param shiftMs what is to be added to every expected time of what is still planned
 * @param driftMs against the plan: behind is positive, ahead negative
 * @param behindMinutes the same in full minutes
 */
public record Pace(
        String live,
        String next,
        Phase phase,
        long remainingMs,
        long overMs,
        long shiftMs,
        long driftMs,
        long behindMinutes) {
    private static final long MINUTE = 60_000;

    public enum Phase {
        IDLE,
        ON_TIME,
        WARNING,
        OVERTIME
    }

    /** {@code agenda}: order, live and items, as in the stream. */
    public static Pace of(Map<String, ?> agenda, Instant at) {
        long now = at.toEpochMilli();
        var live = live(agenda);
        var next = next(agenda);
        long plan = live == null ? 0 : plan(live);
        long left = live == null ? 0 : plan - Math.max(0, now - instant(live, "startedAt"));
        var due = due(live, item(agenda, next));
        long shift = due == null ? 0 : Math.max(0, now - due);
        long drift = drift(agenda, live, due, shift);
        return new Pace(
                live == null ? null : (String) agenda.get("live"),
                next,
                live == null ? Phase.IDLE : phase(left, plan),
                Math.max(0, left),
                Math.max(0, -left),
                shift,
                drift,
                drift / MINUTE);
    }

    /** Null before the start, between two items, and where what runs is hidden from this audience. */
    private static Map<?, ?> live(Map<String, ?> agenda) {
        var item = item(agenda, agenda.get("live"));
        return item != null && "LIVE".equals(item.get("status")) && instant(item, "startedAt") != null ? item : null;
    }

    private static String next(Map<String, ?> agenda) {
        for (var id : (List<?>) agenda.get("order")) if (planned(item(agenda, id))) return (String) id;
        return null;
    }

    /** The longer of a fifth of the plan and a minute, but never more than half of the plan. */
    private static Phase phase(long left, long plan) {
        if (left <= 0) return Phase.OVERTIME;
        return left <= Math.min(plan / 2, Math.max(plan / 5, MINUTE)) ? Phase.WARNING : Phase.ON_TIME;
    }

    /** When the next thing was expected to happen, as of the picture; null where nothing is. */
    private static Long due(Map<?, ?> live, Map<?, ?> next) {
        if (live == null) return next == null ? null : instant(next, "expectedStart");
        var end = instant(live, "expectedEnd");
        return end == null ? (Long) (instant(live, "startedAt") + plan(live)) : end;
    }

    /** At the first planned item that had an hour in the plan (a late one has none), else at the end of the live one. */
    private static long drift(Map<String, ?> agenda, Map<?, ?> live, Long due, long shift) {
        for (var id : (List<?>) agenda.get("order")) {
            var item = item(agenda, id);
            if (!planned(item)) continue;
            var expected = instant(item, "expectedStart");
            var planned = instant(item, "plannedStart");
            if (expected != null && planned != null) return expected + shift - planned;
        }
        var planned = live == null ? null : instant(live, "plannedStart");
        return planned == null ? 0 : due + shift - (planned + plan(live));
    }

    private static boolean planned(Map<?, ?> item) {
        return item != null && "PLANNED".equals(item.get("status"));
    }

    private static long plan(Map<?, ?> item) {
        return ((Number) item.get("plannedMinutes")).longValue() * MINUTE;
    }

    private static Map<?, ?> item(Map<String, ?> agenda, Object id) {
        return id == null ? null : (Map<?, ?>) ((Map<?, ?>) agenda.get("items")).get(id);
    }

    private static Long instant(Map<?, ?> item, String field) {
        if (!(item.get(field) instanceof String text)) return null;
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}

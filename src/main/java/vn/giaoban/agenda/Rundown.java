package vn.giaoban.agenda;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * When each item is planned and expected, from the plan and from what has really happened so far. Facts only: what the
 * clock alone moves (a countdown, the shift while the live item overruns) is left to {@link Pace}.
 */
public record Rundown(Map<UUID, Slot> slots, Instant expectedEnd, int plannedMinutes) {
    public record Slot(Instant plannedStart, Instant expectedStart, Instant expectedEnd) {}

    /** {@code startedAt}: when the briefing went live, or null. */
    public static Rundown of(List<AgendaItem> items, Instant plannedStart, Instant startedAt) {
        var slots = new LinkedHashMap<UUID, Slot>();
        var plan = plannedStart;
        var cursor = startedAt == null ? plannedStart : startedAt;
        int minutes = 0;
        for (var item : items) {
            var length = Duration.ofMinutes(item.text().minutes());
            var planned = item.plannedStart() != null || startedAt != null ? item.plannedStart() : plan;
            switch (item.status()) {
                case DONE -> {
                    slots.put(item.id(), new Slot(planned, item.startedAt(), item.endedAt()));
                    if (item.endedAt().isAfter(cursor)) cursor = item.endedAt();
                }
                case LIVE -> {
                    cursor = item.startedAt().plus(length);
                    slots.put(item.id(), new Slot(planned, item.startedAt(), cursor));
                }
                case PLANNED -> {
                    slots.put(item.id(), new Slot(planned, cursor, cursor.plus(length)));
                    cursor = cursor.plus(length);
                }
                case SKIPPED -> slots.put(item.id(), new Slot(planned, null, null));
            }
            if (item.status() != AgendaItem.Status.SKIPPED) {
                plan = plan.plus(length);
                minutes += item.text().minutes();
            }
        }
        return new Rundown(slots, cursor, minutes);
    }
}

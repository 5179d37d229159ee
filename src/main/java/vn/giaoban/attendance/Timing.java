package vn.giaoban.attendance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.agenda.AgendaItem;
import vn.giaoban.agenda.Rundown;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.db.Fields;

/** Planned against actual, item by item, and who spoke how long; pure. */
public final class Timing {
    private Timing() {}

    /** How often and how long a site had the floor. */
    public record Speaking(UUID endpoint, String name, int times, long spokenMs) {}

    static Map<String, Object> of(Briefing briefing, List<AgendaItem> items, List<Speaking> speaking, Instant now) {
        var plan = briefing.plan();
        var slots = Rundown.of(items, plan.start(), briefing.startedAt()).slots();
        return Fields.of("briefing", briefing.id())
                .and("title", plan.title())
                .and("zone", plan.zone())
                .and("plannedStart", plan.start())
                .and("plannedEnd", plan.end())
                .and("startedAt", briefing.startedAt())
                .and("closedAt", briefing.closedAt())
                .and(
                        "items",
                        items.stream()
                                .map(item -> item(item, slots.get(item.id()), now))
                                .toList())
                .and("speaking", speaking.stream().map(Timing::speaking).toList());
    }

    private static Fields item(AgendaItem item, Rundown.Slot slot, Instant now) {
        var actual = actualMs(item, now);
        return Fields.of("id", item.id())
                .and("title", item.text().title())
                .and("status", item.status())
                .and("late", item.late())
                .and("speaker", item.text().speaker())
                .and("plannedStart", slot.plannedStart())
                .and("plannedMinutes", item.text().minutes())
                .and("startedAt", item.startedAt())
                .and("endedAt", item.endedAt())
                .and("actualMs", actual)
                .and("overMs", actual == null ? null : actual - plannedMs(item));
    }

    private static long plannedMs(AgendaItem item) {
        return Duration.ofMinutes(item.text().minutes()).toMillis();
    }

    /** Null for what never began; what still runs has taken the time until now. */
    static Long actualMs(AgendaItem item, Instant now) {
        if (item.startedAt() == null) return null;
        return Duration.between(item.startedAt(), item.endedAt() == null ? now : item.endedAt())
                .toMillis();
    }

    private static Fields speaking(Speaking speaking) {
        return Fields.of("endpoint", speaking.endpoint())
                .and("name", speaking.name())
                .and("times", speaking.times())
                .and("spokenMs", speaking.spokenMs());
    }
}

package vn.giaoban.agenda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** What each audience may see of the run of show. Hidden items take their time: a lower audience sees only the hour. */
final class AgendaView {
    private AgendaView() {}

    static Part agenda(Briefing briefing, List<AgendaItem> items, Function<UUID, String> endpointName) {
        var rundown = Rundown.of(items, briefing.plan().start(), briefing.startedAt());
        return new Part(BriefingView.stream(briefing), "agenda", audience -> {
            if (!briefing.visibleTo(audience)) return null;
            var order = new ArrayList<String>();
            var views = new TreeMap<String, Object>();
            String live = null;
            for (var item : items) {
                if (!item.visibleTo(audience)) continue;
                var id = item.id().toString();
                order.add(id);
                views.put(id, item(item, rundown.slots().get(item.id()), audience, endpointName));
                if (item.status() == AgendaItem.Status.LIVE) live = id;
            }
            return Fields.of("order", order).and("live", live).and("items", views);
        });
    }

    private static Map<String, Object> item(
            AgendaItem item, Rundown.Slot slot, Audience audience, Function<UUID, String> endpointName) {
        var text = item.text();
        var view = Fields.of("title", text.title())
                .and("titleEn", text.titleEn())
                .and("plannedStart", slot.plannedStart())
                .and("plannedMinutes", text.minutes())
                .and("expectedStart", slot.expectedStart())
                .and("expectedEnd", slot.expectedEnd())
                .and("status", item.status())
                .and("startedAt", item.startedAt())
                .and("endedAt", item.endedAt())
                .and("speaker", text.speaker())
                .and("endpoint", text.endpoint())
                .and("endpointName", text.endpoint() == null ? null : endpointName.apply(text.endpoint()));
        if (item.late()) view.and("late", true);
        return audience == Audience.STAFF ? view.and("visibility", text.visibility()) : view;
    }

    /** For those who plan: the items with their ETags, and by how much they are longer than the slot. */
    static void plan(Briefing briefing, List<AgendaItem> items, Fields plan) {
        plan.and("agenda", agenda(briefing, items));
        var minutes = Rundown.of(items, briefing.plan().start(), null).plannedMinutes();
        long over = minutes - briefing.plan().length().dividedBy(Duration.ofMinutes(1));
        if (over > 0) plan.and("overMinutes", over);
    }

    static Fields agenda(Briefing briefing, List<AgendaItem> items) {
        return Fields.of("etag", etag(briefing))
                .and("items", items.stream().map(AgendaView::item).toList());
    }

    static String etag(Briefing briefing) {
        return "\"a" + briefing.marks().agendaVersion() + "\"";
    }

    static Fields item(AgendaItem item) {
        var text = item.text();
        return Fields.of("id", item.id())
                .and("etag", item.etag())
                .and("title", text.title())
                .and("titleEn", text.titleEn())
                .and("minutes", text.minutes())
                .and("speaker", text.speaker())
                .and("endpoint", text.endpoint())
                .and("visibility", text.visibility())
                .and("status", item.status())
                .and("late", item.late())
                .and("startedAt", item.startedAt())
                .and("endedAt", item.endedAt());
    }
}

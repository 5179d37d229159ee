package vn.giaoban.attendance.rollcall;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** What each audience may see of a roll call: those who take part who is called, staff what came of it, a site its own. */
final class RollCallView {
    /** How many names are shown after the one that is called. */
    static final int NEXT = 2;

    private RollCallView() {}

    static Part call(Briefing briefing, RollCall call, Function<UUID, String> names) {
        return new Part(BriefingView.stream(briefing), "rollCall", audience -> {
            if (call == null || !audience.sees(Audience.SITE) || !briefing.visibleTo(audience)) return null;
            if (call.ended() && audience != Audience.STAFF) return null;
            var view = Fields.of("n", call.n())
                    .and("status", call.status())
                    .and("round", call.round())
                    .and("seconds", call.seconds())
                    .and("until", call.until())
                    .and("current", call.current() == null ? null : site(call.current(), names));
            var next = call.next(NEXT);
            if (!next.isEmpty())
                view.and("next", next.stream().map(id -> site(id, names)).toList());
            if (audience != Audience.STAFF) return view;
            view.and("place", Math.min(call.place() + 1, call.queue().size()))
                    .and("of", call.queue().size())
                    .and("sites", call.sites().size())
                    .and("present", call.sites().size() - call.missing().size())
                    .and("startedAt", call.startedAt())
                    .and("endedAt", call.endedAt());
            if (call.status() == RollCall.Status.ROUND_OVER || call.ended())
                view.and(
                        "missing",
                        call.missing().stream().map(id -> site(id, names)).toList());
            return view;
        });
    }

    private static Fields site(UUID id, Function<UUID, String> names) {
        return Fields.of("endpoint", id).and("name", names.apply(id));
    }

    /** What the last roll call says of one site; beside its line state. */
    static Part site(Briefing briefing, RollCall call, UUID endpoint) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("endpoints", endpoint.toString(), "roll"),
                List.of(Audience.STAFF),
                audience -> mark(call, endpoint));
    }

    static Part own(Briefing briefing, RollCall call, UUID endpoint) {
        return new Part(
                "endpoint/" + endpoint,
                List.of("briefings", briefing.id().toString(), "roll"),
                List.of(Audience.SITE),
                audience -> briefing.shownToSites() ? mark(call, endpoint) : null);
    }

    private static Fields mark(RollCall call, UUID endpoint) {
        var mark = call == null ? null : call.marks().get(endpoint);
        return mark == null
                ? null
                : Fields.of("result", mark.result())
                        .and("round", mark.round())
                        .and("at", mark.at())
                        .and("timedOut", mark.by() == null ? true : null);
    }

    static Fields answer(RollCall call, Function<UUID, String> names, Map<UUID, String> people) {
        var results = new LinkedHashMap<UUID, Fields>();
        for (var site : call.sites()) {
            var line = site(site, names);
            var mark = call.marks().get(site);
            if (mark != null)
                line.and("result", mark.result())
                        .and("round", mark.round())
                        .and("at", mark.at())
                        .and("by", mark.by() == null ? null : people.get(mark.by()));
            results.put(site, line);
        }
        return Fields.of("n", call.n())
                .and("status", call.status())
                .and("round", call.round())
                .and("seconds", call.seconds())
                .and("current", call.current())
                .and("until", call.until())
                .and("startedAt", call.startedAt())
                .and("endedAt", call.endedAt())
                .and("present", call.sites().size() - call.missing().size())
                .and("sites", List.copyOf(results.values()));
    }
}

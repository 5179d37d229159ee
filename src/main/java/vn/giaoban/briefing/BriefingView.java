package vn.giaoban.briefing;

import java.util.List;
import java.util.Map;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** What each audience may see of a briefing itself, in its own stream and in the calendar. */
public final class BriefingView {
    private BriefingView() {}

    public static String stream(Briefing briefing) {
        return "briefing/" + briefing.id();
    }

    static Part briefing(Briefing briefing) {
        return new Part(stream(briefing), "briefing", audience -> {
            if (!briefing.visibleTo(audience)) return null;
            var plan = briefing.plan();
            var view = card(briefing)
                    .and("opensAt", briefing.opensAt())
                    .and("openedAt", briefing.openedAt())
                    .and("startedAt", briefing.startedAt())
                    .and("closedAt", briefing.closedAt())
                    .and("hub", briefing.names().hub());
            if (audience != Audience.STAFF) return view;
            view.and("visibility", plan.visibility())
                    .and("secretary", briefing.names().secretary())
                    .and("operator", briefing.names().operator())
                    .and("room", briefing.names().room());
            if (plan.expectedDelegates() > 0) view.and("expectedDelegates", plan.expectedDelegates());
            if (!briefing.marks().overrun().isEmpty())
                view.and("overrun", briefing.marks().overrun());
            return view;
        });
    }

    /** The short line on the stage; for those who take part. */
    static Part stage(Briefing briefing) {
        return new Part(
                stream(briefing),
                "stage",
                audience -> !audience.sees(Audience.SITE)
                                || !briefing.visibleTo(audience)
                                || briefing.stage().line().isEmpty()
                        ? null
                        : Fields.of("text", briefing.stage().line())
                                .and("at", briefing.stage().lineAt()));
    }

    /**
     * The calendar that everybody follows. What is for sites alone is not in it: one site need not know of another's
     * briefings. Its own come to a site in its `endpoint` stream, and to planners in their organisation's calendar.
     */
    static Part calendar(Briefing briefing) {
        return new Part("calendar", List.of("briefings", briefing.id().toString()), Audience.NESTED, audience -> {
            var circle = audience.sees(Audience.PRESS) ? Audience.PRESS : audience;
            return briefing.archived()
                            || briefing.status() == Status.DRAFT
                            || !circle.sees(briefing.plan().visibility())
                    ? null
                    : card(briefing);
        });
    }

    static Part organisationCalendar(Briefing briefing) {
        return new Part(
                "calendar/" + briefing.organisation(),
                List.of("briefings", briefing.id().toString()),
                List.of(Audience.STAFF),
                audience -> briefing.archived() ? null : card(briefing));
    }

    /** What a list shows of a briefing to whoever may know that it exists. */
    public static Fields card(Briefing briefing) {
        var plan = briefing.plan();
        return Fields.of("kind", plan.kind())
                .and("title", plan.title())
                .and("titleEn", plan.titleEn())
                .and("status", briefing.status())
                .and("plannedStart", plan.start())
                .and("plannedEnd", plan.end())
                .and("zone", plan.zone())
                .and("chair", briefing.names().chair())
                .and("previousStart", briefing.life().previousStart())
                .and("reason", briefing.life().reason());
    }

    /** The whole plan, for those who plan and run it. */
    static Fields plan(Briefing briefing, List<Companion> companions) {
        var plan = briefing.plan();
        var names = briefing.names();
        var view = card(briefing)
                .and("id", briefing.id())
                .and("organisation", briefing.organisation())
                .and("visibility", plan.visibility())
                .and("opensAt", briefing.opensAt())
                .and("openedAt", briefing.openedAt())
                .and("startedAt", briefing.startedAt())
                .and("closedAt", briefing.closedAt())
                .and("chair", plan.chair() == null ? null : ref(plan.chair(), names.chair(), names.chairTitle()))
                .and("secretary", plan.secretary() == null ? null : ref(plan.secretary(), names.secretary(), null))
                .and("operator", plan.operator() == null ? null : ref(plan.operator(), names.operator(), null))
                .and("hub", plan.hub())
                .and("room", plan.room())
                .and("expectedDelegates", plan.expectedDelegates());
        companions.forEach(companion -> companion.plan(briefing, view));
        return view;
    }

    private static Map<String, Object> ref(Object id, String name, String title) {
        return Fields.of("id", id.toString()).and("name", name).and("title", title);
    }
}

package vn.giaoban.bridge.support;

import java.util.List;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** What the staff and the site itself see of a case of support. The name of its room is in no stream. */
final class SupportView {
    private SupportView() {}

    /** {@code one}: null where there is no open case. */
    static Part board(Briefing briefing, UUID endpoint, SupportCase one) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("endpoints", endpoint.toString(), "help"),
                List.of(Audience.STAFF),
                audience -> view(one));
    }

    static Part own(Briefing briefing, UUID endpoint, SupportCase one) {
        return new Part(
                "endpoint/" + endpoint,
                List.of("briefings", briefing.id().toString(), "help"),
                List.of(Audience.SITE),
                audience -> briefing.shownToSites() ? view(one) : null);
    }

    private static Fields view(SupportCase one) {
        if (one == null || !one.open()) return null;
        return Fields.of("id", one.id())
                .and("reason", one.reason())
                .and("text", one.text())
                .and("at", one.openedAt())
                .and("asked", one.asked())
                .and("takenAt", one.takenAt())
                .and("takenBy", one.takenName());
    }

    /** The answer of the call. */
    static Fields answer(SupportCase one) {
        return Fields.of("id", one.id())
                .and("endpoint", one.endpoint())
                .and("reason", one.reason())
                .and("text", one.text())
                .and("at", one.openedAt())
                .and("asked", one.asked())
                .and("takenAt", one.takenAt())
                .and("takenBy", one.takenName())
                .and("endedAt", one.endedAt());
    }
}

package vn.giaoban.bridge.sitelist;

import java.util.List;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.db.Fields;

/** The list of sites as it is answered, with what its letterhead needs. For staff. */
final class SiteListView {
    private SiteListView() {}

    static Fields answer(Briefing briefing, Letterhead letterhead, List<SiteRow> rows) {
        return Fields.of("briefing", briefing.id())
                .and("title", briefing.plan().title())
                .and("letterhead", letterhead.fields())
                .and("plannedStart", briefing.plan().start())
                .and("zone", briefing.plan().zone())
                .and("status", briefing.status())
                .and("items", rows.stream().map(SiteListView::row).toList());
    }

    private static Fields row(SiteRow row) {
        return Fields.of("no", row.no())
                .and("endpoint", row.endpoint())
                .and("point", row.point())
                .and("level", row.level())
                .and("room", row.room())
                .and("capacity", row.expected() == 0 ? null : row.expected())
                .and("equipment", row.equipment())
                .and(
                        "contacts",
                        row.contacts().stream()
                                .map(one -> Fields.of("name", one.name()).and("phone", one.phone()))
                                .toList())
                .and("test1", test(row.test1()))
                .and("test2", test(row.test2()))
                .and("answer", row.answer())
                .and("state", row.state());
    }

    private static Fields test(SiteRow.Test test) {
        return test == null ? null : Fields.of("verdict", test.verdict()).and("at", test.at());
    }
}

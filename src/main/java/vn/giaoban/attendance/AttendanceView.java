package vn.giaoban.attendance;

import java.util.List;
import java.util.Map;
import vn.giaoban.attendance.rollcall.RollCall;
import vn.giaoban.bridge.Interval;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.db.Fields;

/** The attendance list as it is written down, hashed and answered. */
final class AttendanceView {
    private AttendanceView() {}

    /**
     * What is frozen. Its canonical text (keys in order, no spaces) is what the hash is made of, so whoever takes
     * `frozen`, `frozenAt`, `hash`, `addenda` and `corrections` out of an answer can check it.
     */
    static Fields list(Briefing briefing, AttendanceList list) {
        return Fields.of("briefing", briefing.id())
                .and("title", briefing.plan().title())
                .and("zone", briefing.plan().zone())
                .and("openedAt", briefing.openedAt())
                .and("startedAt", briefing.startedAt())
                .and("closedAt", briefing.closedAt())
                .and(
                        "totals",
                        Fields.of("expected", list.sites().size())
                                .and("attended", list.attended())
                                .and("delegates", list.delegates())
                                .and("registered", list.registered()))
                .and("sites", list.sites().stream().map(AttendanceView::site).toList());
    }

    private static Fields site(AttendanceList.Site site) {
        return Fields.of("endpoint", site.endpoint())
                .and("name", site.name())
                .and("attended", site.attended())
                .and("joinedAt", site.joinedAt())
                .and("leftAt", site.leftAt())
                .and("minutes", Math.round(site.present().toMillis() / 6_000.0) / 10.0)
                .and("losses", site.losses())
                .and(
                        "intervals",
                        site.intervals().stream().map(AttendanceView::interval).toList())
                .and(
                        "rollCalls",
                        site.answered().isEmpty()
                                ? null
                                : site.answered().stream()
                                        .map(AttendanceView::answered)
                                        .toList())
                .and(
                        "delegates",
                        site.delegates().stream().map(DelegateView::answer).toList());
    }

    private static Fields answered(RollCall.Answered answered) {
        return Fields.of("n", answered.n())
                .and("result", answered.result())
                .and("round", answered.round())
                .and("at", answered.at())
                .and("by", answered.by());
    }

    private static Fields interval(Interval interval) {
        return Fields.of("from", interval.from())
                .and("to", interval.to())
                .and("source", interval.source())
                .and("fromUncertain", interval.fromSure() ? null : true)
                .and("toUncertain", interval.to() == null || interval.toSure() ? null : true);
    }

    static Fields addendum(Addendum addendum) {
        return Fields.of("number", addendum.n())
                .and("at", addendum.at())
                .and("by", addendum.by())
                .and("text", addendum.text())
                .and("hash", addendum.hex());
    }

    static Map<String, Object> answer(
            Map<String, Object> list,
            FrozenList frozen,
            List<Addendum> addenda,
            List<Map<String, Object>> corrections) {
        var answer = new Fields();
        answer.putAll(list);
        answer.and("frozen", frozen != null)
                .and("addenda", addenda.stream().map(AttendanceView::addendum).toList());
        if (!corrections.isEmpty()) answer.and("corrections", corrections);
        return frozen == null ? answer : answer.and("frozenAt", frozen.at()).and("hash", frozen.hex());
    }
}

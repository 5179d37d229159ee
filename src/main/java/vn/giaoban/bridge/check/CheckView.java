package vn.giaoban.bridge.check;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** What may be seen of a check: staff the verdict of each site, a site its own; the figures are read by request. */
final class CheckView {
    private CheckView() {}

    static Part board(Briefing briefing, UUID endpoint, Check check) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("endpoints", endpoint.toString(), "check"),
                List.of(Audience.STAFF),
                audience -> check == null ? null : summary(check));
    }

    static Part own(Briefing briefing, UUID endpoint, Check check) {
        return new Part(
                "endpoint/" + endpoint,
                List.of("briefings", briefing.id().toString(), "check"),
                List.of(Audience.SITE),
                audience -> check == null || !briefing.shownToSites() ? null : summary(check));
    }

    /** The verdict with its foremost cause. */
    private static Fields summary(Check check) {
        var view = Fields.of("verdict", check.verdict().grade())
                .and("at", check.measuredAt())
                .and("by", check.technician())
                .and("receivedAt", check.late() ? check.receivedAt() : null);
        if (check.verdict().findings().isEmpty()) return view;
        var first = check.verdict().findings().getFirst();
        return view.and("cause", first.cause())
                .and("step", first.step().word())
                .and("figure", first.figure())
                .and("bound", first.bound());
    }

    static Fields answer(Check check) {
        return Fields.of("id", check.id())
                .and("measuredAt", check.measuredAt())
                .and("receivedAt", check.receivedAt())
                .and("late", check.late())
                .and("technician", check.technician())
                .and("note", check.note())
                .and("browser", check.browser())
                .and("steps", check.measured().steps())
                .and("verdict", check.verdict().grade())
                .and("findings", findings(check.verdict()));
    }

    static List<Fields> findings(Verdict verdict) {
        return verdict.findings().stream()
                .map(finding -> Fields.of("cause", finding.cause())
                        .and("step", finding.step().word())
                        .and("grade", finding.grade())
                        .and("figure", finding.figure())
                        .and("bound", finding.bound()))
                .toList();
    }

    static Fields answer(Comparison comparison) {
        return Fields.of("value", comparison.value())
                .and("now", comparison.now())
                .and("before", comparison.before())
                .and("trend", comparison.trend());
    }

    static Map<String, Object> bounds(Map<Measured.Value, Double> figures) {
        var out = new Fields();
        figures.forEach((value, figure) -> out.put(value.field, figure));
        return out;
    }
}

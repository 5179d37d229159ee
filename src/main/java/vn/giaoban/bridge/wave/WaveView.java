package vn.giaoban.bridge.wave;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** What may be seen of check rounds: staff how far each is, a site its own calls; the tables are read by request. */
final class WaveView {
    private WaveView() {}

    /** How far a round is; its version says that the table is another. */
    static Part progress(Briefing briefing, CheckCall.Kind kind, Round round, WaveSql.Progress far) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("rounds", kind.name()),
                List.of(Audience.STAFF),
                audience -> round == null
                        ? null
                        : Fields.of("calls", far.calls())
                                .and("done", far.done())
                                .and("noAnswer", far.noAnswer())
                                .and("from", far.from())
                                .and("to", far.to())
                                .and("version", round.version()));
    }

    /** When a site is called, by whom. */
    static Part own(Briefing briefing, UUID endpoint, List<CheckCall> calls) {
        return new Part(
                "endpoint/" + endpoint,
                List.of("briefings", briefing.id().toString(), "calls"),
                List.of(Audience.SITE),
                audience -> {
                    var all = new TreeMap<String, Object>();
                    for (var call : calls)
                        if (call.endpoint().equals(endpoint)) all.put(call.id().toString(), call(call));
                    return all.isEmpty() || !briefing.shownToSites() ? null : all;
                });
    }

    static Fields call(CheckCall call) {
        return Fields.of("kind", call.kind())
                .and("at", call.at())
                .and("minutes", call.minutes())
                .and("technician", call.technician())
                .and("turn", call.turn())
                .and("state", call.state())
                .and("endedAt", call.endedAt());
    }

    /** A call in the table: with its site, and whether the briefing has been moved so that it comes too late. */
    static Fields row(CheckCall call, Endpoint endpoint, Instant deadline) {
        return call(call)
                .and("id", call.id())
                .and("endpoint", call.endpoint())
                .and("site", endpoint == null ? call.endpoint().toString() : endpoint.name())
                .and("late", call.until().isAfter(deadline));
    }

    static Fields planned(WavePlan.Planned call, Endpoint endpoint, int minutes) {
        return Fields.of("endpoint", call.site())
                .and("site", endpoint.name())
                .and("technician", call.technician())
                .and("turn", call.turn())
                .and("at", call.at())
                .and("minutes", minutes);
    }

    static Map<String, Object> lack(WavePlan.Lack lack) {
        return Fields.of("needed", lack.needed())
                .and("there", lack.there())
                .and("technicians", lack.technicians())
                .and("minutes", lack.minutes())
                .and("minutesPerSite", lack.minutesPerSite());
    }

    static List<Fields> hours(List<Hours> hours) {
        return hours.stream()
                .map(one -> Fields.of("from", one.from()).and("to", one.to()))
                .toList();
    }
}

package vn.giaoban.bridge.wave;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.giaoban.bridge.Invitation;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.check.Checks;
import vn.giaoban.bridge.wave.CheckCall.Kind;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Province;
import vn.giaoban.journal.Journal;

/** What a round of check calls would be: out of the invited sites, the technicians and their hours. */
final class WavePlans {
    private final Journal journal;
    private final Invitations invitations;
    private final Checks checks;
    private final Directory directory;

    WavePlans(Journal journal, Invitations invitations, Checks checks, Directory directory) {
        this.journal = journal;
        this.invitations = invitations;
        this.checks = checks;
        this.directory = directory;
    }

    /** Who calls, when they work, and how long for each site. */
    record Wish(Kind kind, List<String> technicians, int minutes, List<Hours> hours) {}

    /** What such a round would be; nothing is written down. */
    Map<String, Object> preview(Briefing briefing, Wish wish) {
        var demand = demand(briefing, wish);
        var view = Fields.of("deadline", demand.deadline())
                .and("sites", demand.sites().size())
                .and("twice", (int)
                        demand.sites().stream().filter(WavePlan.Site::lastBad).count());
        return switch (WavePlan.of(demand)) {
            case WavePlan.Lack lack -> view.and("feasible", false).and("lack", WaveView.lack(lack));
            case WavePlan.Found found -> {
                var names = directory.endpoints(
                        found.calls().stream().map(WavePlan.Planned::site).collect(Collectors.toSet()));
                yield view.and("feasible", true)
                        .and("waves", found.waves())
                        .and(
                                "calls",
                                found.calls().stream()
                                        .map(call -> WaveView.planned(call, names.get(call.site()), wish.minutes()))
                                        .toList());
            }
        };
    }

    WavePlan.Demand demand(Briefing briefing, Wish wish) {
        var ids = invitations.of(briefing.id()).stream()
                .map(Invitation::endpoint)
                .filter(endpoint -> !endpoint.equals(briefing.plan().hub()))
                .collect(Collectors.toSet());
        var bad = checks.lastBad(ids);
        var regions = regions();
        var sites = directory.endpoints(ids).values().stream()
                .map(endpoint -> new WavePlan.Site(
                        endpoint.id(),
                        regions.getOrDefault(endpoint.provinceSystem() + " " + endpoint.provinceCode(), ""),
                        bad.contains(endpoint.id()),
                        endpoint.sort()))
                .toList();
        return new WavePlan.Demand(
                sites, wish.technicians(), wish.minutes(), fromNow(wish.hours()), deadline(briefing, wish.kind()));
    }

    /** By system and code, of both maps: an endpoint stays on the old one until it is moved. */
    private Map<String, String> regions() {
        return Stream.of(Province.LAST_OF_63, directory.today())
                .flatMap(day -> directory.provinces(day, "").stream())
                .collect(Collectors.toMap(
                        province -> province.codeSystem() + " " + province.code(), Province::region, (a, b) -> b));
    }

    /** Nobody is called in the past. */
    private List<Hours> fromNow(List<Hours> hours) {
        var now = journal.now().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        return hours.stream()
                .filter(one -> one.to().isAfter(now))
                .map(one -> one.from().isBefore(now) ? new Hours(now, one.to()) : one)
                .toList();
    }

    /** By when the last site must have been called. */
    Instant deadline(Briefing briefing, Kind kind) {
        return Round.deadline(kind, briefing.plan().start(), directory.workingDays(), Directory.ZONE);
    }
}

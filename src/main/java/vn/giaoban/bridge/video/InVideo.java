package vn.giaoban.bridge.video;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import vn.giaoban.bridge.Interval;
import vn.giaoban.bridge.Lines;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.jitsi.event.Stay;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/**
 * A site that is in the conference now: since when, and with which connections, by the names that the conference calls
 * them. The same site twice is one site.
 */
record InVideo(UUID endpoint, Instant since, boolean sure, List<String> nicks) {

    /** Null for a site that is not there now. */
    static InVideo of(UUID endpoint, List<Stay> stays) {
        var visits = visits(endpoint, stays);
        if (visits.isEmpty() || visits.getLast().to() != null) return null;
        var nicks = stays.stream()
                .filter(Stay::open)
                .map(Stay::nick)
                .distinct()
                .sorted()
                .toList();
        return new InVideo(endpoint, visits.getLast().from(), visits.getLast().fromSure(), nicks);
    }

    /** When the site was there with at least one connection; what touches is one visit. */
    static List<Interval> visits(UUID endpoint, List<Stay> stays) {
        var visits = new ArrayList<Interval>();
        for (var stay : stays.stream().sorted(Comparator.comparing(Stay::from)).toList()) {
            var visit = new Interval(
                    endpoint, Lines.JITSI, stay.from(), stay.to(), stay.fromSure(), stay.open() || stay.toSure());
            var last = visits.isEmpty() ? null : visits.getLast();
            if (last == null || last.to() != null && last.to().isBefore(visit.from())) visits.add(visit);
            else if (last.to() != null && (visit.to() == null || visit.to().isAfter(last.to())))
                visits.set(
                        visits.size() - 1,
                        new Interval(endpoint, Lines.JITSI, last.from(), visit.to(), last.fromSure(), visit.toSure()));
        }
        return visits;
    }

    /** What staff see of it; the connections' names are for commands to the conference. */
    static Part part(Briefing briefing, UUID endpoint, InVideo there) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("endpoints", endpoint.toString(), "video"),
                List.of(Audience.STAFF),
                audience -> there == null
                        ? null
                        : Fields.of("since", there.since())
                                .and("uncertain", there.sure() ? null : true)
                                .and("participants", there.nicks()));
    }
}

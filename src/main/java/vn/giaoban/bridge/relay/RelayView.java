package vn.giaoban.bridge.relay;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** What each audience may see of the video room: staff all of it, a site itself, everybody that it is being recorded. */
final class RelayView {
    private RelayView() {}

    static Part video(Briefing briefing, Lease lease, Roster roster) {
        return new Part(BriefingView.stream(briefing), "video", audience -> {
            if (!briefing.visibleTo(audience)) return null;
            var recording = roster.recordingAt() == null ? null : Fields.of("since", roster.recordingAt());
            if (audience != Audience.STAFF) return recording == null ? null : Fields.of("recording", recording);
            if (lease == null) return null;
            return Fields.of("recording", recording)
                    .and("lobby", roster.lobby())
                    .and("relay", lease.page() == null ? null : relay(lease))
                    .and("seats", seats(roster))
                    .and("knocking", knocking(roster));
        });
    }

    private static Fields relay(Lease lease) {
        return Fields.of("page", lease.page()).and("by", lease.by()).and("since", lease.since());
    }

    private static Map<String, Object> seats(Roster roster) {
        var seats = new TreeMap<String, Object>();
        for (var seat : roster.seats())
            seats.put(
                    seat.participant(),
                    Fields.of("name", seat.name())
                            .and("endpoint", seat.endpoint())
                            .and("moderator", seat.moderator() ? true : null)
                            .and("audioMuted", seat.audioMuted())
                            .and("videoMuted", seat.videoMuted())
                            .and("handAt", at(seat.hand())));
        return seats;
    }

    private static Map<String, Object> knocking(Roster roster) {
        var knocking = new TreeMap<String, Object>();
        for (var knock : roster.knocks())
            knocking.put(knock.participant(), Fields.of("name", knock.name()).and("endpoint", knock.endpoint()));
        return knocking;
    }

    /** In the site's own stream: how it stands in the room. With several devices it is heard if one of them is. */
    static Part own(Briefing briefing, Roster roster, UUID endpoint) {
        return new Part(
                "endpoint/" + endpoint,
                List.of("video", briefing.id().toString()),
                List.of(Audience.SITE),
                audience -> {
                    var mine = roster.of(endpoint).toList();
                    if (mine.isEmpty() || !briefing.shownToSites()) return null;
                    return Fields.of("audioMuted", mine.stream().allMatch(Seat::audioMuted))
                            .and("videoMuted", mine.stream().allMatch(Seat::videoMuted))
                            .and(
                                    "handAt",
                                    at(mine.stream()
                                            .mapToLong(Seat::hand)
                                            .filter(hand -> hand > 0)
                                            .min()
                                            .orElse(0)));
                });
    }

    private static Instant at(long hand) {
        return hand > 0 ? Instant.ofEpochMilli(hand) : null;
    }
}

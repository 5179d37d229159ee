package vn.giaoban.bridge.relay;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The video room as it was last relayed: who is there, who knocks, whether the lobby is on and since when it is recorded. */
record Roster(List<Seat> seats, List<Knock> knocks, boolean lobby, Instant recordingAt) {
    static final Roster EMPTY = new Roster(List.of(), List.of(), false, null);

    /** What a page reports becomes the roster; the hour at which recording began is ours. */
    Roster next(Report report, Sites sites, Instant now) {
        var seats = report.seats().stream()
                .map(seen -> new Seat(
                        seen.participant(),
                        seen.moderator() ? null : sites.of(seen.user(), seen.name()),
                        seen.name(),
                        seen.moderator(),
                        seen.audioMuted(),
                        seen.videoMuted(),
                        seen.hand()))
                .sorted(Comparator.comparing(Seat::participant))
                .toList();
        var knocks = report.knocks().stream()
                .map(seen -> new Knock(seen.participant(), sites.of(null, seen.name()), seen.name()))
                .sorted(Comparator.comparing(Knock::participant))
                .toList();
        var recording = !report.recording() ? null : recordingAt == null ? now : recordingAt;
        return new Roster(seats, knocks, report.lobby(), recording);
    }

    /** The hands that are up and of which the floor has not heard yet, the first raised first. */
    Stream<Seat> unheard(List<Hand> heard) {
        return seats.stream()
                .filter(seat -> seat.raised() && seat.endpoint() != null)
                .filter(seat -> heard.stream().noneMatch(hand -> hand.is(seat)))
                .sorted(Comparator.comparingLong(Seat::hand).thenComparing(Seat::participant));
    }

    /** Is any hand of this site up? */
    boolean raised(UUID endpoint) {
        return of(endpoint).anyMatch(Seat::raised);
    }

    Stream<Seat> of(UUID endpoint) {
        return seats.stream().filter(seat -> endpoint.equals(seat.endpoint()));
    }

    Roster without(UUID endpoint) {
        return new Roster(
                seats.stream()
                        .map(seat -> endpoint.equals(seat.endpoint()) ? seat.nobody() : seat)
                        .toList(),
                knocks.stream()
                        .map(knock -> endpoint.equals(knock.endpoint())
                                ? new Knock(knock.participant(), null, knock.name())
                                : knock)
                        .toList(),
                lobby,
                recordingAt);
    }

    /** Which invited site somebody is: by the id in our token, else by a name that only one site has. */
    record Sites(Map<UUID, String> names) {
        UUID of(String user, String name) {
            for (var id : names.keySet()) if (id.toString().equals(user)) return id;
            if (user != null && !user.isEmpty()) return null; // a token of ours, of somebody else
            var called = names.entrySet().stream()
                    .filter(site -> site.getValue().equals(name))
                    .map(Map.Entry::getKey)
                    .toList();
            return called.size() == 1 ? called.getFirst() : null;
        }
    }
}

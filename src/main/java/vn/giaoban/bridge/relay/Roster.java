package vn.giaoban.bridge.relay;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    record Sites(Set<String> ids, Map<String, UUID> named) {
        static Sites of(Map<UUID, String> names) {
            var ids = new HashSet<String>();
            var named = new HashMap<String, UUID>();
            names.forEach((id, name) -> {
                ids.add(id.toString());
                named.merge(name, id, (one, other) -> SEVERAL);
            });
            named.values().removeIf(SEVERAL::equals);
            return new Sites(ids, named);
        }

        private static final UUID SEVERAL = new UUID(0, 0);

        UUID of(String user, String name) {
            if (user == null || user.isEmpty()) return named.get(name);
            return ids.contains(user) ? UUID.fromString(user) : null; // else a token of ours, of somebody else
        }
    }
}

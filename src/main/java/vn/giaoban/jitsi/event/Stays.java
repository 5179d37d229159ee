package vn.giaoban.jitsi.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import vn.giaoban.jitsi.event.Fact.Kind;

/**
 * Who was in a room from when to when, out of everything that was told and shown of it; pure, and the same whatever the
 * order. What an event said is sure. An edge that none did is where the next thing known puts it, and not sure.
 */
final class Stays {
    /** Jitsi's clock counts whole seconds, and is not ours. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final List<Fact> facts;
    private final List<Fact> meetings;
    private final List<Instant> beginnings;

    private Stays(List<Fact> ofRoom) {
        this.facts = ofRoom;
        this.meetings =
                facts.stream().filter(fact -> fact.kind() == Kind.DESTROYED).toList();
        this.beginnings = facts.stream()
                .filter(fact -> fact.kind() == Kind.CREATED || fact.kind() == Kind.DESTROYED)
                .map(Fact::at)
                .sorted()
                .toList();
    }

    static List<Stay> of(Collection<Fact> facts) {
        var rooms = new TreeMap<String, List<Fact>>();
        for (var fact : facts)
            rooms.computeIfAbsent(fact.room() + "/" + fact.breakout(), room -> new ArrayList<>())
                    .add(fact);
        var all = new ArrayList<Stay>();
        rooms.values().forEach(room -> new Stays(room).collect(all));
        all.sort(Comparator.comparing(Stay::from).thenComparing(Stay::nick));
        return all;
    }

    private void collect(List<Stay> all) {
        var nicks = new TreeMap<String, List<Fact>>();
        for (var fact : facts)
            if (!fact.nick().isEmpty())
                nicks.computeIfAbsent(fact.nick(), nick -> new ArrayList<>()).add(fact);
        nicks.values().forEach(own -> all.addAll(ofOne(own)));
    }

    /** What one connection's facts come to. */
    private List<Stay> ofOne(List<Fact> own) {
        var byJoin = new TreeMap<Instant, List<Fact>>();
        for (var fact : own)
            if (fact.kind() == Kind.JOINED || fact.kind() == Kind.LEFT || fact.kind() == Kind.LISTED)
                byJoin.computeIfAbsent(fact.at(), at -> new ArrayList<>()).add(fact);
        byJoin.entrySet().removeIf(visit -> outsideTheTruth(visit.getKey(), visit.getValue()));
        var gone = instants(own, Kind.GONE);
        var stays = new ArrayList<Stay>();
        byJoin.forEach((from, told) -> {
            var end = end(told);
            var to = end != null ? end : guess(from, byJoin.higherKey(from), gone);
            stays.add(stay(told.getFirst(), named(told), from, true, to, end != null));
        });
        ghosts(own, byJoin, gone, stays);
        return stays;
    }

    /** The list of a destroyed room names everybody: whom it does not name between its two hours was not there. */
    private boolean outsideTheTruth(Instant from, List<Fact> told) {
        return told.stream().noneMatch(fact -> fact.kind() == Kind.LISTED)
                && meetings.stream().anyMatch(meeting -> from.isAfter(meeting.at()) && from.isBefore(meeting.till()));
    }

    private static Instant end(List<Fact> told) {
        for (var kind : List.of(Kind.LISTED, Kind.LEFT)) {
            var last = told.stream()
                    .filter(fact -> fact.kind() == kind)
                    .map(Fact::till)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder());
            if (last.isPresent()) return last.get();
        }
        return null;
    }

    /** Nobody said when it ended: at the latest when the next thing was known that cannot be before its end. */
    private Instant guess(Instant from, Instant again, List<Instant> gone) {
        return Stream.of(
                        Stream.ofNullable(again),
                        gone.stream().filter(at -> at.isAfter(from)),
                        beginnings.stream().filter(at -> at.isAfter(from)),
                        meetings.stream().map(Fact::till).filter(at -> !at.isBefore(from)))
                .flatMap(ends -> ends)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Who was seen although nobody had told that he came. */
    private void ghosts(List<Fact> own, TreeMap<Instant, List<Fact>> byJoin, List<Instant> gone, List<Stay> stays) {
        for (var seen : own.stream()
                .filter(fact -> fact.kind() == Kind.SEEN)
                .sorted(Comparator.comparing(Fact::at))
                .toList()) {
            var at = seen.at();
            if (stays.stream().anyMatch(stay -> covers(stay, at)) || withinATruth(at)) continue;
            stays.add(stay(seen, named(own), at, false, guess(at, byJoin.higherKey(at), gone), false));
        }
        stays.sort(Comparator.comparing(Stay::from));
    }

    private static boolean covers(Stay stay, Instant at) {
        return !at.isBefore(stay.from().minus(SKEW))
                && (stay.open() || !at.isAfter(stay.fromSure() ? stay.to().plus(SKEW) : stay.to()));
    }

    private boolean withinATruth(Instant at) {
        return meetings.stream()
                .anyMatch(meeting -> !at.isBefore(meeting.at().minus(SKEW))
                        && !at.isAfter(meeting.till().plus(SKEW)));
    }

    private static Map<String, String> named(List<Fact> told) {
        var named = new HashMap<String, String>();
        for (var fact : told) {
            named.merge("who", fact.who(), Stays::later);
            named.merge("name", fact.name(), Stays::later);
            named.merge("occupant", fact.occupant(), Stays::later);
        }
        return named;
    }

    private static String later(String a, String b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Stay stay(
            Fact fact, Map<String, String> named, Instant from, boolean fromSure, Instant to, boolean toSure) {
        return new Stay(
                fact.room(),
                fact.breakout(),
                fact.nick(),
                named.get("occupant"),
                named.get("who"),
                named.get("name"),
                from,
                fromSure,
                to,
                toSure);
    }

    private static List<Instant> instants(List<Fact> own, Kind kind) {
        return own.stream().filter(fact -> fact.kind() == kind).map(Fact::at).toList();
    }
}

package vn.giaoban.jitsi.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import vn.giaoban.jitsi.event.Fact.Kind;
import vn.giaoban.jitsi.standin.Captures;

/** Twice, late, in any order, lost: who was there follows all the same, and what nobody showed is not called sure. */
class StaysTest {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final int ROOM_MINUTES = 40;

    /** A visit as it really was. */
    private record True(String nick, int from, int to) {}

    /** A meeting as it really was, in seconds, with everything that Jitsi would tell of it. */
    private record Meeting(int from, int to, List<True> visits) {
        List<Fact> tells() {
            var facts = new ArrayList<Fact>();
            facts.add(Fact.ofRoom("r", "", Kind.CREATED, at(from), null));
            for (var visit : visits) {
                facts.add(of(visit, Kind.JOINED, null));
                facts.add(of(visit, Kind.LEFT, at(visit.to())));
            }
            return facts;
        }

        List<Fact> truth() {
            var facts = new ArrayList<Fact>();
            facts.add(Fact.ofRoom("r", "", Kind.DESTROYED, at(from), at(to)));
            visits.forEach(visit -> facts.add(of(visit, Kind.LISTED, at(visit.to()))));
            return facts;
        }
    }

    private static Fact of(True visit, Kind kind, Instant till) {
        var jid = visit.nick() + "-0000@meet.jitsi/x";
        return new Fact("r", "", kind, visit.nick(), jid, at(visit.from()), till, "site-" + visit.nick(), "S");
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static Meeting meeting(Random random, int from) {
        int length = 30 + random.nextInt(ROOM_MINUTES * 60);
        var visits = new ArrayList<True>();
        int people = 1 + random.nextInt(6);
        for (int p = 0; p < people; p++) {
            int at = from + random.nextInt(length / 2);
            for (int visit = 0; visit < 3 && at < from + length; visit++) {
                int until = at + random.nextInt(from + length - at + 1);
                visits.add(new True(String.format("%08x", from * 10 + p), at, until));
                at = until + 1 + random.nextInt(300);
                if (random.nextBoolean()) break;
            }
        }
        return new Meeting(from, from + length, visits);
    }

    /** Every event three times, shuffled within a minute of its hour, one in ten lost. */
    private static List<Fact> delivered(Random random, List<Fact> told) {
        var arrivals = new ArrayList<Object[]>();
        for (var fact : told) {
            if (random.nextInt(10) == 0) continue;
            long hour = (fact.till() == null ? fact.at() : fact.till()).getEpochSecond();
            for (int i = 0; i < 3; i++) arrivals.add(new Object[] {hour * 1000 + random.nextInt(60_000), fact});
        }
        Collections.shuffle(arrivals, random);
        arrivals.sort(java.util.Comparator.comparingLong(arrival -> (long) arrival[0]));
        return arrivals.stream().map(arrival -> (Fact) arrival[1]).toList();
    }

    @Property(tries = 1500)
    void theListOfADestroyedRoomIsTheTruth(@ForAll long seed) {
        var random = new Random(seed);
        var first = meeting(random, 0);
        var second = meeting(random, first.to() + random.nextInt(90));
        var facts = new ArrayList<Fact>();
        facts.addAll(delivered(random, first.tells()));
        facts.addAll(delivered(random, second.tells()));
        facts.addAll(looks(random, first));
        facts.addAll(untrue(random, first));
        facts.addAll(untrue(random, second));
        facts.addAll(first.truth());
        facts.addAll(second.truth());
        Collections.shuffle(facts, random);
        var truth = new TreeSet<String>();
        for (var meeting : List.of(first, second))
            for (var visit : meeting.visits()) truth.add(visit.nick() + " " + at(visit.from()) + " " + at(visit.to()));
        var ours = Stays.of(facts).stream()
                .peek(stay -> assertTrue(stay.fromSure() && stay.toSure(), () -> "not sure: " + stay))
                .map(stay -> stay.nick() + " " + stay.from() + " " + stay.to())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(truth, ours);
    }

    /** Events that the list of the destroyed room contradicts: it names no such visit, or another end of one. */
    private static List<Fact> untrue(Random random, Meeting meeting) {
        var facts = new ArrayList<Fact>();
        for (var visit : meeting.visits()) {
            if (random.nextInt(4) == 0) facts.add(of(visit, Kind.LEFT, at(visit.to() + 1 + random.nextInt(90))));
            if (random.nextInt(4) == 0) facts.add(of(visit, Kind.LEFT, at(visit.from())));
            int from = meeting.from() + 1 + random.nextInt(meeting.to() - meeting.from() - 1);
            if (meeting.visits().stream().anyMatch(other -> other.from() == from)) continue;
            var never = new True(random.nextBoolean() ? visit.nick() : "ffffffff", from, from + 20);
            facts.add(of(never, Kind.JOINED, null));
            if (random.nextBoolean()) facts.add(of(never, Kind.LEFT, at(never.to())));
        }
        return facts;
    }

    @Property(tries = 1500)
    void untilThenItDiffersOnlyInEdgesThatNoSourceShowed(@ForAll long seed) {
        var random = new Random(seed);
        var meeting = meeting(random, 0);
        var arrived = delivered(random, meeting.tells());
        var facts = new ArrayList<>(arrived.subList(0, random.nextInt(arrived.size() + 1)));
        if (random.nextBoolean()) facts.addAll(looks(random, meeting));
        var stays = Stays.of(facts);
        assertEquals(shown(facts), sure(stays), () -> facts + "\n" + stays);
        noneIsInventedAndNoneForgotten(meeting, facts, stays);
        // And in no second somebody is called surely there who was not, or not there who surely was.
        var model = new Model(facts);
        for (var visit : new HashSet<>(meeting.visits().stream().map(True::nick).toList()))
            for (int second = 0; second <= meeting.to(); second += 7)
                assertEquals(
                        model.surelyThere(visit, at(second)),
                        surelyThere(stays, visit, at(second)),
                        visit + " at " + second);
    }

    /**
     * Each stay is a visit that really was: it begins where that began, or, not sure, somewhere within it; and whatever
     * visit somebody told or showed of is among them.
     */
    private static void noneIsInventedAndNoneForgotten(Meeting meeting, List<Fact> facts, List<Stay> stays) {
        for (var stay : stays)
            assertTrue(
                    meeting.visits().stream()
                            .anyMatch(visit -> visit.nick().equals(stay.nick()) && beginsIn(stay, visit)),
                    () -> "nobody was there: " + stay);
        for (var visit : meeting.visits()) {
            boolean told = facts.stream()
                    .anyMatch(fact -> fact.nick().equals(visit.nick())
                            && (fact.kind() == Kind.JOINED || fact.kind() == Kind.LEFT)
                            && fact.at().equals(at(visit.from())));
            assertEquals(
                    told,
                    stays.stream()
                            .anyMatch(stay -> stay.nick().equals(visit.nick())
                                    && stay.fromSure()
                                    && stay.from().equals(at(visit.from()))),
                    () -> visit + " in " + stays);
        }
        for (var seen : facts)
            if (seen.kind() == Kind.SEEN)
                assertTrue(
                        stays.stream().anyMatch(stay -> stay.nick().equals(seen.nick()) && covers(stay, seen.at())),
                        () -> seen + " in " + stays);
    }

    private static boolean beginsIn(Stay stay, True visit) {
        return stay.fromSure()
                ? stay.from().equals(at(visit.from()))
                : !stay.from().isBefore(at(visit.from())) && stay.from().isBefore(at(visit.to()));
    }

    /** Jitsi's clock counts whole seconds, and is not ours. */
    private static boolean covers(Stay stay, Instant at) {
        return !at.isBefore(stay.from().minusSeconds(5))
                && (stay.open() || !at.isAfter(stay.to().plusSeconds(5)));
    }

    /** Slow and plain: for one person and one second, is there a told visit around it? */
    private record Model(List<Fact> facts) {
        boolean surelyThere(String nick, Instant second) {
            return facts.stream()
                    .filter(fact -> fact.nick().equals(nick) && fact.kind() == Kind.LEFT)
                    .anyMatch(fact -> !second.isBefore(fact.at()) && second.isBefore(fact.till()));
        }
    }

    private static boolean surelyThere(List<Stay> stays, String nick, Instant second) {
        return stays.stream()
                .filter(stay -> stay.nick().equals(nick) && stay.fromSure() && stay.toSure())
                .anyMatch(stay -> !second.isBefore(stay.from()) && second.isBefore(stay.to()));
    }

    /** The edges that an event said. */
    private static Set<String> shown(List<Fact> facts) {
        var edges = new TreeSet<String>();
        for (var fact : facts)
            if (fact.kind() == Kind.JOINED || fact.kind() == Kind.LEFT) {
                edges.add(fact.nick() + " from " + fact.at());
                if (fact.till() != null) edges.add(fact.nick() + " to " + fact.till());
            }
        return edges;
    }

    private static Set<String> sure(List<Stay> stays) {
        var edges = new TreeSet<String>();
        for (var stay : stays) {
            if (stay.fromSure()) edges.add(stay.nick() + " from " + stay.from());
            if (stay.toSure()) edges.add(stay.nick() + " to " + stay.to());
        }
        return edges;
    }

    /** What looks at the room would have shown whom no event told of: some of it. */
    private static List<Fact> looks(Random random, Meeting meeting) {
        var facts = new ArrayList<Fact>();
        for (int second = meeting.from() + random.nextInt(30); second < meeting.to(); second += 30) {
            var there = new TreeSet<String>();
            for (var visit : meeting.visits())
                if (visit.from() <= second && second < visit.to()) there.add(visit.nick());
            for (var visit : meeting.visits())
                if (random.nextInt(4) == 0)
                    facts.add(Fact.look(
                            "r", there.contains(visit.nick()) ? Kind.SEEN : Kind.GONE, visit.nick(), at(second), ""));
        }
        return facts;
    }

    @Property(tries = 300)
    void theOrderOfTheFactsIsAllTheSame(@ForAll long seed) {
        var random = new Random(seed);
        var meeting = meeting(random, 0);
        var facts = new ArrayList<>(delivered(random, meeting.tells()));
        facts.addAll(looks(random, meeting));
        var once = Stays.of(new HashSet<>(facts));
        Collections.shuffle(facts, random);
        assertEquals(once, Stays.of(facts));
    }

    @Example
    void whoIsNotSeenAnyMoreHasGoneWithoutASureHour() {
        var visit = new True("0000000a", 10, 999);
        var facts = new ArrayList<>(List.of(of(visit, Kind.JOINED, null)));
        assertTrue(Stays.of(facts).getFirst().open());
        facts.add(Fact.look("r", Kind.GONE, visit.nick(), at(60), ""));
        var gone = Stays.of(facts).getFirst();
        assertEquals(at(60), gone.to());
        assertTrue(gone.fromSure() && !gone.toSure());
        facts.add(of(visit, Kind.LEFT, at(42)));
        assertEquals(at(42), Stays.of(facts).getFirst().to());
        assertTrue(Stays.of(facts).getFirst().toSure());
    }

    @Example
    void whoIsSeenWithoutHavingBeenToldIsThereFromThenOn() {
        var ghost = Fact.look("r", Kind.SEEN, "0000000b", at(100), "Nghệ An");
        var seen = Stays.of(List.of(ghost)).getFirst();
        assertEquals(at(100), seen.from());
        assertTrue(seen.open() && !seen.fromSure());
        var visit = new True("0000000b", 80, 400);
        var known = Stays.of(List.of(ghost, of(visit, Kind.LEFT, at(400))));
        assertEquals(1, known.size());
        assertEquals(at(80), known.getFirst().from());
    }

    @Example
    void theCapturedMeetingsComeToTheirOwnLists() {
        int meetings = 0;
        for (var one : Captures.all()) {
            var facts = new ArrayList<Fact>();
            for (var call : one.theirs())
                if (call.path().startsWith("/api/events/"))
                    facts.addAll(Events.read(
                            call.path().substring("/api/events/".length()),
                            call.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            var listed = facts.stream()
                    .filter(fact -> fact.kind() == Kind.LISTED)
                    .map(fact -> fact.nick() + fact.at() + fact.till() + fact.who())
                    .collect(Collectors.toCollection(TreeSet::new));
            var stays = Stays.of(facts).stream()
                    .map(stay -> stay.nick() + stay.from() + stay.to() + stay.who())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!listed.isEmpty()) {
                assertEquals(listed, stays, one.name());
                meetings++;
            }
        }
        assertTrue(meetings >= 10, "captured meetings: " + meetings);
        assertTrue(new TreeMap<>(Events.NAMES).size() == 4);
    }
}

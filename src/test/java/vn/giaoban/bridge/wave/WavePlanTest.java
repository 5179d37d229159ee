package vn.giaoban.bridge.wave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import vn.giaoban.bridge.wave.WavePlan.Demand;
import vn.giaoban.bridge.wave.WavePlan.Found;
import vn.giaoban.bridge.wave.WavePlan.Lack;
import vn.giaoban.bridge.wave.WavePlan.Planned;
import vn.giaoban.bridge.wave.WavePlan.Site;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.WorkingDays;

/** What every plan of check calls keeps, whatever is asked; and that a lack is a lack, and the smallest. */
class WavePlanTest {
    private static final Instant DEADLINE = Instant.parse("2026-12-22T01:20:00Z");

    private static List<Site> sites(int many, int bad, long seed) {
        var random = new Random(seed);
        return IntStream.range(0, many)
                .mapToObj(n -> new Site(new UUID(seed, n), "vùng " + random.nextInt(8), n < bad, random.nextInt(100)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> technicians(int many) {
        return IntStream.range(0, many).mapToObj(n -> "Kỹ thuật " + n).toList();
    }

    private static Hours before(int minutesFrom, int minutesTo) {
        return new Hours(
                DEADLINE.minus(Duration.ofMinutes(minutesFrom)), DEADLINE.minus(Duration.ofMinutes(minutesTo)));
    }

    /** Some stretches, one of which may reach past the deadline, some of which may overlap. */
    private static List<Hours> hours(long seed) {
        var random = new Random(seed);
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(n -> {
                    int to = random.nextInt(120) - 30;
                    return before(to + 1 + random.nextInt(150), to);
                })
                .toList();
    }

    @Property(tries = 2_000)
    void everyPlanKeepsItsPromisesAndEveryLackIsReal(
            @ForAll @IntRange(max = 63) int many,
            @ForAll @IntRange(max = 20) int bad,
            @ForAll @IntRange(min = 1, max = 9) int technicians,
            @ForAll @IntRange(min = 1, max = 15) int minutes,
            @ForAll long seed) {
        var demand = new Demand(
                sites(many, Math.min(bad, many), seed), technicians(technicians), minutes, hours(seed), DEADLINE);
        switch (WavePlan.of(demand)) {
            case Found found -> holds(demand, found);
            case Lack lack -> {
                assertFalse(canBeDone(demand), "somebody else finds a plan");
                smallest(demand, lack);
            }
        }
    }

    private static void holds(Demand demand, Found found) {
        assertTrue(canBeDone(demand));
        var length = Duration.ofMinutes(demand.minutes());
        // Every site once, the bad ones twice, and the second time later.
        var bySite = found.calls().stream().collect(Collectors.groupingBy(Planned::site));
        assertEquals(demand.sites().stream().map(Site::id).collect(Collectors.toSet()), bySite.keySet());
        for (var site : demand.sites()) {
            var calls = bySite.get(site.id()).stream()
                    .sorted(Comparator.comparingInt(Planned::turn))
                    .toList();
            assertEquals(
                    site.lastBad() ? List.of(1, 2) : List.of(1),
                    calls.stream().map(Planned::turn).toList());
            if (site.lastBad())
                assertFalse(calls.getLast().at().isBefore(calls.getFirst().at().plus(length)));
        }
        // Nobody in two places.
        var busy = new HashMap<String, List<Planned>>();
        found.calls()
                .forEach(call -> busy.computeIfAbsent(call.technician(), t -> new ArrayList<>())
                        .add(call));
        assertTrue(demand.technicians().containsAll(busy.keySet()));
        for (var calls : busy.values()) {
            calls.sort(Comparator.comparing(Planned::at));
            for (int i = 1; i < calls.size(); i++)
                assertFalse(calls.get(i).at().isBefore(calls.get(i - 1).at().plus(length)));
        }
        // None outside the hours, none after the deadline.
        for (var call : found.calls()) {
            var end = call.at().plus(length);
            assertFalse(end.isAfter(DEADLINE));
            assertTrue(Hours.joined(demand.hours(), DEADLINE).stream()
                    .anyMatch(h -> !call.at().isBefore(h.from()) && !end.isAfter(h.to())));
        }
        // The bad ones first; called again when all have been called.
        var bad = demand.sites().stream().filter(Site::lastBad).map(Site::id).collect(Collectors.toSet());
        int lastOfBad = wave(found, call -> call.turn() == 1 && bad.contains(call.site()), true);
        int firstOfGood = wave(found, call -> !bad.contains(call.site()), false);
        assertTrue(lastOfBad <= firstOfGood);
        assertTrue(wave(found, call -> call.turn() == 1, true) <= wave(found, call -> call.turn() == 2, false));
    }

    private static int wave(Found found, java.util.function.Predicate<Planned> of, boolean last) {
        var waves = found.calls().stream().filter(of).mapToInt(Planned::wave);
        return last ? waves.max().orElse(-1) : waves.min().orElse(Integer.MAX_VALUE);
    }

    /** Thought out anew, from nothing but how many calls one person gets through. */
    private static boolean canBeDone(Demand demand) {
        int each = 0;
        for (var one : Hours.joined(demand.hours(), DEADLINE))
            each += (int) (Duration.between(one.from(), one.to()).toMinutes() / demand.minutes());
        long twice = demand.sites().stream().filter(Site::lastBad).count();
        return (long) each * demand.technicians().size() >= demand.sites().size() + twice && (twice == 0 || each >= 2);
    }

    /** With it there is a plan, with one less there is none. */
    private static void smallest(Demand d, Lack lack) {
        if (lack.technicians() != null) {
            int enough = d.technicians().size() + lack.technicians();
            assertTrue(lack.technicians() > 0);
            assertTrue(canBeDone(new Demand(d.sites(), technicians(enough), d.minutes(), d.hours(), DEADLINE)));
            assertFalse(canBeDone(new Demand(d.sites(), technicians(enough - 1), d.minutes(), d.hours(), DEADLINE)));
        } else assertFalse(canBeDone(new Demand(d.sites(), technicians(1_000), d.minutes(), d.hours(), DEADLINE)));
        if (lack.minutesPerSite() != null) {
            assertTrue(canBeDone(new Demand(d.sites(), d.technicians(), lack.minutesPerSite(), d.hours(), DEADLINE)));
            assertFalse(
                    canBeDone(new Demand(d.sites(), d.technicians(), lack.minutesPerSite() + 1, d.hours(), DEADLINE)));
        } else assertFalse(canBeDone(new Demand(d.sites(), d.technicians(), 1, d.hours(), DEADLINE)));
        assertTrue(fitsWith(d, lack.needed(), lack.minutes()), "so many more minutes do");
        assertFalse(fitsWith(d, lack.needed(), lack.minutes() - 1), "one less does not");
    }

    /** Whether the hours hold so many waves when so many minutes more are given to whichever stretches need least. */
    private static boolean fitsWith(Demand d, int needed, int more) {
        var joined = Hours.joined(d.hours(), DEADLINE);
        var rests = new ArrayList<Integer>();
        int there = 0;
        for (var one : joined) {
            int length = (int) Duration.between(one.from(), one.to()).toMinutes();
            there += length / d.minutes();
            rests.add(d.minutes() - length % d.minutes());
        }
        rests.sort(Comparator.naturalOrder());
        for (int cost : rests)
            if (cost <= more) {
                more -= cost;
                there++;
            }
        return there + more / d.minutes() >= needed;
    }

    @Property(tries = 200)
    void sitesOfOneGroupMeetOnlyWhereTheyMust(
            @ForAll @IntRange(min = 1, max = 60) int many,
            @ForAll @IntRange(min = 1, max = 8) int technicians,
            @ForAll long seed) {
        var demand =
                new Demand(sites(many, 0, seed), technicians(technicians), 5, List.of(before(10_000, 0)), DEADLINE);
        var found = (Found) WavePlan.of(demand);
        var groups = demand.sites().stream().collect(Collectors.toMap(Site::id, Site::group));
        var largest = new HashMap<String, Integer>();
        demand.sites().forEach(site -> largest.merge(site.group(), 1, Integer::sum));
        var met = new HashMap<String, Integer>();
        for (var call : found.calls()) met.merge(groups.get(call.site()) + " " + call.wave(), 1, Integer::sum);
        met.forEach((where, together) -> {
            int size = largest.get(where.substring(0, where.lastIndexOf(' ')));
            // They go round and round over the waves; the last one may be short, and then counts for nothing.
            int waves = Math.max(1, found.waves() - 1);
            assertTrue(together <= Math.ceilDiv(size, waves), where + " " + together);
        });
    }

    @Example
    void thirtyFourSixtyThreeAndAllTheCommunes() {
        for (int many : List.of(34, 63, 3_356)) {
            var demand = new Demand(
                    sites(many, many / 10, many),
                    technicians(Math.max(4, many / 20)),
                    5,
                    List.of(before(180, 0)),
                    DEADLINE);
            long began = System.nanoTime();
            var outcome = WavePlan.of(demand);
            long ms = (System.nanoTime() - began) / 1_000_000;
            holds(demand, assertInstanceOf(Found.class, outcome));
            assertTrue(ms < 1_000, many + " sites took " + ms + " ms");
        }
    }

    @Example
    void anHourIsTooShortForSixtyThreeByFourAndThePlanSaysByHowMuch() {
        var demand = new Demand(sites(63, 6, 1), technicians(4), 5, List.of(before(60, 0)), DEADLINE);
        var lack = assertInstanceOf(Lack.class, WavePlan.of(demand));
        // 63 sites and 6 of them again are 69 calls; 12 waves of 4 are 48.
        assertEquals(new Lack(18, 12, 2, 30, 3), lack);
    }

    @Example
    void whoIsCalledTwiceNeedsTwoWavesHoweverManyCall() {
        var demand = new Demand(sites(1, 1, 1), technicians(5), 10, List.of(before(15, 0)), DEADLINE);
        var lack = assertInstanceOf(Lack.class, WavePlan.of(demand));
        assertNull(lack.technicians());
        assertEquals(5, lack.minutes());
        assertEquals(7, lack.minutesPerSite());
    }

    @Example
    void nobodyToCallIsNoRound() {
        var outcome = WavePlan.of(new Demand(List.of(), technicians(1), 5, List.of(before(1, 0)), DEADLINE));
        assertEquals(new Found(List.of(), 0), outcome);
    }

    @Example
    void theFinalRoundEndsTenMinutesBeforeTheStartAndATrialOnTheWorkingDayBefore() {
        var days = new WorkingDays(Set.of(LocalDate.of(2027, 1, 1)), new HashSet<>());
        var monday = Instant.parse("2027-01-04T01:30:00Z"); // 08:30 in Hanoi, after a holiday and a weekend
        assertEquals(
                Instant.parse("2027-01-04T01:20:00Z"),
                Round.deadline(CheckCall.Kind.FINAL, monday, days, Directory.ZONE));
        assertEquals(
                Instant.parse("2026-12-31T17:00:00Z"),
                Round.deadline(CheckCall.Kind.TRIAL, monday, days, Directory.ZONE));
    }
}

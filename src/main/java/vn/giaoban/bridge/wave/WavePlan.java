package vn.giaoban.bridge.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who calls which site when, so that nobody is in two places and no call ends after the deadline; or the proof that it
 * cannot be done. In a wave each technician calls one site. Sites whose last check was bad come first, and once more
 * when all have been called: by then they were to have mended it. Sites of one group (one region, one trunk) stand in
 * different waves as far as they can, since two that measure at once would measure each other.
 *
 * <p>A technician holds at most one call in each stretch of so many minutes, so n sites of which b come twice take
 * {@code ⌈(n + b) / k⌉} waves whoever plans, and two where a site comes twice. The plan takes exactly these; where the
 * hours hold fewer, no plan does.
 */
public final class WavePlan {
    private WavePlan() {}

    public record Site(UUID id, String group, boolean lastBad, int sort) {}

    public record Demand(
            List<Site> sites, List<String> technicians, int minutes, List<Hours> hours, Instant deadline) {}

    /** {@code turn}: 1, or 2 for one who is called again. */
    public record Planned(UUID site, String technician, int turn, int wave, Instant at) {}

    /** A plan, or what is missing for one. */
    public sealed interface Outcome permits Found, Lack {}

    public record Found(List<Planned> calls, int waves) implements Outcome {}

    /**
     * The smallest that would do: any one of these alone.
     *
     * @param needed how many waves it takes, of which the hours hold {@code there}
     * @param technicians so many more; null where no number would do
     * @param minutes so many more minutes of work
     * @param minutesPerSite at most so many for each site; null where even one minute is too long
     */
    public record Lack(int needed, int there, Integer technicians, int minutes, Integer minutesPerSite)
            implements Outcome {}

    public static Outcome of(Demand demand) {
        var hours = Hours.joined(demand.hours(), demand.deadline());
        int there = fit(hours, demand.minutes());
        int needed = needed(demand, demand.technicians().size());
        return needed > there ? lack(demand, hours, needed, there) : found(demand, hours);
    }

    private static int fit(List<Hours> hours, int minutes) {
        return hours.stream().mapToInt(one -> one.fit(minutes)).sum();
    }

    private static int twice(Demand demand) {
        return (int) demand.sites().stream().filter(Site::lastBad).count();
    }

    private static int needed(Demand demand, int technicians) {
        int calls = demand.sites().size() + twice(demand);
        if (calls == 0) return 0;
        return Math.max(Math.ceilDiv(calls, technicians), twice(demand) > 0 ? 2 : 1);
    }

    private static Lack lack(Demand demand, List<Hours> hours, int needed, int there) {
        int calls = demand.sites().size() + twice(demand);
        boolean some = there >= (twice(demand) > 0 ? 2 : 1);
        var technicians = some
                ? (Integer) (Math.ceilDiv(calls, there) - demand.technicians().size())
                : null;
        Integer shorter = null;
        for (int minutes = demand.minutes() - 1; minutes > 0 && shorter == null; minutes--)
            if (fit(hours, minutes) >= needed) shorter = minutes;
        return new Lack(needed, there, technicians, longer(demand, hours, needed - there), shorter);
    }

    /** The first wave more in a stretch takes only what its rest lacks, every further one all of its minutes. */
    private static int longer(Demand demand, List<Hours> hours, int more) {
        var cheapest = hours.stream()
                .map(one -> demand.minutes() - one.rest(demand.minutes()))
                .sorted()
                .limit(more)
                .toList();
        return cheapest.stream().mapToInt(Integer::intValue).sum() + (more - cheapest.size()) * demand.minutes();
    }

    private static Found found(Demand demand, List<Hours> hours) {
        int k = demand.technicians().size();
        var order =
                Comparator.comparing(Site::group).thenComparingInt(Site::sort).thenComparing(Site::id);
        var bad = demand.sites().stream().filter(Site::lastBad).sorted(order).toList();
        var good = demand.sites().stream()
                .filter(site -> !site.lastBad())
                .sorted(order)
                .toList();
        var waves = new ArrayList<List<Planned>>();
        var badPlaces = spread(bad, 0, k);
        // Where everybody fits into one wave the second calls begin the next, else they go on where the first end.
        int again = bad.isEmpty() ? 0 : Math.max(demand.sites().size(), k);
        var goodPlaces = spread(good, bad.size(), k);
        badPlaces.forEach((site, place) -> {
            put(waves, site, 1, place / k);
            put(waves, site, 2, (again + place) / k);
        });
        goodPlaces.forEach((site, place) -> put(waves, site, 1, place / k));
        return new Found(named(demand, starts(demand, hours, waves.size()), waves), waves.size());
    }

    private static void put(List<List<Planned>> waves, Site site, int turn, int wave) {
        while (waves.size() <= wave) waves.add(new ArrayList<>());
        waves.get(wave).add(new Planned(site.id(), null, turn, wave, null));
    }

    /** Each site's place among so many from {@code first} on; those of one group go from wave to wave, round and round. */
    private static Map<Site, Integer> spread(List<Site> sites, int first, int k) {
        var places = new HashMap<Site, Integer>();
        if (sites.isEmpty()) return places;
        int firstWave = first / k, waves = (first + sites.size() - 1) / k - firstWave + 1;
        var free = new int[waves];
        var end = new int[waves];
        for (int w = 0; w < waves; w++) {
            free[w] = Math.max(first, (firstWave + w) * k);
            end[w] = Math.min(first + sites.size(), (firstWave + w + 1) * k);
        }
        int wave = 0;
        for (var site : sites) {
            while (free[wave] >= end[wave]) wave = (wave + 1) % waves;
            places.put(site, free[wave]++);
            wave = (wave + 1) % waves;
        }
        return places;
    }

    private static List<Instant> starts(Demand demand, List<Hours> hours, int waves) {
        var starts = new ArrayList<Instant>();
        for (var one : hours)
            for (int i = 0; i < one.fit(demand.minutes()) && starts.size() < waves; i++)
                starts.add(one.from().plus(Duration.ofMinutes((long) i * demand.minutes())));
        return starts;
    }

    /** Within a wave in the order of the groups, so that a technician mostly speaks with the same ones. */
    private static List<Planned> named(Demand demand, List<Instant> starts, List<List<Planned>> waves) {
        var groups = new HashMap<UUID, Site>();
        demand.sites().forEach(site -> groups.put(site.id(), site));
        var calls = new ArrayList<Planned>();
        for (int w = 0; w < waves.size(); w++) {
            var wave = new ArrayList<>(waves.get(w));
            wave.sort(Comparator.comparing(
                            (Planned call) -> groups.get(call.site()).group())
                    .thenComparingInt(call -> groups.get(call.site()).sort())
                    .thenComparing(Planned::site));
            for (int i = 0; i < wave.size(); i++)
                calls.add(new Planned(
                        wave.get(i).site(),
                        demand.technicians().get(i),
                        wave.get(i).turn(),
                        w,
                        starts.get(w)));
        }
        return calls;
    }
}

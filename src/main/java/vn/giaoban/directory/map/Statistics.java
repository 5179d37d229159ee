package vn.giaoban.directory.map;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Endpoint;

/**
 * How many endpoints each province has and how they took part in briefings, in the map of before, of now, or as it stood
 * at each hour. Whatever map it is read in, the sums are the same.
 */
final class Statistics {
    private static final LocalDate NEVER = LocalDate.of(2100, 1, 1);

    /** A way to read: the map of a day, or of each its own. */
    enum Reading {
        THEN,
        OLD,
        NEW
    }

    private final Atlas atlas;
    private final Map<UUID, List<Endpoint.Period>> periods;

    Statistics(Atlas atlas, Map<UUID, List<Endpoint.Period>> periods) {
        this.atlas = atlas;
        this.periods = periods;
    }

    /** Where each endpoint lay, by the map that it is read in. */
    List<Participation.Stay> stays(Reading reading, LocalDate old, LocalDate today) {
        var stays = new ArrayList<Participation.Stay>();
        periods.forEach((endpoint, all) -> all.forEach(period -> stays.add(new Participation.Stay(
                endpoint,
                // What was before the first period, and the gap behind the last, are told as that one.
                period == all.getFirst() ? LocalDate.of(1945, 1, 1) : period.from(),
                period == all.getLast() || period.to() == null ? NEVER : period.to(),
                switch (reading) {
                    case THEN -> Atlas.key(period);
                    case OLD -> atlas.on(old, period, all);
                    case NEW -> atlas.on(today, period, all);
                }))));
        return stays;
    }

    /** Each endpoint that was there in these days counts once, where it was at last. */
    private Map<String, Integer> sites(List<Participation.Stay> stays, LocalDate from, LocalDate to) {
        var last = new HashMap<UUID, Participation.Stay>();
        var there = new HashSet<UUID>();
        periods.forEach((endpoint, all) -> {
            var end = all.getLast().to();
            if (!all.getFirst().from().isAfter(to) && (end == null || !end.isBefore(from))) there.add(endpoint);
        });
        for (var stay : stays)
            if (there.contains(stay.endpoint())
                    && !stay.from().isAfter(to)
                    && !stay.to().isBefore(from))
                last.merge(stay.endpoint(), stay, (a, b) -> a.from().isAfter(b.from()) ? a : b);
        var counts = new HashMap<String, Integer>();
        last.values().forEach(stay -> counts.merge(stay.key(), 1, Integer::sum));
        return counts;
    }

    Fields view(List<Participation.Stay> stays, Map<String, Participation.Count> counts, LocalDate from, LocalDate to) {
        var sites = sites(stays, from, to);
        var keys = new HashSet<>(sites.keySet());
        keys.addAll(counts.keySet());
        keys.remove(Participation.ALL);
        var items = keys.stream()
                .sorted(Comparator.comparing((String key) -> key.isEmpty()).thenComparing(key -> key))
                .map(key -> item(key, sites.getOrDefault(key, 0), counts.getOrDefault(key, Participation.Count.NONE)))
                .toList();
        var all = counts.getOrDefault(Participation.ALL, Participation.Count.NONE);
        return Fields.of("items", items)
                .and(
                        "total",
                        counted(
                                new Fields(),
                                sites.values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum(),
                                all));
    }

    private Map<String, Object> item(String key, int sites, Participation.Count count) {
        var fields = new Fields();
        if (!key.isEmpty()) {
            var place = atlas.places().get(key);
            fields.and("codeSystem", key.substring(0, key.indexOf(' ')))
                    .and("code", key.substring(key.indexOf(' ') + 1))
                    .and("name", place == null ? key : place.name())
                    .and("region", place == null ? null : place.region());
        }
        return counted(fields, sites, count);
    }

    private static Fields counted(Fields fields, int sites, Participation.Count count) {
        return fields.and("sites", sites)
                .and("briefings", count.briefings())
                .and("invited", count.invited())
                .and("joined", count.joined());
    }
}

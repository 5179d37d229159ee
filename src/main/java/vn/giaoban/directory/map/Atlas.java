package vn.giaoban.directory.map;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.giaoban.directory.Endpoint;

/**
 * Every province there ever was, and what became of it: says in which province of one map something lies that is known
 * by another. A province is named by system and code, since a bare code changed its meaning.
 */
record Atlas(Map<String, Place> places) {
    /** @param to the last day; null: still there. {@code successor}: the key of what it went into */
    record Place(String key, String name, String region, LocalDate from, LocalDate to, String successor) {
        boolean stands(LocalDate day) {
            return !day.isBefore(from) && (to == null || !day.isAfter(to));
        }
    }

    static Atlas of(List<Place> places) {
        var byKey = new HashMap<String, Place>();
        places.forEach(place -> byKey.put(place.key(), place));
        return new Atlas(byKey);
    }

    static String key(Endpoint.Period period) {
        return period.provinceCode() == null ? "" : period.provinceSystem() + " " + period.provinceCode();
    }

    /**
     * Where an endpoint of these periods, in one of which it lies here, stands on the map of a day: here, if that is on
     * the map; else where it stood itself on that day; else where its province went, or came from.
     */
    String on(LocalDate day, Endpoint.Period here, List<Endpoint.Period> periods) {
        var key = key(here);
        if (key.isEmpty() || stands(key, day)) return key;
        for (var period : periods) if (period.covers(day) && stands(key(period), day)) return key(period);
        var place = places.get(key);
        if (place == null) return key;
        return place.from().isAfter(day) ? origin(place, day) : destination(place, day);
    }

    private boolean stands(String key, LocalDate day) {
        var place = places.get(key);
        return place != null && place.stands(day);
    }

    private String destination(Place place, LocalDate day) {
        var at = place;
        for (int steps = 0; at != null && !at.stands(day) && steps < places.size(); steps++)
            at = places.get(at.successor());
        return at == null ? place.key() : at.key();
    }

    /** Of several that were merged the one that had the centre: the new code was taken from it. */
    private String origin(Place place, LocalDate day) {
        var code = place.key().substring(place.key().indexOf(' '));
        return places.values().stream()
                .filter(old -> old.stands(day) && destination(old, place.from()).equals(place.key()))
                .map(Place::key)
                .min(java.util.Comparator.comparing((String key) -> !key.endsWith(code))
                        .thenComparing(key -> key))
                .orElse(place.key());
    }
}

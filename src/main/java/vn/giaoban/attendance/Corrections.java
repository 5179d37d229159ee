package vn.giaoban.attendance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/**
 * What a frozen list would say of a site if it were closed only now: a conference tells some of its comings and goings
 * late, and all of them when its room is gone. The list itself and its hash stay; this stands beside it, by its name.
 */
final class Corrections {
    private Corrections() {}

    /** The sites of which more is known now, as they would stand in the list; none where nothing has changed. */
    static List<Map<String, Object>> of(Map<String, Object> frozen, Map<String, Object> now) {
        var before = new HashMap<Object, Map<String, Object>>();
        list(frozen, "sites").forEach(site -> before.put(site.get("endpoint"), site));
        return list(Json.parse(Json.text(now)), "sites").stream()
                .filter(site -> before.containsKey(site.get("endpoint")))
                .filter(site -> differ(before.get(site.get("endpoint")), site))
                .map(Corrections::correction)
                .toList();
    }

    /** Hours count, not how sure they are: an edge that is sure now and was right before corrects nothing. */
    private static boolean differ(Map<String, Object> before, Map<String, Object> now) {
        return !Objects.equals(before.get("attended"), now.get("attended"))
                || !hours(before).equals(hours(now));
    }

    private static List<List<Object>> hours(Map<String, Object> site) {
        return list(site, "intervals").stream()
                .map(interval -> List.of(interval.get("source"), interval.get("from"), interval.get("to")))
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
    }

    private static Map<String, Object> correction(Map<String, Object> site) {
        return Fields.of("endpoint", site.get("endpoint"))
                .and("name", site.get("name"))
                .and("attended", site.get("attended"))
                .and("minutes", site.get("minutes"))
                .and("intervals", site.get("intervals"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> of, String name) {
        return (List<Map<String, Object>>) of.get(name);
    }
}

package vn.giaoban.bench.kill;

import java.util.HashMap;
import java.util.Map;

/**
 * The items of one picture and the number in each one's title. A title's numbers grow by one with each command, and each
 * command is one patch: whoever folds must see every number, once, in order.
 */
final class Numbers {
    private final Map<String, Long> byItem = new HashMap<>();

    /** What one patch did; null if that was right. */
    String folded(Map<String, Object> patch) {
        for (var item : items(patch).entrySet()) {
            if (!(item.getValue() instanceof Map<?, ?> change)
                    || !(change.get("title") instanceof String title)
                    || !numbered(title)) continue;
            long next = in(title);
            var before = byItem.put(item.getKey(), next);
            if (before == null ? next != 0 : next != before + 1)
                return "item " + item.getKey() + " went from " + before + " to " + next;
        }
        return null;
    }

    /** A whole picture: nothing in it may be older than what was seen. */
    String replaced(Map<String, Object> view) {
        var now = of(view);
        for (var known : byItem.entrySet()) {
            var shown = now.get(known.getKey());
            if (shown == null || shown < known.getValue())
                return "item " + known.getKey() + " fell back from " + known.getValue() + " to " + shown;
        }
        byItem.putAll(now);
        return null;
    }

    static Map<String, Long> of(Map<String, Object> view) {
        var numbers = new HashMap<String, Long>();
        items(view).forEach((id, item) -> {
            var title = (String) ((Map<?, ?>) item).get("title");
            if (numbered(title)) numbers.put(id, in(title));
        });
        return numbers;
    }

    private static Map<String, Object> items(Map<String, Object> picture) {
        return picture.get("agenda") instanceof Map<?, ?> agenda && agenda.get("items") instanceof Map<?, ?> items
                ? cast(items)
                : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> items) {
        return (Map<String, Object>) items;
    }

    private static boolean numbered(String title) {
        return title.startsWith(Writer.NAME);
    }

    private static long in(String title) {
        return Long.parseLong(title, title.lastIndexOf(' ') + 1, title.length(), 10);
    }
}

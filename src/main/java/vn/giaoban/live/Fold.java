package vn.giaoban.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** RFC 7396: what a patch makes of a picture, and the patch that makes one picture out of another. */
public final class Fold {
    private Fold() {}

    /** The patched picture; neither argument is changed, untouched parts are shared. */
    public static Map<String, Object> apply(Map<String, Object> picture, Map<String, Object> patch) {
        var out = new TreeMap<>(picture);
        patch.forEach((name, value) -> {
            if (value == null) out.remove(name);
            else if (value instanceof Map<?, ?> inner)
                out.put(name, apply(out.get(name) instanceof Map<?, ?> old ? map(old) : Map.of(), map(inner)));
            else out.put(name, value);
        });
        return out;
    }

    /** The smallest patch from before to after; empty where they are the same. Arrays are replaced whole. */
    public static Map<String, Object> diff(Map<String, Object> before, Map<String, Object> after) {
        var patch = new LinkedHashMap<String, Object>();
        before.forEach((name, old) -> {
            if (!after.containsKey(name)) patch.put(name, null);
        });
        after.forEach((name, value) -> {
            var old = before.get(name);
            if (old instanceof Map<?, ?> a && value instanceof Map<?, ?> b) {
                var inner = diff(map(a), map(b));
                if (!inner.isEmpty()) patch.put(name, inner);
            } else if (!Objects.equals(old, value)) patch.put(name, value);
        });
        return patch;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<?, ?> value) {
        return (Map<String, Object>) value;
    }
}

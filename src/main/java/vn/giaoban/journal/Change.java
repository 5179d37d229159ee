package vn.giaoban.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import vn.giaoban.live.Fold;
import vn.giaoban.live.StreamKey;

/**
 * One change of one subject while it is being made: its hour, its audit entries, and what became of the parts of
 * the pictures. What an audience sees the same before and after makes no patch in that audience's stream.
 */
public final class Change {
    private final Instant now;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<PartKey, Seen> seen = new LinkedHashMap<>();
    private final Set<String> repainted = new LinkedHashSet<>();
    private final List<Due> due = new ArrayList<>();

    record Entry(String verb, Map<String, Object> what, Map<String, String> personal) {}

    record Due(Instant at, String act, String subject, Map<String, Object> detail) {}

    private record PartKey(StreamKey key, List<String> path) {}

    private record Seen(Map<String, Object> before, Map<String, Object> after) {}

    Change(Instant now) {
        this.now = now;
    }

    /** The hour of the change: one for everything in it, to the millisecond. */
    public Instant now() {
        return now;
    }

    /** An audit entry: the verb and what it was done to, as ids and plain facts. */
    public void record(String verb, Map<String, Object> what) {
        record(verb, what, Map.of());
    }

    /** The same with personal values, which stand beside the chain and can be erased without breaking it. */
    public void record(String verb, Map<String, Object> what, Map<String, String> personal) {
        entries.add(new Entry(verb, what, personal));
    }

    /** A part was this and is now that; null for "was not there" and "is gone". */
    public void shows(Part before, Part after) {
        var any = after == null ? before : after;
        for (var audience : any.audiences()) {
            var key = new PartKey(new StreamKey(any.stream(), audience.word()), any.path());
            var was = before == null ? null : before.view().apply(audience);
            var is = after == null ? null : after.view().apply(audience);
            // Changed twice in one transaction: what counts is how it was first and how it is last.
            seen.merge(key, new Seen(was, is), (first, last) -> new Seen(first.before(), last.after()));
        }
    }

    /** Who may see what of this stream has changed as a whole: it is painted anew from the facts. */
    public void repaint(String stream) {
        repainted.add(stream);
    }

    /** Something is to happen at a time. Acts are only added: one that no longer fits finds the state changed and does nothing. */
    public void due(Instant at, String act, String subject, Map<String, Object> detail) {
        due.add(new Due(at, act, subject, detail));
    }

    List<Entry> entries() {
        return entries;
    }

    List<Due> dueActs() {
        return due;
    }

    Set<String> repainted() {
        return repainted;
    }

    /** One patch per stream and audience that sees a difference, in the order in which heads are locked. */
    TreeMap<StreamKey, Map<String, Object>> patches() {
        var patches = new TreeMap<StreamKey, Map<String, Object>>();
        seen.forEach((part, was) -> {
            if (repainted.contains(part.key().stream())) return;
            var patch = nested(
                    part.path(),
                    stands(part, Seen::before) ? was.before() : null,
                    stands(part, Seen::after) ? was.after() : null);
            if (!patch.isEmpty()) patches.merge(part.key(), patch, Change::join);
        });
        return patches;
    }

    /** What lies inside a part that is not there is not there either. */
    private boolean stands(PartKey part, Function<Seen, Map<String, Object>> side) {
        for (int depth = 1; depth < part.path().size(); depth++) {
            var around = seen.get(new PartKey(part.key(), part.path().subList(0, depth)));
            if (around != null && side.apply(around) == null) return false;
        }
        return true;
    }

    /** The patch at its place in the picture. */
    private static Map<String, Object> nested(
            List<String> path, Map<String, Object> before, Map<String, Object> after) {
        return Fold.diff(at(path, before), at(path, after));
    }

    /** A part that is not there leaves its parent standing: its brothers must not go with it. */
    private static Map<String, Object> at(List<String> path, Map<String, Object> value) {
        var last = path.size() - 1;
        Map<String, Object> out = value == null ? Map.of() : Map.of(path.get(last), value);
        for (int i = last - 1; i >= 0; i--) out = Map.of(path.get(i), out);
        return out;
    }

    /** Patches of different parts of one picture. One may lie inside another that does not use its name, and goes with it. */
    private static Map<String, Object> join(Map<String, Object> a, Map<String, Object> b) {
        var out = new LinkedHashMap<>(a);
        b.forEach((name, value) -> out.put(name, out.containsKey(name) ? join(name, out.get(name), value) : value));
        return out;
    }

    private static Object join(String name, Object x, Object y) {
        if (x instanceof Map<?, ?> && y instanceof Map<?, ?>) return join(cast(x), cast(y));
        if (x == null && (y == null || y instanceof Map<?, ?>) || y == null && x instanceof Map<?, ?>) return null;
        throw new IllegalStateException("two parts claim " + name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }
}

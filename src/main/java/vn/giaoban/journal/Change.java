package vn.giaoban.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
            var patch = nested(part.path(), was.before(), was.after());
            if (!patch.isEmpty()) patches.merge(part.key(), patch, Change::join);
        });
        return patches;
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

    /** Patches of different parts of one picture: their paths never end inside one another. */
    private static Map<String, Object> join(Map<String, Object> a, Map<String, Object> b) {
        var out = new LinkedHashMap<>(a);
        b.forEach((name, value) -> out.merge(name, value, (x, y) -> {
            if (x instanceof Map<?, ?> && y instanceof Map<?, ?>) return join(cast(x), cast(y));
            throw new IllegalStateException("two parts claim " + name);
        }));
        return out;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }
}

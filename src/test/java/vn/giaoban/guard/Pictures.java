package vn.giaoban.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import vn.giaoban.db.Json;
import vn.giaoban.live.Fold;
import vn.giaoban.live.StreamKey;
import vn.giaoban.story.Reply;
import vn.giaoban.story.Someone;
import vn.giaoban.story.World;

/** The pictures of all streams, folded from their patches, and held against the facts and against what the hub serves. */
final class Pictures {
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");
    private static final Pattern UTC_MS = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    private final World world;
    private final Map<StreamKey, Folded> folded = new TreeMap<>();

    private record Folded(String epoch, long seq, Map<String, Object> view) {}

    Pictures(World world) {
        this.world = world;
    }

    Set<String> streams() {
        catchUp();
        var streams = new TreeSet<String>();
        folded.keySet().forEach(key -> streams.add(key.stream()));
        return streams;
    }

    Map<String, Object> picture(String stream, String audience) {
        catchUp();
        var now = folded.get(new StreamKey(stream, audience));
        return now == null ? Map.of() : now.view();
    }

    /** Folds what is new; from the first patch on, without a gap. True where there was anything. */
    boolean catchUp() {
        boolean moved = false;
        var db = world.node.rooms().db();
        for (var head : db.query("SELECT stream, audience, epoch, seq FROM stream_head")) {
            var key = new StreamKey(head.getString("stream"), head.getString("audience"));
            var mine = folded.getOrDefault(key, new Folded(head.getString("epoch"), 0, Map.of()));
            if (head.getLong("seq") == mine.seq()) continue;
            moved = true;
            for (var row : db.query("""
                    SELECT epoch, seq, patch FROM stream_patch
                    WHERE stream = $1 AND audience = $2 AND seq > $3 ORDER BY seq""", key.stream(), key.audience(), mine.seq())) {
                assertEquals(mine.seq() + 1, row.getLong("seq"), "dense: " + key);
                assertEquals(mine.epoch(), row.getString("epoch"), "one epoch: " + key);
                var patch = Json.parse(row.getString("patch"));
                assertEquals(false, patch.isEmpty(), "an empty patch tells that something hidden changed: " + key);
                mine = new Folded(mine.epoch(), mine.seq() + 1, Fold.apply(mine.view(), patch));
            }
            wellFormed(key, mine.view());
            folded.put(key, mine);
        }
        return moved;
    }

    /** fold(patches) = view(facts), for every audience of these streams. */
    void holdAgainstFacts(Collection<String> streams, String after) {
        for (var stream : streams) {
            String difference;
            do {
                catchUp();
                difference = difference(stream, after);
                // What a timer changed between the two looks is no difference: look again.
            } while (difference != null && catchUp());
            if (difference != null) fail(difference);
        }
    }

    private String difference(String stream, String after) {
        var painted = world.node.rooms().journal().paint(stream);
        var keys = new TreeSet<>(painted.keySet());
        folded.keySet().stream().filter(key -> key.stream().equals(stream)).forEach(keys::add);
        for (var key : keys) {
            var facts = text(painted.getOrDefault(key, Map.of()));
            var fold = text(folded.containsKey(key) ? folded.get(key).view() : Map.of());
            if (!facts.equals(fold)) return key + " after " + after + "\nfacts " + facts + "\nfold  " + fold;
        }
        return null;
    }

    /** What the hub serves to those to whom it serves the stream at all is the same picture. */
    void holdAgainstHub(Someone staff) {
        catchUp();
        for (var key : List.copyOf(folded.keySet())) {
            // Painted for every audience of the nesting, but followed at most as the press.
            if (key.stream().equals("calendar") && Set.of("site", "staff").contains(key.audience())) continue;
            var path = "/live/" + key.stream() + "?audience=" + key.audience();
            long patience = System.nanoTime() + 15_000_000_000L;
            while (true) {
                var reply = staff.call("GET", path, null, Map.of("Accept", "application/json"));
                catchUp();
                if (same(reply, folded.get(key))) break;
                if (System.nanoTime() > patience)
                    fail(key + " served as " + reply.status() + " " + reply.text() + "\nfolded    " + folded.get(key));
                Thread.onSpinWait();
            }
        }
    }

    private static boolean same(Reply reply, Folded mine) {
        if (reply.status() == 404) return text(mine.view()).equals("{}");
        var frame = reply.expect(200).json();
        return ((Number) frame.get("seq")).longValue() == mine.seq()
                && frame.get("epoch").equals(mine.epoch())
                && text(frame.get("view")).equals(text(mine.view()));
    }

    private static void wellFormed(StreamKey key, Object value) {
        switch (value) {
            case null -> fail("null inside " + key);
            case Map<?, ?> map -> map.values().forEach(inner -> wellFormed(key, inner));
            case List<?> list -> list.forEach(inner -> wellFormed(key, inner));
            case String text
            when INSTANT.matcher(text).matches() ->
                assertEquals(true, UTC_MS.matcher(text).matches(), () -> key + ": UTC with milliseconds, not " + text);
            default -> {}
        }
    }

    /** Canonical, without empty objects: a parent whose children are all gone may stand or not. */
    private static String text(Object view) {
        return Json.text(trimmed(view));
    }

    private static Object trimmed(Object value) {
        if (!(value instanceof Map<?, ?> map)) return value;
        var out = new HashMap<Object, Object>();
        map.forEach((name, inner) -> {
            var kept = trimmed(inner);
            if (!(kept instanceof Map<?, ?> m) || !m.isEmpty()) out.put(name, kept);
        });
        return out;
    }
}

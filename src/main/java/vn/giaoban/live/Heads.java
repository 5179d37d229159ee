package vn.giaoban.live;

import io.vertx.core.Context;
import io.vertx.core.json.JsonArray;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.live.line.Position;

/**
 * Follows how far the streams have come in the database, by the bell and by a look once a second, and reads what this
 * node's tails lack: one read at a time for all that are behind. Lives on the hub's event loop.
 */
final class Heads {
    private static final Logger log = LoggerFactory.getLogger(Heads.class);
    /** A head's changed_at is set before its commit: a look must reach back further than a transaction lasts. */
    private static final double REACH_BACK_SECONDS = 12;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Context loop;
    private final Clock clock;
    private final StreamSql sql;
    private final LiveMeters meters;
    private final LiveHub hub;
    private final Function<StreamKey, Tail> tails;
    private final Map<StreamKey, Position> wanted = new HashMap<>();
    private final Set<StreamKey> behindUs = new HashSet<>();
    private boolean refilling;
    private boolean looking;
    private int reloading;
    private long lookedAt = LiveHub.monotonicMs();
    private volatile long levelAt = NEVER;
    private Runnable onRestored = () -> {};

    Heads(Context loop, Clock clock, StreamSql sql, LiveHub hub, Function<StreamKey, Tail> tails) {
        this.loop = loop;
        this.clock = clock;
        this.sql = sql;
        this.meters = hub.meters;
        this.hub = hub;
        this.tails = tails;
    }

    void onRestored(Runnable raiseEpochs) {
        onRestored = raiseEpochs;
    }

    /** When the newest look was asked for after which nothing was missing here; from any thread. */
    long levelAt() {
        return levelAt;
    }

    /** What the bell says: stream, audience, epoch, number and the moment of each change. */
    void rang(JsonArray heads) {
        for (int i = 0; i < heads.size(); i++) {
            var head = heads.getJsonArray(i);
            var key = new StreamKey(head.getString(0), head.getString(1));
            if (want(key, new Position(head.getString(2), head.getLong(3))) && head.size() > 4)
                meters.rang(Duration.between(Instant.ofEpochMilli(head.getLong(4)), clock.instant()));
        }
        refill();
    }

    void look() {
        if (looking) return;
        looking = true;
        long asked = LiveHub.monotonicMs();
        hub.reading();
        sql.changed((asked - lookedAt) / 1000.0 + REACH_BACK_SECONDS)
                .onComplete(rows -> loop.runOnContext(v -> {
                    looking = false;
                    if (rows.failed()) {
                        hub.failed(rows.cause());
                        return;
                    }
                    lookedAt = asked;
                    hub.answered();
                    for (var row : rows.result()) {
                        var key = new StreamKey(row.getString("stream"), row.getString("audience"));
                        var head = new Position(row.getString("epoch"), row.getLong("seq"));
                        goneBack(key, head);
                        want(key, head);
                    }
                    level();
                    refill();
                }));
    }

    /** Somebody says that a head is there: whether it is ahead of ours. */
    private boolean want(StreamKey key, Position head) {
        var tail = tails.apply(key);
        if (tail == null || tail.log.reaches(head)) return false;
        wanted.merge(
                key, head, (one, other) -> one.epoch().equals(other.epoch()) && one.seq() > other.seq() ? one : other);
        return true;
    }

    private void level() {
        if (wanted.isEmpty() && !refilling) level(lookedAt);
    }

    /** What the look of that moment found is here: what came since does not count, or a busy node would never be level. */
    private void level(long covered) {
        if (reloading == 0) levelAt = Math.max(levelAt, covered);
    }

    /** Once may be a look that was older than a ring of the bell; twice in a row is a restored database. */
    private void goneBack(StreamKey key, Position head) {
        var tail = tails.apply(key);
        boolean behind = tail != null && !tail.log.isHead(head) && tail.log.reaches(head);
        if (!behind) behindUs.remove(key);
        else if (!behindUs.add(key)) {
            behindUs.clear();
            log.error("{} is behind what was shown: raising all epochs", key);
            onRestored.run();
        }
    }

    /** What is wanted meanwhile goes into the next. */
    private void refill() {
        if (refilling) return;
        var behind = new HashMap<StreamKey, Tail>();
        var targets = Map.copyOf(wanted);
        wanted.clear();
        targets.forEach((key, head) -> {
            var tail = tails.apply(key);
            if (tail != null && !tail.log.reaches(head)) behind.put(key, tail);
        });
        if (behind.isEmpty()) {
            level();
            return;
        }
        refilling = true;
        long covered = lookedAt;
        hub.reading();
        sql.after(behind.values())
                .onComplete(rows -> loop.runOnContext(v -> {
                    refilling = false;
                    if (rows.failed()) {
                        targets.forEach(this::want); // for the next look, or the next bell
                        hub.failed(rows.cause());
                        return;
                    }
                    hub.answered();
                    var moved = new HashSet<Tail>();
                    for (var row : rows.result()) {
                        var tail = behind.get(new StreamKey(row.getString("stream"), row.getString("audience")));
                        if (row.getLong("seq") != tail.log.head().seq() + 1) continue;
                        var patch = Tail.Patch.of(row);
                        tail.append(patch);
                        meters.appended(Duration.between(patch.at(), clock.instant()));
                        moved.add(tail);
                    }
                    meters.refilled(rows.result().rowCount());
                    moved.forEach(Tail::wake);
                    boolean all = true;
                    for (var entry : behind.entrySet()) {
                        var tail = entry.getValue();
                        var target = targets.get(entry.getKey());
                        if (tail.log.reaches(target)) continue;
                        if (moved.contains(tail)) all &= !want(entry.getKey(), target); // more than one read brings
                        else reload(tail);
                    }
                    if (all) level(covered);
                    refill();
                }));
    }

    /** Nothing follows our position: another epoch, or a log cut by a restore. Everybody gets a snapshot. */
    private void reload(Tail tail) {
        reloading++;
        hub.load(tail).onComplete(done -> {
            reloading--;
            if (done.succeeded()) tail.wake();
            level();
        });
    }
}

package vn.giaoban.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;

/**
 * The tails of all streams that somebody on this node follows, kept up to date from the database: at the ring of the
 * doorbell, and once a second by a look at the heads that changed lately. Its own state lives on one event loop.
 */
public final class LiveHub {
    private static final Logger log = LoggerFactory.getLogger(LiveHub.class);
    /** A head's changed_at is set before its commit: a look must reach back further than a transaction lasts. */
    private static final double REACH_BACK_SECONDS = 12;

    final Settings.Live limits;
    private final Vertx vertx;
    private final Clock clock;
    private final Context loop;
    private final StreamSql sql;
    private final Map<StreamKey, Tail> tails = new ConcurrentHashMap<>();
    private final Map<StreamKey, Future<Tail>> opening = new HashMap<>();
    private final Set<StreamKey> wanted = new HashSet<>();
    private final Set<StreamKey> behindUs = new HashSet<>();
    private boolean refilling;
    private boolean polling;
    private long polledAt;
    private MessageConsumer<JsonArray> bell;
    private long pollTimer = -1;
    private volatile boolean stopped;
    private volatile boolean degraded;
    private Consumer<Boolean> onDegraded = value -> {};
    private Runnable onRestored = () -> {};
    private volatile long reads;

    public LiveHub(Vertx vertx, Db read, Clock clock, Settings.Live limits) {
        this.vertx = vertx;
        this.clock = clock;
        this.limits = limits;
        this.sql = new StreamSql(read);
        this.loop = vertx.getOrCreateContext();
    }

    /** Done when every node knows that this one listens for the bell. */
    public Future<Void> start(String address) {
        polledAt = nowMs();
        bell = vertx.eventBus()
                .consumer(
                        address,
                        message -> loop.runOnContext(v -> {
                            for (int i = 0; i < message.body().size(); i++) {
                                var head = message.body().getJsonArray(i);
                                look(
                                        new StreamKey(head.getString(0), head.getString(1)),
                                        head.getString(2),
                                        head.getLong(3));
                            }
                        }));
        pollTimer = vertx.setPeriodic(limits.headPollMs(), id -> loop.runOnContext(v -> poll()));
        return bell.completion();
    }

    /** Looks no more, before what it looks at is closed. */
    public void stop() {
        stopped = true;
        vertx.cancelTimer(pollTimer);
        bell.unregister();
    }

    Instant now() {
        return clock.instant();
    }

    long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    public boolean degraded() {
        return degraded;
    }

    /** How many statements this hub has sent for streams: a storm of readers must not be a storm of reads. */
    public long reads() {
        return reads;
    }

    void onDegraded(Consumer<Boolean> listener) {
        onDegraded = listener;
    }

    /** Called when the database has gone back behind what we have shown: an older state was restored under us. */
    public void onRestored(Runnable raiseEpochs) {
        onRestored = raiseEpochs;
    }

    /** The tail of a stream, read from the database for its first reader only; null where there is no such picture. */
    Future<Tail> open(Gate.Granted granted) {
        var promise = Promise.<Tail>promise();
        loop.runOnContext(v -> {
            var tail = tails.get(granted.key());
            if (tail != null) promise.complete(visible(tail));
            else
                opening.computeIfAbsent(granted.key(), key -> read(granted).onComplete(done -> opening.remove(key)))
                        .onComplete(done -> {
                            if (done.succeeded()) promise.complete(visible(done.result()));
                            else promise.fail(done.cause());
                        });
        });
        return promise.future();
    }

    private static Tail visible(Tail tail) {
        return tail == null || tail.empty() && !tail.mayBeEmpty ? null : tail;
    }

    private Future<Tail> read(Gate.Granted granted) {
        var tail = new Tail(granted.key(), granted.mayBeEmpty(), limits.ringFrames(), limits.ringBytes());
        return load(tail).map(found -> {
            if (!found && !granted.mayBeEmpty()) return null;
            tail.unusedSince = nowMs();
            tails.put(tail.key, tail);
            return tail;
        });
    }

    /** Fills a tail from the newest checkpoints on; false where the stream has never had a patch. */
    private Future<Boolean> load(Tail tail) {
        reads++;
        var done = Promise.<Boolean>promise();
        sql.open(tail.key)
                .onComplete(rows -> loop.runOnContext(v -> {
                    if (rows.failed()) {
                        failed(rows.cause());
                        done.fail(rows.cause());
                        return;
                    }
                    answered();
                    String epoch = null;
                    for (var row : rows.result()) {
                        switch (row.getInteger("kind")) {
                            case 0 -> tail.reset(new Position(epoch = row.getString("epoch"), 0), Map.of());
                            case 1 ->
                                tail.reset(new Position(epoch, row.getLong("seq")), Json.parse(row.getString("text")));
                            default -> append(tail, row);
                        }
                    }
                    if (epoch == null) tail.reset(new Position("0", 0), Map.of());
                    done.complete(epoch != null);
                }));
        return done.future();
    }

    private static void append(Tail tail, io.vertx.sqlclient.Row row) {
        tail.append(
                new Position(row.getString("epoch"), row.getLong("seq")),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("text") == null ? "{}" : row.getString("text"));
    }

    /** Somebody says that a head is there: if it is ahead of ours we read what is missing. */
    private void look(StreamKey key, String epoch, long seq) {
        var tail = tails.get(key);
        if (tail == null) return;
        var mine = tail.head;
        if (mine.epoch().equals(epoch) && mine.seq() >= seq) return;
        wanted.add(key);
        refill();
    }

    private void poll() {
        if (polling || stopped) return;
        polling = true;
        long asked = nowMs();
        reads++;
        sql.changed((asked - polledAt) / 1000.0 + REACH_BACK_SECONDS)
                .onComplete(rows -> loop.runOnContext(v -> {
                    polling = false;
                    if (rows.failed()) {
                        failed(rows.cause());
                        return;
                    }
                    polledAt = asked;
                    answered();
                    for (var row : rows.result()) {
                        var key = new StreamKey(row.getString("stream"), row.getString("audience"));
                        goneBack(key, row.getString("epoch"), row.getLong("seq"));
                        look(key, row.getString("epoch"), row.getLong("seq"));
                    }
                    forget();
                }));
    }

    /** Once may be a look that was older than a ring of the bell; twice in a row is a restored database. */
    private void goneBack(StreamKey key, String epoch, long seq) {
        var tail = tails.get(key);
        boolean behind = tail != null && tail.head.epoch().equals(epoch) && tail.head.seq() > seq;
        if (!behind) behindUs.remove(key);
        else if (!behindUs.add(key)) {
            behindUs.clear();
            log.error("{} is behind what was shown: raising all epochs", key);
            onRestored.run();
        }
    }

    /** One read at a time for all that is behind; what is wanted meanwhile goes into the next. */
    private void refill() {
        if (refilling || wanted.isEmpty()) return;
        refilling = true;
        var behind = new HashMap<StreamKey, Tail>();
        for (var key : wanted) if (tails.get(key) != null) behind.put(key, tails.get(key));
        wanted.clear();
        if (behind.isEmpty()) {
            refilling = false;
            return;
        }
        reads++;
        sql.after(behind.values())
                .onComplete(rows -> loop.runOnContext(v -> {
                    refilling = false;
                    if (rows.failed()) {
                        failed(rows.cause()); // the next look at the heads finds them again
                        return;
                    }
                    answered();
                    var moved = new HashSet<Tail>();
                    for (var row : rows.result()) {
                        var tail = behind.get(new StreamKey(row.getString("stream"), row.getString("audience")));
                        if (row.getLong("seq") != tail.head.seq() + 1) continue;
                        tail.append(
                                new Position(row.getString("epoch"), row.getLong("seq")),
                                row.getOffsetDateTime("at").toInstant(),
                                row.getString("patch"));
                        moved.add(tail);
                    }
                    for (var tail : moved) wake(tail);
                    for (var tail : behind.values()) if (!moved.contains(tail)) reload(tail);
                    refill();
                }));
    }

    /** Nothing follows our position: another epoch, or a log cut by a restore. Everybody gets a snapshot. */
    private void reload(Tail tail) {
        load(tail).onSuccess(found -> wake(tail));
    }

    private static void wake(Tail tail) {
        for (var group : tail.groups.values()) group.wake();
    }

    /** A tail that nobody has followed for a minute is let go. */
    private void forget() {
        long now = nowMs();
        tails.values().removeIf(tail -> {
            boolean used = tail.groups.values().stream().anyMatch(group -> !group.isEmpty());
            return !used && now - tail.unusedSince > 60_000;
        });
    }

    void snapshot(Tail tail, Context reader, Consumer<Frame> then) {
        loop.runOnContext(v -> {
            var frame = tail.snapshot(nowMs(), limits.snapshotMs(), clock.instant());
            reader.runOnContext(w -> then.accept(frame));
        });
    }

    /** The newest picture, for a reader who asks once. */
    Future<Frame> newest(Tail tail) {
        var promise = Promise.<Frame>promise();
        loop.runOnContext(v -> promise.complete(tail.snapshot(nowMs(), 0, clock.instant())));
        return promise.future();
    }

    private void failed(Throwable cause) {
        if (degraded || stopped) return;
        degraded = true;
        log.warn("streams cannot be read: {}", cause.getMessage());
        onDegraded.accept(true);
    }

    private void answered() {
        if (!degraded) return;
        degraded = false;
        log.info("streams can be read again");
        onDegraded.accept(false);
    }
}

package vn.giaoban.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;
import vn.giaoban.live.line.Frame;
import vn.giaoban.live.line.FrameLog;
import vn.giaoban.live.line.Position;

/**
 * The tails of all streams that somebody on this node follows, kept up to date from the database. Its own state lives
 * on one event loop.
 */
public final class LiveHub {
    private static final Logger log = LoggerFactory.getLogger(LiveHub.class);
    /** A tail that nobody has followed for so long is let go. */
    private static final long UNUSED_MS = 60_000;

    final Settings.Live limits;
    final LiveMeters meters;
    private final Vertx vertx;
    private final Clock clock;
    private final Context loop;
    private final StreamSql sql;
    private final Heads heads;
    private final FrameLog.Budget budget;
    private final Map<StreamKey, Tail> tails = new ConcurrentHashMap<>();
    private final Map<StreamKey, Future<Tail>> opening = new HashMap<>();
    private MessageConsumer<JsonArray> bell;
    private long lookTimer = -1;
    private volatile boolean stopped;
    private volatile boolean degraded;
    private Consumer<Boolean> onDegraded = value -> {};
    private volatile long reads;

    public LiveHub(Vertx vertx, Db read, Clock clock, Settings.Live limits, LiveMeters meters) {
        this.vertx = vertx;
        this.clock = clock;
        this.limits = limits;
        this.meters = meters;
        this.budget = new FrameLog.Budget(limits.logBytes());
        this.sql = new StreamSql(read);
        this.loop = vertx.getOrCreateContext();
        this.heads = new Heads(loop, clock, sql, this, tails::get);
        meters.shows("streams", "Streams whose end is held in memory", tails::size);
        meters.shows("log.bytes", "Bytes of the patches held in memory", budget::used);
    }

    /** Done when every node knows that this one listens for the bell. */
    public Future<Void> start(String address) {
        bell = vertx.eventBus().consumer(address, message -> loop.runOnContext(v -> heads.rang(message.body())));
        loop.runOnContext(v -> heads.look()); // not current before a first look
        lookTimer = vertx.setPeriodic(
                limits.headPollMs(),
                id -> loop.runOnContext(v -> {
                    if (stopped) return;
                    heads.look();
                    forget();
                }));
        return bell.completion();
    }

    /** Looks no more, before what it looks at is closed. */
    public void stop() {
        stopped = true;
        vertx.cancelTimer(lookTimer);
        bell.unregister();
    }

    Instant now() {
        return clock.instant();
    }

    long nowMs() {
        return monotonicMs();
    }

    static long monotonicMs() {
        return System.nanoTime() / 1_000_000;
    }

    public boolean degraded() {
        return degraded;
    }

    /**
     * Whether what this node shows is what the database holds, as of a look that is younger than three: a node that was
     * frozen, or cut off, is not current until it has looked and read what it lacks.
     */
    public boolean current() {
        return !degraded && !stopped && nowMs() - heads.levelAt() < 3L * limits.headPollMs();
    }

    /** How many statements this hub has sent for streams: a storm of readers must not be a storm of reads. */
    public long reads() {
        return reads;
    }

    /** On the one event loop that may write to tails. */
    void execute(Runnable task) {
        loop.runOnContext(v -> task.run());
    }

    void reading() {
        reads++;
    }

    void onDegraded(Consumer<Boolean> listener) {
        onDegraded = listener;
    }

    /** Called when the database has gone back behind what we have shown: an older state was restored under us. */
    public void onRestored(Runnable raiseEpochs) {
        heads.onRestored(raiseEpochs);
    }

    /** The tail of a stream, read from the database for its first reader only; null where there is no such picture. */
    Future<Tail> open(Gate.Granted granted) {
        var held = tails.computeIfPresent(granted.key(), (key, tail) -> {
            tail.unusedSince = nowMs(); // its reader is on his way: not to be forgotten meanwhile
            return tail;
        });
        if (held != null) return Future.succeededFuture(visible(held));
        var promise = Promise.<Tail>promise();
        loop.runOnContext(v -> {
            var tail = tails.get(granted.key());
            (tail != null ? Future.succeededFuture(tail) : opening(granted))
                    .map(LiveHub::visible)
                    .onComplete(promise);
        });
        return promise.future();
    }

    private Future<Tail> opening(Gate.Granted granted) {
        return opening.computeIfAbsent(granted.key(), key -> read(granted).onComplete(done -> opening.remove(key)));
    }

    private static Tail visible(Tail tail) {
        return tail == null || tail.empty() && !tail.mayBeEmpty ? null : tail;
    }

    private Future<Tail> read(Gate.Granted granted) {
        var tail = new Tail(
                granted.key(), granted.mayBeEmpty(), new FrameLog(budget, limits.ringFrames(), limits.ringBytes()));
        return load(tail).map(found -> {
            if (!found && !granted.mayBeEmpty()) return null;
            tail.unusedSince = nowMs();
            tails.put(tail.key, tail);
            return tail;
        });
    }

    /** Fills a tail from the newest checkpoints on; false where the stream has never had a patch. */
    Future<Boolean> load(Tail tail) {
        reading();
        var done = Promise.<Boolean>promise();
        sql.open(tail.key)
                .onComplete(rows -> loop.runOnContext(v -> {
                    if (rows.failed()) {
                        failed(rows.cause());
                        done.fail(rows.cause());
                        return;
                    }
                    answered();
                    var at = new Position("0", 0);
                    Map<String, Object> picture = Map.of();
                    var patches = new ArrayList<Tail.Patch>();
                    for (var row : rows.result())
                        switch (row.getInteger("kind")) {
                            case 0 -> at = new Position(row.getString("epoch"), 0);
                            case 1 -> {
                                at = new Position(at.epoch(), row.getLong("seq"));
                                picture = Json.parse(row.getString("text"));
                            }
                            default -> patches.add(Tail.Patch.of(row));
                        }
                    tail.reset(at, picture, patches);
                    done.complete(rows.result().size() > 0);
                }));
        return done.future();
    }

    private void forget() {
        long before = nowMs() - UNUSED_MS;
        for (var key : tails.keySet())
            tails.computeIfPresent(key, (k, tail) -> {
                if (tail.used() || tail.unusedSince > before) return tail;
                tail.log.release();
                return null;
            });
    }

    /** {@code known}: how far its reader is already, or null. */
    void snapshot(Tail tail, Position known, Context reader, Consumer<Frame> then) {
        loop.runOnContext(v -> {
            var frame = tail.snapshot(known, nowMs(), limits.snapshotMs(), clock.instant(), meters);
            reader.runOnContext(w -> then.accept(frame));
        });
    }

    /** The newest picture, for a reader who asks once. */
    Future<Frame> newest(Tail tail) {
        var promise = Promise.<Frame>promise();
        loop.runOnContext(v -> promise.complete(tail.snapshot(null, nowMs(), 0, clock.instant(), meters)));
        return promise.future();
    }

    void failed(Throwable cause) {
        if (degraded || stopped) return;
        degraded = true;
        log.warn("streams cannot be read: {}", cause.getMessage());
        onDegraded.accept(true);
    }

    void answered() {
        if (!degraded) return;
        degraded = false;
        log.info("streams can be read again");
        onDegraded.accept(false);
    }
}

package vn.giaoban.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import vn.giaoban.conf.Settings;
import vn.giaoban.live.line.FrameLog;
import vn.giaoban.live.line.Position;

/**
 * Readers of one stream on several event loops, who come, stop, catch up and go while the hub's loop publishes. Nobody
 * looks after them twice a second here: a walk that nobody woke is a walk that never comes.
 */
@Timeout(60)
class ReadersTest {
    private static final int LOOPS = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS + 1));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LiveHub hub = new LiveHub(
            vertx,
            null, // no database: the tail is filled below it
            Clock.systemUTC(),
            Settings.load(Path.of("conf/giaoban.yaml"), Map.of()).live(),
            new LiveMeters(meters));
    private final List<Loop> loops = IntStream.range(0, LOOPS)
            .mapToObj(i -> new Loop(((VertxInternal) vertx).createEventLoopContext()))
            .toList();
    private final Random random = new Random(Long.getLong("seed", 3));
    private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();
    private Tail tail;
    private long head;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void stream(int ring) {
        var log = new FrameLog(new FrameLog.Budget(1 << 20), ring, 1 << 20);
        tail = new Tail(new StreamKey("calendar", "public"), true, log);
        var begun = new CompletableFuture<Void>();
        hub.execute(() -> {
            tail.reset(new Position("e", 0), Map.of("n", 0), List.of());
            begun.complete(null);
        });
        begun.join();
    }

    private void publish() {
        long seq = ++head;
        hub.execute(() -> {
            tail.append(new Tail.Patch(new Position("e", seq), Instant.EPOCH, "{\"n\":" + seq + "}"));
            tail.wake();
        });
    }

    /** {@code after}: null for one who knows nothing yet. */
    private Told come(Loop loop, Long after, boolean fast) {
        var from = after == null ? null : new Position("e", after);
        var line = new Told(loop, from, fast ? null : new Random(random.nextLong()));
        told.add(line);
        loop.execute(() -> {
            line.reader = new Reader(hub, loop, line, "calendar", tail, null, false);
            line.reader.begin(from);
        });
        return line;
    }

    private void go(Told line) {
        if (told.remove(line)) line.context().runOnContext(v -> line.reader.end());
    }

    private void allAreCurrent() {
        long until = System.nanoTime() + 10_000_000_000L;
        for (var line : told) {
            while (line.at != head && line.wrong == null) {
                if (System.nanoTime() > until) throw new AssertionError("nobody woke " + line.at + " of " + head);
                Thread.onSpinWait();
            }
            assertNull(line.wrong);
        }
    }

    private Long somewhere() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> 0L;
            default -> Math.max(0, tail.log.head().seq() - random.nextInt(90));
        };
    }

    @Test
    void whoeverComesWhileItIsPublishedMissesNothing() throws Exception {
        stream(64);
        for (int round = 0; round < 250; round++) {
            for (int i = random.nextInt(4); i > 0; i--)
                come(loops.get(random.nextInt(LOOPS)), somewhere(), random.nextBoolean());
            for (int i = random.nextInt(30); i > 0; i--) {
                publish();
                if (random.nextInt(6) == 0) come(loops.get(random.nextInt(LOOPS)), somewhere(), random.nextBoolean());
                if (random.nextInt(7) == 0 && !told.isEmpty()) go(told.peek());
            }
            if (round % 4 == 0) allAreCurrent();
        }
        allAreCurrent();
        nobodyIsLeft();
    }

    /** The moment that matters is the last: whatever comes after would wake them all the same. */
    @Test
    void theLastOfAFewIsNotSleptThrough() {
        stream(64);
        for (var loop : loops) for (int i = 0; i < 3; i++) come(loop, null, true);
        allAreCurrent();
        for (int round = 0; round < 6_000; round++) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) publish();
            allAreCurrent();
        }
    }

    /** It is walked in several goes, and in between others have their turn. */
    @Test
    void aLongWalkServesEverybodyWhoeverGoesMeanwhile() throws Exception {
        stream(16);
        var loop = loops.getFirst();
        for (int round = 0; round < 10; round++) {
            while (told.size() < 3 * Loop.SLICE) come(loop, tail.log.head().seq(), true);
            turn(loop);
            // Who has been served and goes leaves a hole; whoever is moved into it must not lose his turn.
            var begun = new AtomicBoolean();
            Runnable servedOnesGo = () -> {
                var served = told.stream().filter(line -> line.at == head).toList();
                told.removeAll(served);
                served.forEach(line -> line.reader.end());
            };
            for (var line : told)
                line.then = () -> {
                    if (begun.compareAndSet(false, true)) loop.execute(servedOnesGo);
                };
            publish();
            allAreCurrent();
            assertEquals(2 * Loop.SLICE, told.size(), "who was served in the first go has gone");
        }
        allAreCurrent();
        nobodyIsLeft();
    }

    @Test
    void oneThatFailsKeepsNobodyElseFromHisTurn() {
        stream(16);
        var loop = loops.getFirst();
        come(loop, null, true);
        var broken = come(loop, null, true);
        come(loop, null, true);
        allAreCurrent();
        told.remove(broken);
        broken.broken = true;
        var logger = (Logger) LoggerFactory.getLogger(Group.class);
        logger.setLevel(Level.OFF);
        for (int i = 0; i < 5; i++) {
            publish();
            allAreCurrent();
        }
        logger.setLevel(null);
    }

    /** Done when everything that the loop was asked for so far is done. */
    private static void turn(Loop loop) throws Exception {
        var turn = new CompletableFuture<Void>();
        loop.execute(() -> loop.afterOthers(() -> turn.complete(null)));
        turn.get(10, TimeUnit.SECONDS);
    }

    private void nobodyIsLeft() throws Exception {
        for (var line : List.copyOf(told)) go(line);
        for (var loop : loops) turn(loop);
        assertFalse(tail.used());
        assertEquals(
                0,
                meters.get("giaoban.live.readers").gauges().stream()
                        .mapToDouble(g -> g.value())
                        .sum());
        assertTrue(new ArrayList<>(tail.groups.values()).stream().allMatch(Group::isEmpty));
    }
}

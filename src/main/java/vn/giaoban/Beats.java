package vn.giaoban;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.db.Unavailable;

/**
 * Does things again and again on virtual threads, none of them twice at once; a failure is logged and the next beat
 * tries again. Once stopped, nothing of it is at work any more.
 */
final class Beats {
    private static final Logger log = LoggerFactory.getLogger(Beats.class);
    /** Longer than a call to the database may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Meters meters;
    private final List<Long> timers = new ArrayList<>();
    private final Set<Thread> atWork = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Beats(Vertx vertx, Meters meters) {
        this.vertx = vertx;
        this.meters = meters;
    }

    void every(long ms, String name, Runnable work) {
        var running = new AtomicBoolean();
        var failing = new AtomicBoolean();
        var worked = new AtomicLong(System.nanoTime());
        meters.beat(name, () -> (System.nanoTime() - worked.get()) / 1e9);
        timers.add(vertx.setPeriodic(ms, id -> {
            if (stopped || !running.compareAndSet(false, true)) return;
            var thread = Thread.ofVirtual().name(name).unstarted(() -> {
                try {
                    work.run();
                    worked.set(System.nanoTime());
                    if (failing.compareAndSet(true, false)) log.info("{} works again", name);
                } catch (Unavailable e) {
                    if (!stopped && failing.compareAndSet(false, true)) log.warn("{} waits: {}", name, e.getMessage());
                } catch (Throwable e) {
                    log.error(name, e);
                } finally {
                    atWork.remove(Thread.currentThread());
                    running.set(false);
                }
            });
            atWork.add(thread);
            thread.start();
        }));
    }

    /** No further beat, and the last ones have ended. */
    void stop() {
        stopped = true;
        timers.forEach(vertx::cancelTimer);
        try {
            for (var thread : atWork) thread.join(PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

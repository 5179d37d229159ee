package vn.giaoban;

import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.db.Unavailable;

/** Does something again and again on a virtual thread, never twice at once; a failure is logged and the next beat tries again. */
final class Beat {
    private static final Logger log = LoggerFactory.getLogger(Beat.class);

    private Beat() {}

    static void every(Vertx vertx, long ms, String name, Runnable work) {
        var running = new AtomicBoolean();
        var failing = new AtomicBoolean();
        vertx.setPeriodic(ms, id -> {
            if (!running.compareAndSet(false, true)) return;
            Thread.ofVirtual().name(name).start(() -> {
                try {
                    work.run();
                    if (failing.compareAndSet(true, false)) log.info("{} works again", name);
                } catch (Unavailable e) {
                    if (failing.compareAndSet(false, true)) log.warn("{} waits: {}", name, e.getMessage());
                } catch (Throwable e) {
                    log.error(name, e);
                } finally {
                    running.set(false);
                }
            });
        });
    }
}

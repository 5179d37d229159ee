package vn.giaoban.live;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The event loops on which subscribers live, and what is done to all of them from time to time. */
final class Loops {
    private final Vertx vertx;
    private final LiveHub hub;
    private final Map<Context, Loop> loops = new ConcurrentHashMap<>();

    Loops(Vertx vertx, LiveHub hub) {
        this.vertx = vertx;
        this.hub = hub;
        hub.onDegraded(degraded -> each(subscriber -> subscriber.degraded(degraded)));
    }

    /** The one on which this request is handled. Each request runs on a copy of its loop's context. */
    Loop here() {
        return loops.computeIfAbsent(((ContextInternal) vertx.getOrCreateContext()).unwrap(), this::begin);
    }

    private Loop begin(Context context) {
        var loop = new Loop(context);
        context.runOnContext(v -> {
            vertx.setPeriodic(100, id -> {
                loop.tick(hub.nowMs());
                loop.tell(hub.meters);
            });
        });
        return loop;
    }

    Collection<Loop> all() {
        return loops.values();
    }

    void each(Consumer<Subscriber> action) {
        loops.values().forEach(loop -> loop.each(action));
    }
}

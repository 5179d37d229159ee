package vn.giaoban.live;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.live.line.Desk;
import vn.giaoban.live.line.Encoding;

/** One event loop's share of the live room: its subscribers, and the desks from which its native lines are served. */
final class Loop {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    /** So many lines are served in one go; then whoever knocks, pings or hangs up has his turn. */
    static final int SLICE = 512;

    final Context context;
    final Desk ws = new Desk(Encoding.WS);
    final Desk sse = new Desk(Encoding.SSE);
    private final EventLoop netty;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private int ticked;

    Loop(Context context) {
        this.context = context;
        this.netty = ((ContextInternal) context).nettyEventLoop();
    }

    void execute(Runnable task) {
        context.runOnContext(v -> task.run());
    }

    /** After the loop has looked at its sockets: what is only executed comes before them, however often. */
    void afterOthers(Runnable task) {
        netty.schedule(() -> context.runOnContext(v -> task.run()), 1, TimeUnit.NANOSECONDS);
    }

    void add(Subscriber subscriber) {
        subscriber.slot = subscribers.size();
        subscribers.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        var last = subscribers.removeLast();
        if (last == subscriber) return;
        last.slot = subscriber.slot;
        subscribers.set(last.slot, last);
    }

    List<Subscriber> subscribers() {
        return List.copyOf(subscribers);
    }

    /** Everybody who is there now, in slices. From any thread. */
    void each(Consumer<Subscriber> action) {
        execute(() -> each(subscribers(), 0, action));
    }

    private void each(List<Subscriber> all, int from, Consumer<Subscriber> action) {
        int end = Math.min(all.size(), from + SLICE);
        for (int i = from; i < end; i++) guarded(all.get(i), action);
        if (end < all.size()) afterOthers(() -> each(all, end, action));
    }

    /** The next few in turn: called five times as often as each of them is to be looked at. */
    void tick(long now) {
        int many = (subscribers.size() + 4) / 5;
        for (int i = 0; i < many && !subscribers.isEmpty(); i++) {
            if (ticked >= subscribers.size()) ticked = 0;
            var subscriber = subscribers.get(ticked++);
            try {
                subscriber.tick(now);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    /** Counted where they are sent, told from time to time: a meter for each delivery would cost more than the delivery. */
    void tell(LiveMeters meters) {
        meters.sent(Encoding.WS, ws.sent());
        meters.sent(Encoding.SSE, sse.sent());
    }

    private static void guarded(Subscriber subscriber, Consumer<Subscriber> action) {
        try {
            action.accept(subscriber);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** One that fails must not keep the others from their turn. */
    private static void failed(RuntimeException e) {
        log.error("a subscriber", e);
    }
}

package vn.giaoban.live.line;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line that was taken over, and the least that a reader of one log does with it: on from the position to the head,
 * and from the newest snapshot where the log no longer has the next frame.
 */
final class Followed implements Line.Listener {
    final SocketLine line;
    final Channel channel;
    final CompletableFuture<Void> gone = new CompletableFuture<>();
    final AtomicInteger closed = new AtomicInteger();
    final List<String> said = new CopyOnWriteArrayList<>();
    volatile int snapshots;
    private final Context context;
    private final FrameLog log;
    private final CompletableFuture<Void> level = new CompletableFuture<>();
    private Position at;
    private Position wanted;
    private boolean halted;

    Followed(SocketLine line, Channel channel, Context context, FrameLog log, Position from) {
        this.line = line;
        this.channel = channel;
        this.context = context;
        this.log = log;
        this.at = from;
    }

    /** On the line's event loop. */
    void run(Runnable task) {
        context.runOnContext(v -> task.run());
    }

    /** Takes nothing until a level is asked for. */
    CompletableFuture<Void> halt() {
        var done = new CompletableFuture<Void>();
        run(() -> {
            halted = true;
            done.complete(null);
        });
        return done;
    }

    /** When the other end was last heard, once that is some milliseconds ago. */
    CompletableFuture<Long> silence() {
        var done = new CompletableFuture<Long>();
        run(() -> {
            while (Line.nowMs() < line.heardAt() + 3) Thread.onSpinWait();
            done.complete(line.heardAt());
        });
        return done;
    }

    /** The same, now, after we have done something. */
    CompletableFuture<Long> heardAfter(Runnable task) {
        var done = new CompletableFuture<Long>();
        run(() -> {
            task.run();
            done.complete(line.heardAt());
        });
        return done;
    }

    void pump() {
        if (halted || closed.get() > 0) return;
        var came = line.take(log, at);
        while (came == null) {
            snapshots++;
            var snapshot = snapshot(log.head());
            line.send(snapshot);
            came = line.take(log, snapshot.position());
        }
        at = came;
        if (at.equals(wanted) && !line.full()) level.complete(null);
    }

    /** Done when it has come to this position and nothing waits. */
    CompletableFuture<Void> level(Position with) {
        run(() -> {
            wanted = with;
            halted = false;
            pump();
        });
        return level;
    }

    static Frame snapshot(Position at) {
        return Frame.snapshot("s", at, java.time.Instant.EPOCH, java.util.Map.of("at", at.seq()));
    }

    @Override
    public void said(String text) {
        said.add(text);
    }

    @Override
    public void drained() {
        pump();
    }

    @Override
    public void closed() {
        closed.incrementAndGet();
        gone.complete(null);
    }
}

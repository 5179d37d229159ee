package vn.giaoban.bench.load;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** What all readers together received since {@link #begin}: summed up on request, over all event loops. */
public final class Score {
    private static final int MESSAGES = 1 << 15;

    private final List<EventLoop> loops;
    private final List<Tally> tallies = new ArrayList<>();
    private volatile AtomicIntegerArray complete = new AtomicIntegerArray(0);
    private volatile long base;
    private volatile long newestComplete;
    private volatile LongConsumer whenComplete = seq -> {};

    /** Sums over all readers; {@code lasts}: of each message, the delay of the last reader. */
    public record Sum(
            long deliveries,
            long lost,
            long repeated,
            long disordered,
            long snapshots,
            long bytes,
            Delays delays,
            Delays lasts) {}

    Score(List<EventLoop> loops) {
        this.loops = loops;
        for (int i = 0; i < loops.size(); i++) tallies.add(new Tally(this::completeOnLoop));
    }

    Tally tally(int loop) {
        return tallies.get(loop);
    }

    /** From now on messages count, beginning with this number; whoever has received nothing has all before it. */
    public void begin(long seq) {
        base = seq;
        newestComplete = seq - 1;
        complete = new AtomicIntegerArray(MESSAGES);
        onEachLoop(tally -> tally.begin(seq, MESSAGES));
    }

    /** Told the number of each message that everybody has, on an event loop. */
    public void whenComplete(LongConsumer then) {
        whenComplete = then;
    }

    private void completeOnLoop(long seq) {
        int busy = 0;
        for (var tally : tallies) if (!tally.lines.isEmpty()) busy++;
        if (complete.incrementAndGet((int) (seq - base)) < busy) return;
        synchronized (this) {
            newestComplete = Math.max(newestComplete, seq);
        }
        whenComplete.accept(seq);
    }

    /** How far the slowest reader has come. */
    public long slowest() {
        return overLines(true);
    }

    /** How far the quickest reader has come. */
    public long quickest() {
        return overLines(false);
    }

    private long overLines(boolean slowest) {
        var found = new long[] {slowest ? Long.MAX_VALUE : -1};
        onEachLoop(tally -> {
            for (var line : tally.lines)
                found[0] = slowest ? Math.min(found[0], line.last()) : Math.max(found[0], line.last());
        });
        return found[0];
    }

    /** Whether everybody has this message before the time is out. */
    public boolean reached(long seq, int timeoutMs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (newestComplete < seq && slowest() < seq) {
            if (System.nanoTime() > end) return false;
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }

    /**
     * The sum of messages up to this number. Whoever has not got so far has lost the rest. {@code laterNanos}: for each
     * message from the first, how much later than its mark its clock starts; null: at its mark.
     */
    public Sum sum(long upTo, long[] laterNanos) {
        int messages = (int) (upTo - base + 1);
        var delays = new Delays();
        var counts = new long[5];
        var last = new long[messages];
        onEachLoop(tally -> {
            counts[0] += tally.lost;
            counts[1] += tally.repeated;
            counts[2] += tally.disordered;
            counts[3] += tally.snapshots;
            counts[4] += tally.bytes;
            for (var line : tally.lines) counts[0] += Math.max(0, upTo - line.last());
            for (int i = 0; i < messages; i++) {
                var one = tally.of(base + i);
                if (one == null) continue;
                long later = laterNanos == null ? 0 : laterNanos[i];
                delays.addAll(one, later);
                last[i] = Math.max(last[i], one.largest() - later);
            }
        });
        var lasts = new Delays();
        for (long nanos : last) lasts.add(nanos);
        return new Sum(delays.count(), counts[0], counts[1], counts[2], counts[3], counts[4], delays, lasts);
    }

    /** On each loop in turn, so that what its lines wrote is seen here. */
    private void onEachLoop(Consumer<Tally> action) {
        for (int i = 0; i < loops.size(); i++) {
            var tally = tallies.get(i);
            loops.get(i).submit(() -> action.accept(tally)).syncUninterruptibly();
        }
    }
}

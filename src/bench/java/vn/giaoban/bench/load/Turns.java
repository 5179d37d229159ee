package vn.giaoban.bench.load;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Lets so many readers shake hands at a time. Whoever waits to try again holds nobody up. */
final class Turns {
    private final Consumer<Line> dial;
    private final ConcurrentLinkedQueue<Line> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile int atOnce;

    Turns(Consumer<Line> dial) {
        this.dial = dial;
    }

    void begin(Collection<Line> lines, int most) {
        atOnce = most;
        waiting.addAll(lines);
        next();
    }

    /** Comes back for another turn. */
    void again(Line line) {
        waiting.add(line);
        next();
    }

    private void next() {
        while (taken.incrementAndGet() <= atOnce) {
            var line = waiting.poll();
            if (line == null) break;
            line.inTurn = true;
            dial.accept(line);
        }
        taken.decrementAndGet();
    }

    /** Its handshake is over, well or not; false where it was not one of those that take turns. */
    boolean over(Line line) {
        if (!line.inTurn) return false;
        line.inTurn = false;
        taken.decrementAndGet();
        next();
        return true;
    }
}

package vn.giaoban.bench.load;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When to publish: so many a second, some at once now and then, or as much as everybody can take. */
public final class Pace {
    private final Publisher publisher;
    private final Score score;
    private long next;

    /** {@code next}: the number of the first message. */
    public Pace(Publisher publisher, Score score, long next) {
        this.publisher = publisher;
        this.score = score;
        this.next = next;
    }

    public long next() {
        return next;
    }

    /** {@code burst} messages back to back, this often. */
    public void rate(double burstsPerSecond, int burst, double seconds) throws IOException {
        long begun = System.nanoTime();
        long bursts = Math.max(1, Math.round(burstsPerSecond * seconds));
        for (long i = 0; i < bursts; i++) {
            long due = begun + (long) (i * 1e9 / burstsPerSecond);
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            publisher.publish(next, burst, due);
            next += burst;
        }
    }

    /** The next message as soon as fewer than so many are still on their way to somebody. */
    public void saturate(int outstanding, double seconds) throws IOException, InterruptedException {
        var room = new Semaphore(outstanding);
        score.whenComplete(seq -> room.release());
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            if (!room.tryAcquire(5, TimeUnit.SECONDS)) break; // nothing arrives any more: lost, the score says
            publisher.publish(next++, 1, System.nanoTime());
        }
        score.whenComplete(seq -> {});
    }
}

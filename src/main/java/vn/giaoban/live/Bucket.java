package vn.giaoban.live;

import java.util.concurrent.atomic.AtomicLong;

/** So many in a second, and at most a second's worth at once. One number, from any thread. */
final class Bucket {
    private static final long SECOND = 1_000_000_000L;
    private final long nanosEach;
    /** The moment at which everything taken so far is paid for. */
    private final AtomicLong paid;

    Bucket(int perSecond, long nowNanos) {
        this.nanosEach = SECOND / perSecond;
        this.paid = new AtomicLong(nowNanos - SECOND);
    }

    boolean take(long nowNanos) {
        while (true) {
            long before = paid.get();
            long after = Math.max(before - nowNanos, -SECOND) + nowNanos + nanosEach;
            if (after - nowNanos > 0) return false;
            if (paid.compareAndSet(before, after)) return true;
        }
    }
}

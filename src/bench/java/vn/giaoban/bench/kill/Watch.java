package vn.giaoban.bench.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import vn.giaoban.bench.client.Times;

/** What all followers together have seen: how far each picture is, what went wrong, how soon they were current again. */
final class Watch {
    private static final int MOST_KEPT = 20;

    /** When a node was killed, by its port. */
    final Map<Integer, Long> killedAt = new ConcurrentHashMap<>();

    final Times currentAgain = new Times();
    final AtomicLong folded = new AtomicLong();
    final AtomicLong snapshots = new AtomicLong();
    /** Dropped by the rule: older than what the follower has. */
    final AtomicLong older = new AtomicLong();
    /** By the rule: come back with `after=`. */
    final AtomicLong gaps = new AtomicLong();

    final AtomicLong heads = new AtomicLong();
    final AtomicLong reconnects = new AtomicLong();
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long faultCount;

    void saw(String picture, long seq) {
        newest.merge(picture, seq, Math::max);
    }

    long newest(String picture) {
        return newest.getOrDefault(picture, -1L);
    }

    synchronized void fault(String what) {
        faultCount++;
        if (faults.size() < MOST_KEPT) faults.add(what);
    }

    synchronized long faultCount() {
        return faultCount;
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}

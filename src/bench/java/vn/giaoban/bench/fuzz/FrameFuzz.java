package vn.giaoban.bench.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Very many sockets that talk well for a while and then break the protocol; the same ones for the same seed. */
public final class FrameFuzz {
    /** Fewer than one person may have open: all of them may happen to be his. */
    private static final int AT_ONCE = 32;

    private static final int MOST_KEPT = 20;

    /** {@code token}: a program's, valid throughout, or null. */
    public record Target(int port, String stream, String token) {}

    private final Target target;
    private final long seed;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger frames = new AtomicInteger();
    private final Map<String, Integer> endings = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private int failed;

    public FrameFuzz(Target target, long seed) {
        this.target = target;
        this.seed = seed;
    }

    /** Until so many frames are sent. */
    public FrameFuzz run(int wanted) throws InterruptedException, ExecutionException {
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            var lanes = new ArrayList<Callable<Void>>();
            for (int i = 0; i < AT_ONCE; i++)
                lanes.add(() -> {
                    while (frames.get() < wanted) one(next.getAndIncrement());
                    return null;
                });
            for (var lane : together.invokeAll(lanes)) lane.get();
        }
        return this;
    }

    /** One conversation by its number, to look at it alone. */
    public void one(int number) throws InterruptedException {
        Conversation.Verdict verdict;
        try {
            verdict = new Conversation(target, seed * 1_000_003 + number).hold();
        } catch (IOException e) {
            verdict = new Conversation.Verdict("not let in", 0, e.toString());
        }
        frames.addAndGet(verdict.sent());
        note(number, verdict);
    }

    private synchronized void note(int number, Conversation.Verdict verdict) {
        endings.merge(verdict.end(), 1, Integer::sum);
        if (verdict.wrong() == null) return;
        failed++;
        if (failures.size() < MOST_KEPT)
            failures.add("seed " + seed + ", socket " + number + ", " + verdict.end() + ": " + verdict.wrong());
    }

    public int frames() {
        return frames.get();
    }

    public int sockets() {
        return next.get();
    }

    /** How often each ending was. */
    public synchronized Map<String, Integer> endings() {
        return new TreeMap<>(endings);
    }

    public synchronized int failed() {
        return failed;
    }

    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }
}

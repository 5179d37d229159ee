package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who adds item after item to an agenda while nodes and databases come and go. A press without an answer is
 * repeated under its key, on the other node where there is one; what was acknowledged is remembered.
 */
final class Secretary implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String title;
    private final String path;
    private final Someone elsewhere;
    private final Thread thread;
    private final List<String> acknowledged = new ArrayList<>();
    private final Set<Integer> statuses = new TreeSet<>();
    private Someone person;
    private Duration slowest = Duration.ZERO;
    private RuntimeException broken;
    private volatile boolean stopped;

    Secretary(Someone person, Someone elsewhere, UUID briefing) {
        this(person, elsewhere, briefing, "Mục thêm ");
    }

    /** {@code title}: what the items are called, before their number. */
    Secretary(Someone person, Someone elsewhere, UUID briefing, String title) {
        this.title = title;
        this.person = person;
        this.elsewhere = elsewhere;
        this.path = "/api/briefings/" + briefing + "/agenda";
        this.thread = Thread.ofVirtual().start(this::write);
    }

    private void write() {
        try {
            for (int n = 1; !stopped; n++) {
                var next = title + n;
                var key = UUID.randomUUID().toString();
                while (!stopped && !press(next, key)) LockSupport.parkNanos(BETWEEN.toNanos());
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        } catch (RuntimeException e) {
            told(() -> broken = e);
        }
    }

    private boolean press(String item, String key) {
        long began = System.nanoTime();
        try {
            var reply = person.call("POST", path, World.item(item, 1, "PUBLIC"), Map.of("Idempotency-Key", key));
            var took = Duration.ofNanos(System.nanoTime() - began);
            if (reply.status() == 503
                    && reply.headers().firstValue("retry-after").isEmpty())
                throw new IllegalStateException("503 without Retry-After");
            told(() -> {
                statuses.add(reply.status());
                if (took.compareTo(slowest) > 0) slowest = took;
                if (reply.status() == 201) acknowledged.add(item);
            });
            return reply.status() == 201;
        } catch (UncheckedIOException nobodyThere) {
            person = elsewhere;
            return false;
        }
    }

    private synchronized void told(Runnable what) {
        what.run();
        notifyAll();
    }

    synchronized List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Every status that was ever answered. */
    synchronized Set<Integer> statuses() {
        return Set.copyOf(statuses);
    }

    synchronized Duration slowest() {
        return slowest;
    }

    /** Waits until so many more are acknowledged. */
    Secretary writes(int more) {
        int before = acknowledged().size();
        return until(more + " more items", () -> acknowledged.size() >= before + more);
    }

    /** Waits until this was answered. */
    Secretary hears(int status) {
        return until("an answer " + status, () -> statuses.contains(status));
    }

    private synchronized Secretary until(String what, java.util.function.BooleanSupplier seen) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.getAsBoolean()) {
            if (broken != null) throw broken;
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) fail("waited for " + what + ": " + acknowledged.size() + " written, answers " + statuses);
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return this;
    }

    /** Finishes the press at hand. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

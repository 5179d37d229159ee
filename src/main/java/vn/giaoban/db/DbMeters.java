package vn.giaoban.db;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How busy one pool is: who holds or waits for a connection, for how long, and what got no answer. */
public final class DbMeters {
    private static final Duration[] TIMES = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500)
    };

    private final AtomicInteger atWork = new AtomicInteger();
    private final Timer held;
    private final Timer waited;
    private final Counter unanswered;

    /** {@code pool}: what it is for, {@code commands} or {@code reads}; {@code size}: its connections at most. */
    public DbMeters(MeterRegistry registry, String pool, int size) {
        Gauge.builder("giaoban.db.in.use", () -> Math.min(size, atWork.get()))
                .description("Connections at work")
                .tag("pool", pool)
                .register(registry);
        Gauge.builder("giaoban.db.waiting", () -> Math.max(0, atWork.get() - size))
                .description("Calls that wait for a connection")
                .tag("pool", pool)
                .register(registry);
        Gauge.builder("giaoban.db.size", () -> size)
                .description("Connections at most")
                .tag("pool", pool)
                .register(registry);
        held = Timer.builder("giaoban.db.call")
                .description("One statement, or one transaction from its connection to its commit")
                .tag("pool", pool)
                .serviceLevelObjectives(TIMES)
                .register(registry);
        waited = Timer.builder("giaoban.db.wait")
                .description("A transaction's wait for its connection")
                .tag("pool", pool)
                .serviceLevelObjectives(TIMES)
                .register(registry);
        unanswered = Counter.builder("giaoban.db.unanswered")
                .description("Calls that the database did not answer in time or at all")
                .tag("pool", pool)
                .register(registry);
    }

    /** For whoever asks the database and reads no meters: tests. */
    public DbMeters() {
        this(new SimpleMeterRegistry(), "commands", 1);
    }

    /** A call begins: the moment to hand back at its end. */
    long begins() {
        atWork.incrementAndGet();
        return System.nanoTime();
    }

    void connected(long began) {
        waited.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    void ends(long began) {
        atWork.decrementAndGet();
        held.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    void unanswered() {
        unanswered.increment();
    }
}

package vn.giaoban;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import vn.giaoban.http.Api;

/**
 * What can be read of a node from outside, as numbers: of the machine and of the work, never of a person. No label holds
 * an id, a name or an address, so their number is bounded by the code.
 */
final class Meters implements Api.Meter, AutoCloseable {
    private static final long LOOP_MS = 250;
    private static final Duration[] CALLS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(150),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Call, Timer> calls = new ConcurrentHashMap<>();
    private final AtomicInteger loops = new AtomicInteger();
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private record Call(String method, String route, int status) {}

    MeterRegistry registry() {
        return registry;
    }

    /** Adds what the JVM and the system know of this process; it takes a moment, for which no start should wait. */
    void machine() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        shows(
                "giaoban.direct.used.bytes",
                "Memory outside the heap that Netty holds: buffers and logs",
                PlatformDependent::usedDirectMemory);
    }

    /** A value that is asked for when somebody reads the meters. */
    void shows(String name, String what, Supplier<Number> value) {
        Gauge.builder(name, value).description(what).strongReference(true).register(registry);
    }

    /** What is done again and again, by its name, and how long ago it last worked. */
    void beat(String name, Supplier<Number> seconds) {
        Gauge.builder("giaoban.beat.age", seconds)
                .description("How long ago what is done again and again last worked")
                .baseUnit("seconds")
                .tag("beat", name)
                .register(registry);
    }

    /** A value about one of the servers of the conference, of which the configuration names so many. */
    void server(String name, String what, String server, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(what)
                .tag("server", server)
                .strongReference(true)
                .register(registry);
    }

    Timer times(String name, String what) {
        return Timer.builder(name).description(what).register(registry);
    }

    @Override
    public void answered(String method, String route, int status, long nanos) {
        calls.computeIfAbsent(new Call(method, route, status), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Call call) {
        return Timer.builder("giaoban.http.call")
                .description("API calls, by the route as the contract writes it")
                .tag("method", call.method)
                .tag("route", call.route)
                .tag("status", String.valueOf(call.status))
                .serviceLevelObjectives(CALLS)
                .register(registry);
    }

    /** From now on measures how late this event loop comes to its timers: so long waits whatever else is on it. */
    void loop(Vertx vertx) {
        var lag = Timer.builder("giaoban.loop.lag")
                .description("How late an event loop comes to what it should do now")
                .tag("loop", String.valueOf(loops.getAndIncrement()))
                .register(registry);
        again(vertx, lag);
    }

    private static void again(Vertx vertx, Timer lag) {
        long due = System.nanoTime() + LOOP_MS * 1_000_000;
        vertx.setTimer(LOOP_MS, id -> {
            lag.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
            again(vertx, lag);
        });
    }

    /** In Prometheus' own text format. */
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}

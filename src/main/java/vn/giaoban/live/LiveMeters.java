package vn.giaoban.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import vn.giaoban.live.line.Encoding;

/**
 * What the live room counts and times, by the kind of a stream, never by its name: names would tell who is watched, and
 * their number has no bound. Everything is recorded once a walk or once a patch, never once a delivery.
 */
public final class LiveMeters {
    private static final Duration[] LAGS = millis(5, 10, 25, 50, 100, 150, 300, 500, 1_000, 2_000, 5_000, 30_000);
    private static final Duration[] WALKS = millis(1, 2, 5, 10, 25, 50, 100, 250, 1_000);

    private final MeterRegistry registry;
    private final Map<Encoding, Counter> delivered = new EnumMap<>(Encoding.class);
    private final Map<Encoding, Counter> sent = new EnumMap<>(Encoding.class);
    private final LongAdder slow = new LongAdder();
    private final Map<Tags, LongAdder> readers = new ConcurrentHashMap<>();
    private final Timer appended;
    private final Timer reached;
    private final Timer rang;
    private final Timer walked;
    private final Counter snapshots;
    private final Counter resyncs;
    private final Counter refills;
    private final Counter refilled;
    private final Counter admitted;
    private final Counter refused;
    private final Counter closedSlow;

    public LiveMeters(MeterRegistry registry) {
        this.registry = registry;
        // There from the start: a dashboard asks for them before anybody has come.
        for (var encoding : Encoding.values()) {
            delivered.put(encoding, counter("deliveries", "Frames sent, counted once for each reader", name(encoding)));
            sent.put(encoding, counter("sent.bytes", "Bytes of whatever was sent to readers", name(encoding)));
        }
        appended = timer("append.lag", LAGS, "From the change to its patch in this node's log");
        reached = timer("walk.lag", LAGS, "From the change to the end of the walk that sent it");
        rang = timer("bell.lag", LAGS, "From the ringing of the bell to its being heard on this node");
        walked = timer("walk", WALKS, "One walk over the readers of one log on one event loop");
        snapshots = counter("snapshots", "Shared snapshots built");
        resyncs = counter("resyncs", "Readers whose position the log no longer held: they got a snapshot");
        refills = counter("refills", "Reads of patches that were missing");
        refilled = counter("refilled.patches", "Patches that these reads brought");
        admitted = handshakes("admitted");
        refused = handshakes("refused");
        shows("slow", "Sockets that wait for their reader to take what was sent", slow::sum);
        closedSlow = counter("slow.closed", "Sockets closed since they could not be written to for too long");
    }

    /** For whoever runs a hub and reads no meters: tests, benches. */
    public LiveMeters() {
        this(new SimpleMeterRegistry());
    }

    /** A reader came to a stream. Line: how its bytes are framed and sent, for instance {@code ws-native}. */
    public void came(StreamKey key, String line) {
        readers(key, line).increment();
    }

    public void went(StreamKey key, String line) {
        readers(key, line).decrement();
    }

    /** What one walk sent: frames times readers. */
    public void delivered(Encoding encoding, long frames) {
        delivered.get(encoding).increment((double) frames);
    }

    /** What went to the sockets of one event loop since it was last asked. */
    public void sent(Encoding encoding, long bytes) {
        sent.get(encoding).increment((double) bytes);
    }

    public void walked(long nanos) {
        walked.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A patch stands in this node's log. */
    public void appended(Duration sinceCommit) {
        record(appended, sinceCommit);
    }

    /** The walk that sent a patch has come to its last reader. */
    public void reached(Duration sinceCommit) {
        record(reached, sinceCommit);
    }

    /** The bell was heard. */
    public void rang(Duration sinceRung) {
        record(rang, sinceRung);
    }

    public void snapshotBuilt() {
        snapshots.increment();
    }

    public void resynced() {
        resyncs.increment();
    }

    public void refilled(long patches) {
        refills.increment();
        refilled.increment((double) patches);
    }

    public void handshake(boolean let) {
        (let ? admitted : refused).increment();
    }

    /** One socket more, or one less, that takes nothing for the moment. */
    public void slow(boolean now) {
        slow.add(now ? 1 : -1);
    }

    public void closedSlow() {
        closedSlow.increment();
    }

    /** A value that is asked for when somebody reads the meters; from whichever thread that is. */
    public void shows(String name, String what, Supplier<Number> value) {
        Gauge.builder("giaoban.live." + name, value)
                .description(what)
                .strongReference(true)
                .register(registry);
    }

    private LongAdder readers(StreamKey key, String line) {
        int end = key.stream().indexOf('/');
        var kind = end < 0 ? key.stream() : key.stream().substring(0, end);
        return readers.computeIfAbsent(Tags.of("stream", kind, "audience", key.audience(), "line", line), this::count);
    }

    private LongAdder count(Tags tags) {
        var count = new LongAdder();
        Gauge.builder("giaoban.live.readers", count, LongAdder::sum)
                .description("Readers of streams, by kind of stream; one socket may read several")
                .tags(tags)
                .register(registry);
        return count;
    }

    private Counter counter(String name, String what, String encoding) {
        return Counter.builder("giaoban.live." + name)
                .description(what)
                .tag("encoding", encoding)
                .register(registry);
    }

    private static String name(Encoding encoding) {
        return encoding == Encoding.WS ? "ws" : "sse";
    }

    private Counter handshakes(String outcome) {
        return Counter.builder("giaoban.live.handshakes")
                .description("Sockets asked for")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter counter(String name, String what) {
        return Counter.builder("giaoban.live." + name).description(what).register(registry);
    }

    private Timer timer(String name, Duration[] buckets, String what) {
        return Timer.builder("giaoban.live." + name)
                .description(what)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /** The clocks of two nodes differ a little: nothing arrives before it happened. */
    private static void record(Timer timer, Duration since) {
        timer.record(since.isNegative() ? Duration.ZERO : since);
    }

    private static Duration[] millis(int... values) {
        return java.util.Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}

package vn.giaoban.bench.fuzz;

import static vn.giaoban.bench.Bench.say;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Machine;
import vn.giaoban.bench.Organizer;
import vn.giaoban.bench.Scratch;
import vn.giaoban.bench.Server;
import vn.giaoban.bench.client.Prometheus;

/** `bench fuzz`: a hundred thousand frames, right and wrong, at a real node: nothing breaks, nothing leaks, nobody notices. */
public final class FuzzBench {
    private static final long SEED = Long.getLong("seed", 20_261_121L);
    private static final int FRAMES = Integer.getInteger("frames", Bench.quick() ? 5_000 : 100_000);
    private static final int CHANGE_EVERY_MS = 200;

    private FuzzBench() {}

    public static void main(String[] arguments) throws Exception {
        run();
    }

    public static void run() throws Exception {
        int meters = Server.freePort();
        var settings = Map.of("GIAOBAN_METRICS_PORT", String.valueOf(meters));
        try (var server = Server.start(Scratch.directory(), Files.exists(Server.CACHE), Server.freePort(), settings)) {
            var organizer = new Organizer(server.port, server.firstPassword());
            organizer.goLive();
            organizer.change(0);
            var stream = "briefing/" + organizer.briefing;
            var target = new FrameFuzz.Target(server.port, stream, organizer.token);
            new FrameFuzz(target, SEED - 1).run(500); // what is opened once stays open
            try (var witness = new Witness(server.port, stream)) {
                var edges = new ResumeEdges(server.port, stream);
                var wrongEdges = edges.failures();
                say("resume at the edges", "%d tried, %d wrong", edges.many(), wrongEdges.size());
                wrongEdges.forEach(System.out::println);
                long before = handles(server);
                double open = sockets(meters);
                double resident = Machine.residentMiB(server.pid());
                say(
                        "pings without end from who reads no pong",
                        "%s; the node grew by %.1f MiB",
                        Deaf.flood(server.port, stream),
                        Machine.residentMiB(server.pid()) - resident);
                fuzz(organizer, target, witness);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while ((handles(server) > before || sockets(meters) > open) && System.nanoTime() < end)
                    TimeUnit.MILLISECONDS.sleep(100);
                say("sockets that the node counts", "%.0f before, %.0f after", open, sockets(meters));
                say("file descriptors for clients", "%d before, %d after", before, handles(server));
                logged(server);
            }
        }
    }

    private static void fuzz(Organizer organizer, FrameFuzz.Target target, Witness witness) throws Exception {
        var over = new AtomicBoolean();
        var writer = Thread.startVirtualThread(() -> changes(organizer, over));
        long begun = System.nanoTime();
        var fuzz = new FrameFuzz(target, SEED).run(FRAMES);
        double seconds = (System.nanoTime() - begun) / 1e9;
        over.set(true);
        writer.join();
        say(
                "fuzz, seed " + SEED,
                "%d frames over %d sockets in %.1f s; %d sockets ended otherwise than they should",
                fuzz.frames(),
                fuzz.sockets(),
                seconds,
                fuzz.failed());
        say("endings", "%s", fuzz.endings());
        fuzz.failures().forEach(System.out::println);
        var noticed = witness.judged();
        say(
                "who read beside it",
                "%d patches by WebSocket and SSE: %s",
                witness.patches(),
                noticed == null ? "every byte right, nothing noticed" : noticed);
    }

    private static void changes(Organizer organizer, AtomicBoolean over) {
        try {
            for (int round = 1; !over.get(); round++) {
                organizer.change(round);
                TimeUnit.MILLISECONDS.sleep(CHANGE_EVERY_MS);
            }
        } catch (Exception e) {
            System.out.println("a change failed beside the fuzz: " + e);
        }
    }

    private static double sockets(int meters) throws IOException {
        return Prometheus.value(meters, "giaoban_live_sockets");
    }

    private static long handles(Server server) throws IOException {
        return Descriptors.of(server.pid(), server.port);
    }

    private static void logged(Server server) throws IOException {
        var bad = server.said()
                .lines()
                .filter(line -> line.contains(" ERROR ") || line.contains(" WARN "))
                .toList();
        long errors = bad.stream().filter(line -> line.contains(" ERROR ")).count();
        say("log", "%d lines of ERROR, %d of WARN", errors, bad.size() - errors);
        bad.stream().distinct().limit(5).forEach(System.out::println);
    }
}

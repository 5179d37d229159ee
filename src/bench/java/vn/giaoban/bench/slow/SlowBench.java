package vn.giaoban.bench.slow;

import static vn.giaoban.bench.Bench.say;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Machine;
import vn.giaoban.bench.Organizer;
import vn.giaoban.bench.client.Picture;
import vn.giaoban.bench.client.Times;
import vn.giaoban.bench.kill.House;
import vn.giaoban.bench.load.Kind;
import vn.giaoban.bench.storm.Flow;
import vn.giaoban.db.Json;

/**
 * `bench slow`: readers of a hundred bytes a second beside good ones, on one stream of long patches that come the whole
 * way. What the good ones notice, what a slow one costs us and the kernel, and what becomes of it in the end.
 */
public final class SlowBench {
    private static final int GOOD = Integer.getInteger("readers", Bench.quick() ? 80 : 800);
    private static final int SLOW = Integer.getInteger("slow", Bench.quick() ? 20 : 200);
    private static final int PER_SECOND = 20;
    private static final int WINDOWS = Bench.quick() ? 3 : 7;
    private static final int WINDOW_S = 2;
    /** Until every buffer of a slow one is full. */
    private static final int FILLING_S = 8;

    private static final int LONGEST_S = 90;

    private final House house;
    private final Generator generator;
    private final Organizer organizer;
    private final List<SlowReader> slow = new ArrayList<>();

    private SlowBench(House house, Generator generator) throws Exception {
        this.house = house;
        this.generator = generator;
        this.organizer = new Organizer(house.node(0).port, house.node(0).firstPassword());
        organizer.goLive();
    }

    public static void run() throws Exception {
        try (var house = new House(1, Map.of());
                var generator = new Generator()) {
            new SlowBench(house, generator).measure();
        }
    }

    private String stream() {
        return "briefing/" + organizer.briefing;
    }

    private void measure() throws Exception {
        generator.target(Kind.GIAOBAN_WS, house.node(0).port, "/live/" + stream());
        generator.connect(GOOD, 64);
        var round = new int[1];
        try (var flow = new Flow(() -> organizer.longChange(round[0]++), PER_SECOND)) {
            TimeUnit.SECONDS.sleep(Bench.quick() ? 5 : 15); // hot
            var before = good("without slow readers");
            double ours = ours();
            for (int i = 0; i < SLOW; i++) slow.add(new SlowReader(house.node(0).port, stream()));
            TimeUnit.SECONDS.sleep(FILLING_S);
            var beside = good("beside " + SLOW + " slow readers");
            double full = ours();
            kernel();
            for (int i = 0; i < SLOW / 2; i++) slow.get(i).hurry();
            var stubborn = slow.subList(SLOW / 2, SLOW);
            long begun = System.nanoTime();
            boolean cutOff = until(() -> queues(stubborn).sockets() == 0);
            double seconds = (System.nanoTime() - begun) / 1e9;
            stubborn.forEach(SlowReader::hurry); // to read what was the last word
            var after = good("without slow readers again");
            flow.close();
            // What the node has grown by itself meanwhile is not theirs.
            say(
                    "memory of ours for each slow reader",
                    "%.1f KiB (proportional, after collecting garbage)",
                    (full - (ours + ours()) / 2) / SLOW);
            say("p99 of the good ones beside the slow by without", "%.2f", beside / ((before + after) / 2));
            fates(stubborn, cutOff, seconds);
        }
    }

    /** The median window: what else the machine does for a moment is in one of them. Returns its p99. */
    private double good(String when) throws Exception {
        var p50 = new Times();
        var p99 = new Times();
        long lost = 0;
        long wrong = 0;
        for (int i = 0; i < WINDOWS; i++) {
            generator.begin();
            TimeUnit.SECONDS.sleep(WINDOW_S);
            long newest = generator.ask("head").count("newest");
            generator.reached(newest, 5_000);
            var score = generator.score(newest);
            p50.add(score.figure("p50"));
            p99.add(score.figure("p99"));
            lost += score.count("lost");
            wrong += score.count("repeated") + score.count("disordered");
        }
        say(
                GOOD + " good readers " + when,
                "p50 %.1f ms, p99 %.1f ms (%.1f to %.1f, medians of %d windows of %d s); lost %d, repeated or out of order %d",
                p50.at(0.5),
                p99.at(0.5),
                p99.at(0),
                p99.at(1),
                WINDOWS,
                WINDOW_S,
                lost,
                wrong);
        return p99.at(0.5);
    }

    /** In KiB, what is garbage left out. */
    private double ours() throws Exception {
        long pid = house.node(0).pid();
        for (int i = 0; i < 2; i++)
            new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", String.valueOf(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        return Machine.proportionalMiB(pid) * 1_024;
    }

    private void kernel() throws Exception {
        var queues = queues(slow);
        say(
                "memory of the kernel's for each slow reader",
                "%.1f KiB, %.1f KiB of it bytes to send (%d sockets)",
                queues.memoryBytes() / 1_024.0 / queues.sockets(),
                queues.unsentBytes() / 1_024.0 / queues.sockets(),
                queues.sockets());
    }

    private SendQueues queues(List<SlowReader> readers) {
        var ports = readers.stream().map(SlowReader::localPort).collect(Collectors.toSet());
        try {
            return SendQueues.of(house.node(0).port, ports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stream rests: who reads again has to stand at its head, who does not was told so or cut off. */
    private void fates(List<SlowReader> stubborn, boolean cutOff, double seconds) throws Exception {
        var look = look();
        var head = new Picture();
        head.hear(Json.parse(look));
        var hurried = slow.subList(0, SLOW / 2);
        until(() -> hurried.stream().allMatch(one -> one.over() || one.at(head.seq(), head.text())));
        say(
                SLOW / 2 + " that read again",
                "%d current and right (%d of them by another snapshot), %d closed with 4408, %d cut off, %d otherwise",
                hurried.stream().filter(one -> one.at(head.seq(), head.text())).count(),
                hurried.stream().filter(one -> one.snapshots() > 1).count(),
                hurried.stream().filter(one -> one.closeCode() == 4408).count(),
                hurried.stream()
                        .filter(one -> one.over() && one.closeCode() == 0)
                        .count(),
                hurried.stream()
                        .filter(one -> !one.over() && !one.at(head.seq(), head.text()))
                        .count());
        say(
                SLOW - SLOW / 2 + " that stayed slow",
                "%s after %.0f s more; %d closed with 4408, %d cut off, %d still there",
                cutOff ? "all let go" : "some were not let go",
                seconds,
                stubborn.stream().filter(one -> one.closeCode() == 4408).count(),
                stubborn.stream()
                        .filter(one -> one.over() && one.closeCode() == 0)
                        .count(),
                stubborn.stream().filter(one -> !one.over()).count());
        slow.stream()
                .map(SlowReader::wrong)
                .filter(wrong -> wrong != null)
                .distinct()
                .limit(5)
                .forEach(System.out::println);
        for (var one : slow) one.close();
    }

    private String look() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + house.node(0).port + "/live/" + stream()))
                .header("Accept", "application/json")
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static boolean until(BooleanSupplier seen) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_S);
        while (!seen.getAsBoolean()) {
            if (System.nanoTime() > end) return false;
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return true;
    }
}

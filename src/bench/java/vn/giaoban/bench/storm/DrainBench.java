package vn.giaoban.bench.storm;

import static vn.giaoban.bench.Bench.say;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Organizer;
import vn.giaoban.bench.kill.House;
import vn.giaoban.bench.load.Kind;

/** One node of two is told to stop while thousands read from it: each gets a delay of its own, and comes to the other. */
final class DrainBench {
    private static final int READERS = Integer.getInteger("drained", Bench.quick() ? 500 : 5_000);
    private static final int PER_SECOND = 4;
    private static final int AT_ONCE = 128;

    private DrainBench() {}

    static void run() throws Exception {
        try (var house = new House(2, Map.of());
                var generator = new Generator()) {
            var organizer = new Organizer(house.node(1).port, house.node(0).firstPassword());
            organizer.goLive();
            generator.target(Kind.GIAOBAN_WS, house.node(0).port, "/live/briefing/" + organizer.briefing);
            generator.connect(READERS, AT_ONCE);
            generator.begin();
            var round = new int[1];
            try (var flow = new Flow(() -> organizer.change(round[0]++), PER_SECOND)) {
                TimeUnit.SECONDS.sleep(2);
                int other = house.node(1).port;
                var moved = CompletableFuture.supplyAsync(() -> ask(generator, "moved " + other + " 60"));
                TimeUnit.MILLISECONDS.sleep(500);
                long begun = System.nanoTime();
                house.node(0).terminate();
                house.node(0).ended();
                double ended = (System.nanoTime() - begun) / 1e9;
                var said = moved.get();
                flow.close();
                TimeUnit.SECONDS.sleep(1);
                long newest = generator.ask("head").count("newest");
                generator.reached(newest, 15_000);
                var score = generator.score(newest);
                say(
                        "drain of a node with " + READERS + " readers",
                        "%d told to go with 1001, %d with a delay (%d to %d ms, %d different); all current at the other node "
                                + "after %.2f s (%d put off, %d tries failed); lost %d, repeated %d, out of order %d; the node ended after %.2f s",
                        said.count("drained"),
                        said.count("told"),
                        said.count("least"),
                        said.count("most"),
                        said.count("distinct"),
                        said.figure("seconds"),
                        said.count("refused"),
                        said.count("failed"),
                        score.count("lost"),
                        score.count("repeated"),
                        score.count("disordered"),
                        ended);
            }
        }
    }

    private static Generator.Answer ask(Generator generator, String order) {
        try {
            return generator.ask(order);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package vn.giaoban.bench.storm;

import static vn.giaoban.bench.Bench.say;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Machine;
import vn.giaoban.bench.load.Kind;
import vn.giaoban.bench.peer.Nchan;

/**
 * `bench storm`: ten thousand sockets cut at once while the stream goes on. They come back within a second where they
 * were; how long until all are current, what it costs the server, and whether anything was lost. The same for nchan.
 */
public final class StormBench {
    private static final int READERS = Integer.getInteger("readers", Bench.quick() ? 1_000 : 10_000);
    private static final int ROUNDS = Integer.getInteger("rounds", Bench.quick() ? 1 : 3);
    /** As the web client: any part of a second. */
    private static final int SPREAD_MS = Integer.getInteger("spread", 1_000);

    private static final int PER_SECOND = 4;
    private static final int AT_ONCE = 128;
    private static final int LONGEST_S = 60;

    private final Map<String, List<Storm>> storms = new LinkedHashMap<>();

    /** What one storm was like; {@code cpuMicros}: of the server, from the cut until all are current, by reader. */
    private record Storm(
            double seconds,
            double cpuMicros,
            long lost,
            long repeated,
            long disordered,
            long pictures,
            long refused,
            double snapshots,
            double reads) {}

    private StormBench() {}

    public static void run() throws Exception {
        var bench = new StormBench();
        var streams = new ArrayList<Stream>();
        try (var generator = new Generator()) {
            streams.add(new OurStream(Kind.valueOf(System.getProperty("kind", "GIAOBAN_WS"))));
            if (Nchan.installed()) streams.add(new NchanStream());
            else System.out.println("nchan: not measured, Debian's libnginx-mod-nchan is not installed");
            for (int round = 0; round < ROUNDS; round++)
                for (var stream : streams) bench.visit(stream, generator, round == 0);
        } finally {
            for (var stream : streams) stream.close();
        }
        bench.print();
        DrainBench.run();
    }

    private void visit(Stream stream, Generator generator, boolean first) throws Exception {
        stream.aim(generator);
        generator.connect(READERS, AT_ONCE);
        generator.begin();
        try (var flow = new Flow(stream::publish, PER_SECOND)) {
            TimeUnit.SECONDS.sleep(2);
            // The first storm warms what no figure should show cold.
            if (first) generator.ask("cut " + SPREAD_MS + " " + LONGEST_S);
            storms.computeIfAbsent(stream.name(), n -> new ArrayList<>()).add(storm(stream, generator, flow));
        }
        generator.ask("close");
        TimeUnit.SECONDS.sleep(1);
    }

    private Storm storm(Stream stream, Generator generator, Flow flow) throws Exception {
        TimeUnit.SECONDS.sleep(2);
        double snapshots = stream.count(Stream.What.SNAPSHOTS);
        double reads = stream.count(Stream.What.DATABASE_READS);
        double cpu = Machine.seconds(stream.pid());
        var came = generator.ask("cut " + SPREAD_MS + " " + LONGEST_S);
        cpu = Machine.seconds(stream.pid()) - cpu;
        snapshots = stream.count(Stream.What.SNAPSHOTS) - snapshots;
        reads = stream.count(Stream.What.DATABASE_READS) - reads;
        flow.close();
        TimeUnit.SECONDS.sleep(1);
        long newest = generator.ask("head").count("newest");
        generator.reached(newest, 15_000);
        var score = generator.score(newest);
        return new Storm(
                came.figure("seconds"),
                cpu / READERS * 1e6,
                score.count("lost"),
                score.count("repeated"),
                score.count("disordered"),
                score.count("snapshots"),
                came.count("refused"),
                snapshots,
                reads);
    }

    private void print() {
        storms.forEach((name, all) -> {
            for (var one : all)
                say(
                        name + ", " + READERS + " cut at once",
                        "all current after %.2f s; %.0f us of server CPU each; lost %d, repeated %d, out of order %d; "
                                + "%d came back by a picture, %d handshakes put off; snapshots built %.0f, database reads %.0f",
                        one.seconds,
                        one.cpuMicros,
                        one.lost,
                        one.repeated,
                        one.disordered,
                        one.pictures,
                        one.refused,
                        one.snapshots,
                        one.reads);
            say(name + ", median", "%.2f s, %.0f us each", median(all, true), median(all, false));
        });
        if (storms.size() > 1)
            say(
                    "Giao Ban by nchan",
                    "time %.2f, CPU per resume %.2f",
                    median(storms.get("Giao Ban"), true) / median(storms.get("nchan"), true),
                    median(storms.get("Giao Ban"), false) / median(storms.get("nchan"), false));
    }

    private static double median(List<Storm> all, boolean seconds) {
        return all.stream()
                .mapToDouble(one -> seconds ? one.seconds : one.cpuMicros)
                .sorted()
                .skip(all.size() / 2)
                .findFirst()
                .orElse(Double.NaN);
    }
}

package vn.giaoban.bench.contest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Machine;
import vn.giaoban.bench.Organizer;
import vn.giaoban.bench.Scratch;
import vn.giaoban.bench.Server;
import vn.giaoban.bench.load.Kind;

/**
 * A change's whole way: command, journal, PostgreSQL with fsync, bell, sockets; while three other briefings run beside.
 * With the bell, and without it, when the hub finds out by looking.
 */
public final class WholeWay {
    private static final int[] READERS = Bench.quick() ? new int[] {100, 500} : new int[] {1_000, 5_000, 10_000};
    private static final int CHANGES = Bench.quick() ? 8 : 30;
    private static final double OTHER_LOAD = 0.3;

    private final Figures figures = new Figures();

    private WholeWay() {}

    public static void run() throws Exception {
        var way = new WholeWay();
        way.over(true);
        way.over(false);
        way.figures.print("A change's way to its readers, three other briefings beside; in ms, by readers", false);
    }

    private void over(boolean doorbell) throws Exception {
        var settings = Map.of("GIAOBAN_CLUSTER_DOORBELL", String.valueOf(doorbell));
        try (var server = Server.start(Scratch.directory(), false, Server.freePort(), settings);
                var generator = new Generator()) {
            var organizer = new Organizer(server.port, server.firstPassword());
            organizer.goLive();
            try (var _ = new Beside(server)) {
                generator.target(Kind.GIAOBAN_WS, server.port, "/live/briefing/" + organizer.briefing);
                int open = 0;
                for (int readers : READERS) {
                    generator.connect(readers - open, 128);
                    open = readers;
                    long head = generator.ask("head").count("newest");
                    changes(organizer, CHANGES / 4);
                    generator.reached(head + CHANGES / 4, 10_000);
                    measure(
                            generator,
                            organizer,
                            server,
                            String.format(Locale.ROOT, doorbell ? "%,d" : "%,d, no bell", readers));
                }
            }
        }
    }

    private void measure(Generator generator, Organizer organizer, Server server, String name) throws Exception {
        long next = generator.begin();
        var others =
                List.of(server.pid(), generator.pid(), ProcessHandle.current().pid());
        double busy = Machine.busySeconds() - seconds(others);
        long begun = System.nanoTime();
        var later = changes(organizer, CHANGES);
        long upTo = next + CHANGES - 1;
        generator.reached(upTo, 10_000);
        double other = (Machine.busySeconds() - seconds(others) - busy) / ((System.nanoTime() - begun) / 1e9);
        if (other > OTHER_LOAD) {
            Bench.say(name, "%s, other load of %.2f core", Bench.anyway() ? "disturbed" : "skipped", other);
            if (!Bench.anyway()) return;
        }
        var sent = generator.score(upTo);
        var answered = generator.ask("score " + upTo + " "
                + Arrays.stream(later).mapToObj(String::valueOf).collect(Collectors.joining(",")));
        for (var figure : List.of("p50", "p99", "last50", "last99"))
            figures.add(name, "answered -> received, " + figure, answered.figure(figure));
        for (var figure : List.of("p50", "p99", "last50", "last99"))
            figures.add(name, "sent -> received, " + figure, sent.figure(figure));
        for (var figure : List.of("deliveries", "lost", "repeated", "disordered", "snapshots"))
            figures.add(name, figure, sent.figure(figure));
    }

    private static double seconds(List<Long> processes) {
        return processes.stream().mapToDouble(Machine::seconds).sum();
    }

    /** Five changes a second; of each, how long after its mark it was answered. */
    private static long[] changes(Organizer organizer, int many) throws Exception {
        var later = new long[many];
        for (int i = 0; i < many; i++) {
            long begun = System.nanoTime();
            var times = organizer.change(i);
            later[i] = times[1] - times[0];
            TimeUnit.NANOSECONDS.sleep(200_000_000 - (System.nanoTime() - begun));
        }
        return later;
    }
}

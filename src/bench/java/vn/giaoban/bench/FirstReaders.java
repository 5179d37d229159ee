package vn.giaoban.bench;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A change's way to a thousand WebSocket readers, from the command to the last of them, and memory. */
final class FirstReaders {
    private static final int READERS = Integer.getInteger("readers", Bench.quick() ? 100 : 1_000);
    private static final int ROUNDS = Integer.getInteger("rounds", Bench.quick() ? 20 : 200);
    private static final double OTHER_LOAD = 0.2;

    private FirstReaders() {}

    static void run() throws Exception {
        try (var server = Server.start(Scratch.directory(), Files.exists(Server.CACHE))) {
            var organizer = new Organizer(server.port, server.firstPassword());
            organizer.goLive();
            TimeUnit.SECONDS.sleep(2);
            double resident = Machine.residentMiB(server.pid());
            double all = Machine.proportionalMiB(server.pid());
            Bench.say(
                    "memory, nobody connected",
                    "JVM resident %.0f MiB; with PostgreSQL, proportional, %.0f MiB",
                    resident,
                    all);
            try (var readers = new Readers(server.port, "briefing/" + organizer.briefing, READERS)) {
                TimeUnit.SECONDS.sleep(2);
                Bench.say(
                        "memory, " + READERS + " readers", "JVM resident %.0f MiB", Machine.residentMiB(server.pid()));
                // The position after going live: each change below is exactly one patch.
                long seq = firstSeq(organizer, readers);
                rounds(organizer, readers, seq, ROUNDS / 4, null);
                seq += ROUNDS / 4;
                var measured = new Measured();
                double other = Machine.busySeconds(), mine = own(server), begun = System.nanoTime();
                rounds(organizer, readers, seq, ROUNDS, measured);
                double wall = (System.nanoTime() - begun) / 1e9;
                other = ((Machine.busySeconds() - other) - (own(server) - mine)) / wall;
                if (other > OTHER_LOAD)
                    System.out.printf(Locale.ROOT, "fan-out skipped: other load of %.2f core%n", other);
                else measured.print(READERS, ROUNDS, readers.gaps());
            }
        }
    }

    private static double own(Server server) {
        return Machine.seconds(server.pid())
                + Machine.seconds(ProcessHandle.current().pid());
    }

    private static long firstSeq(Organizer organizer, Readers readers) throws Exception {
        organizer.change(0);
        return readers.newest() + 1;
    }

    private static void rounds(Organizer organizer, Readers readers, long seq, int rounds, Measured measured)
            throws Exception {
        for (int i = 0; i < rounds; i++) {
            var times = organizer.change((int) seq + i);
            var at = readers.arrivals(seq + i);
            if (measured != null) measured.add(times[0], times[1], at);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Every reader's delay of every round. */
    private static final class Measured {
        private final List<long[]> answered = new ArrayList<>();
        private final List<long[]> sent = new ArrayList<>();
        private int lost;

        void add(long sentAt, long answeredAt, long[] arrivals) {
            if (arrivals == null) {
                lost++;
                return;
            }
            sent.add(Arrays.stream(arrivals).map(at -> at - sentAt).toArray());
            answered.add(Arrays.stream(arrivals)
                    .map(at -> Math.max(0, at - answeredAt))
                    .toArray());
        }

        void print(int readers, int rounds, int gaps) {
            Bench.say(
                    "command answered -> patch received, " + readers + " readers, " + rounds + " changes",
                    "p50 %.1f ms, p99 %.1f ms, last %.1f ms",
                    at(answered, 0.5),
                    at(answered, 0.99),
                    at(answered, 1));
            Bench.say(
                    "command sent -> patch received (HTTP, journal, fsync, bell, sockets)",
                    "p50 %.1f ms, p99 %.1f ms, last %.1f ms",
                    at(sent, 0.5),
                    at(sent, 0.99),
                    at(sent, 1));
            Bench.say("lost or out of order", "%d changes not with every reader, %d gaps", lost, gaps);
        }

        private static double at(List<long[]> rounds, double part) {
            var all = rounds.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return all.length == 0
                    ? Double.NaN
                    : all[(int) Math.min(all.length - 1, Math.floor(all.length * part))] / 1e6;
        }
    }
}

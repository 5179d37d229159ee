package vn.giaoban.bench.contest;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Machine;
import vn.giaoban.bench.peer.Peer;

/** One peer under the generator: what a load costs it, and what its readers see. */
final class Visit {
    private static final double OTHER_LOAD = 0.3;

    private final Peer peer;
    private final Generator generator;
    private final Figures figures;
    private double idle;

    /** Publishes; the number of the last message. */
    interface Load {
        long run() throws IOException;
    }

    Visit(Peer peer, Generator generator, Figures figures) {
        this.peer = peer;
        this.generator = generator;
        this.figures = figures;
    }

    void measure(String load, Load publishing) throws Exception {
        generator.begin();
        var inside = peer.inside();
        var profile =
                Profile.wanted() && !inside.isEmpty() ? Profile.start(peer.pid(), peer.name() + " " + load) : null;
        double busy = Machine.busySeconds();
        var cpu = Machine.cpu(peer.pid());
        double client = Machine.seconds(generator.pid());
        double mine = Machine.seconds(ProcessHandle.current().pid());
        long begun = System.nanoTime();
        long upTo = publishing.run();
        double wall = (System.nanoTime() - begun) / 1e9;
        cpu = Machine.cpu(peer.pid()).minus(cpu);
        client = Machine.seconds(generator.pid()) - client;
        mine = Machine.seconds(ProcessHandle.current().pid()) - mine;
        double other = (Machine.busySeconds() - busy - cpu.sum() - client - mine) / wall;
        var insideAfter = peer.inside();
        if (profile != null) profile.print();
        var score = generator.score(upTo);
        if (other > OTHER_LOAD) {
            Bench.say(
                    peer.name() + ", " + load,
                    "%s, other load of %.2f core",
                    Bench.anyway() ? "disturbed" : "skipped",
                    other);
            if (!Bench.anyway()) return;
        }
        note(load, score, cpu, client, wall);
        inside(load, inside, insideAfter, score.count("deliveries"));
    }

    private void note(String load, Generator.Answer score, Machine.Cpu cpu, double client, double wall) {
        double millions = score.count("deliveries") / 1e6;
        add(load, "CPU, s per million", cpu.sum() / millions);
        add(load, "  without what being there costs", (cpu.sum() - idle * wall) / millions);
        add(load, "  user", cpu.user() / millions);
        add(load, "  system", cpu.system() / millions);
        add(load, "clients' CPU, s per million", client / millions);
        add(load, "deliveries a second", score.count("deliveries") / wall);
        for (var figure : new String[] {"p50", "p99", "p999"}) add(load, figure + ", ms", score.figure(figure));
        add(load, "last reader, median, ms", score.figure("last50"));
        add(load, "last reader, p99, ms", score.figure("last99"));
        add(load, "lost", (double) score.count("lost"));
        add(load, "repeated", (double) score.count("repeated"));
        add(load, "out of order", (double) score.count("disordered"));
    }

    private void inside(String load, Map<String, Double> before, Map<String, Double> after, long deliveries) {
        if (before.isEmpty()) return;
        add(load, "loops, user, s per million", (after.get("user") - before.get("user")) / deliveries * 1e6);
        add(load, "loops, bytes allocated a delivery", (after.get("bytes") - before.get("bytes")) / deliveries);
    }

    void add(String load, String figure, double value) {
        figures.add(peer.name(), load + ": " + figure, value);
    }

    /** Before a figure counts, everything has run hot. */
    void warm(double perSecond, boolean first) throws IOException {
        generator.begin();
        generator.rate(perSecond, 1, 1);
        generator.saturate(16, first ? 2 : 1);
    }

    /** What it costs to be there with these readers, without a message. */
    void idle() throws InterruptedException {
        double cpu = Machine.seconds(peer.pid());
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(2);
        idle = (Machine.seconds(peer.pid()) - cpu) / ((System.nanoTime() - begun) / 1e9);
        add("idle", "server CPU, ms a second", idle * 1e3);
    }
}

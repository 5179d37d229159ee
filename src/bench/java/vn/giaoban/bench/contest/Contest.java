package vn.giaoban.bench.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Machine;
import vn.giaoban.bench.load.Kind;
import vn.giaoban.bench.peer.Giaoban;
import vn.giaoban.bench.peer.Nchan;
import vn.giaoban.bench.peer.Peer;
import vn.giaoban.bench.peer.SocketIo;

/**
 * Giao Ban beside nchan and Socket.IO under the same readers and the same messages, in turns, so that what the machine
 * does meanwhile meets all of them; what the ratios need is measured three times, the rest once.
 */
public final class Contest implements AutoCloseable {
    private static final int AT_ONCE = 128;
    private static final String OURS = "Giao Ban";

    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<Peer> often = new ArrayList<>();
    private final List<Peer> once = new ArrayList<>();
    private final List<Peer> warmed = new ArrayList<>();
    private final Generator generator = new Generator();
    private final int rounds = Integer.getInteger("rounds", Bench.quick() ? 1 : 3);

    /** What happens to a peer once its readers are there and warm. */
    private interface Turn {
        void on(Visit visit) throws Exception;
    }

    private Contest() throws Exception {
        var ours = started(new Giaoban(Map.of(), List.of()));
        var plain = started(new Giaoban(Map.of("GIAOBAN_LIVE_PATH", "plain"), List.of()));
        if (Nchan.installed()) {
            var nchan = started(new Nchan());
            often.add(nchan.read("nchan", Kind.NCHAN_WS)); // first, while ours waits for the heads to be quiet
            once.add(nchan.read("nchan SSE", Kind.NCHAN_SSE));
        } else System.out.println("nchan: not measured, Debian's libnginx-mod-nchan is not installed");
        often.add(ours.read(OURS, Kind.GIAOBAN_WS));
        once.add(ours.read("Giao Ban SSE", Kind.GIAOBAN_SSE));
        once.add(plain.read("Giao Ban plain", Kind.GIAOBAN_WS));
        if (SocketIo.installed()) once.add(started(new SocketIo()));
        else System.out.println("Socket.IO: not measured, npm could not install it");
    }

    private <T extends AutoCloseable> T started(T server) {
        servers.add(server);
        return server;
    }

    /** 10,000 readers: a steady rate, and five messages at once. */
    public static void fanOut() throws Exception {
        int readers = Integer.getInteger("readers", Bench.quick() ? 1_000 : 10_000);
        double seconds = Bench.quick() ? 2 : 5;
        try (var contest = new Contest()) {
            contest.run(readers, 4, visit -> {
                visit.measure("4 a second", () -> contest.generator.rate(4, 1, seconds));
                visit.measure("five at once", () -> contest.generator.rate(1, 5, seconds));
            });
        }
    }

    /** 2,000 readers: a fast stream, and as much as they can take. */
    public static void saturated() throws Exception {
        int readers = Integer.getInteger("readers", Bench.quick() ? 500 : 2_000);
        double seconds = Bench.quick() ? 2 : 5;
        try (var contest = new Contest()) {
            contest.run(readers, 20, visit -> {
                visit.measure("20 a second", () -> contest.generator.rate(20, 1, seconds));
                visit.measure("saturated", () -> contest.generator.saturate(16, seconds));
            });
        }
    }

    private void run(int readers, double warmingRate, Turn turn) throws Exception {
        var figures = new Figures(OURS);
        for (int round = 0; round < rounds; round++) {
            for (var peer : often) visit(peer, readers, warmingRate, figures, turn);
            if (round == 0) for (var peer : once) visit(peer, readers, warmingRate, figures, turn);
        }
        figures.print(
                String.format(
                        Locale.ROOT, "%,d readers, patches of 300 bytes; in brackets: Giao Ban by this peer", readers),
                true);
    }

    private void visit(Peer peer, int readers, double warmingRate, Figures figures, Turn turn) throws Exception {
        var visit = new Visit(peer, generator, figures);
        peer.aim(generator);
        double cpu = Machine.seconds(peer.pid());
        var opened = generator.connect(readers, AT_ONCE);
        visit.add("connecting", "readers a second, the first 90 %", readers * 0.9 / opened.figure("most"));
        visit.add("connecting", "readers told to come later", opened.figure("refused"));
        visit.add("connecting", "server CPU, ms each", (Machine.seconds(peer.pid()) - cpu) / readers * 1e3);
        peer.publish(generator);
        boolean first = !warmed.contains(peer);
        if (first) warmed.add(peer);
        visit.warm(warmingRate, first);
        visit.idle();
        turn.on(visit);
        generator.ask("close");
        TimeUnit.SECONDS.sleep(1); // the server notices that they are gone
    }

    @Override
    public void close() throws Exception {
        generator.close();
        for (var server : servers.reversed()) server.close();
    }
}

package vn.giaoban.bench.contest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.load.Kind;
import vn.giaoban.bench.peer.Giaoban;
import vn.giaoban.bench.peer.Nchan;
import vn.giaoban.bench.peer.Peer;
import vn.giaoban.bench.peer.SocketIo;

/** What a reader costs in memory while nothing happens: a server that has seen readers before, then with all of them. */
public final class Memory {
    private static final int READERS = Integer.getInteger("readers", Bench.quick() ? 2_000 : 10_000);

    /** A heap that is given back: else what was garbage before would hide what is in use now. */
    private static final List<String> TIGHT = List.of("-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");

    private final Figures figures = new Figures();
    private final Generator generator;

    private Memory(Generator generator) {
        this.generator = generator;
    }

    public static void run() throws Exception {
        try (var generator = new Generator()) {
            var memory = new Memory(generator);
            try (var ours = new Giaoban(Map.of(), TIGHT)) {
                memory.of(ours.read("Giao Ban", Kind.GIAOBAN_WS));
            }
            if (Nchan.installed())
                try (var nchan = new Nchan()) {
                    memory.of(nchan.read("nchan", Kind.NCHAN_WS));
                }
            try (var ours = new Giaoban(Map.of(), TIGHT)) {
                memory.of(ours.read("Giao Ban SSE", Kind.GIAOBAN_SSE));
            }
            if (SocketIo.installed())
                try (var socketIo = new SocketIo()) {
                    memory.of(socketIo);
                }
            try (var ours = new Giaoban(Map.of("GIAOBAN_LIVE_PATH", "plain"), TIGHT)) {
                memory.of(ours.read("Giao Ban plain", Kind.GIAOBAN_WS));
            }
            memory.figures.print(
                    String.format(
                            Locale.ROOT,
                            "Memory, %,d idle readers; proportional, after garbage was collected",
                            READERS),
                    true);
        }
    }

    private void of(Peer peer) throws Exception {
        connect(peer, READERS / 2);
        generator.ask("close");
        double before = settled(peer);
        connect(peer, READERS);
        double after = settled(peer);
        generator.ask("close");
        figures.add(peer.name(), "before, MiB", before);
        figures.add(peer.name(), "with readers, MiB", after);
        figures.add(peer.name(), "KB a reader", (after - before) * 1_024 / READERS);
    }

    private void connect(Peer peer, int readers) throws Exception {
        peer.aim(generator);
        generator.connect(readers, 128);
    }

    private static double settled(Peer peer) throws Exception {
        TimeUnit.SECONDS.sleep(2);
        peer.collectGarbage();
        TimeUnit.MILLISECONDS.sleep(500);
        return peer.memoryMiB();
    }
}

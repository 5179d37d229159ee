package vn.giaoban.bench.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Organizer;
import vn.giaoban.bench.Server;
import vn.giaoban.bench.load.Kind;
import vn.giaoban.bench.load.Sockets;
import vn.giaoban.bench.load.Target;

/** Three other live briefings on the same node, each with a few readers and a change a second. */
final class Beside implements AutoCloseable {
    private static final int BRIEFINGS = 3;
    private static final int READERS = 20;

    private final List<Sockets> sockets = new ArrayList<>();
    private final List<Thread> organizers = new ArrayList<>();
    private volatile boolean over;
    private volatile Exception failure;

    Beside(Server server) throws Exception {
        for (int i = 0; i < BRIEFINGS; i++) {
            var organizer = new Organizer(server.port, server.firstPassword());
            organizer.goLive(i + 1);
            var readers =
                    new Sockets(new Target(Kind.GIAOBAN_WS, server.port, "/live/briefing/" + organizer.briefing), 1);
            readers.add(READERS);
            readers.connect(READERS, 30);
            sockets.add(readers);
            organizers.add(Thread.ofPlatform().name("beside-" + i).start(() -> changes(organizer)));
        }
    }

    private void changes(Organizer organizer) {
        try {
            for (int i = 0; !over; i++) {
                organizer.change(i);
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failure = e;
        }
    }

    @Override
    public void close() throws Exception {
        over = true;
        for (var organizer : organizers) organizer.join();
        for (var readers : sockets) readers.close();
        if (failure != null) throw failure;
    }
}

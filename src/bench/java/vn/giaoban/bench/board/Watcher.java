package vn.giaoban.bench.board;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import vn.giaoban.bench.client.ClientFrame;
import vn.giaoban.bench.client.RawSocket;
import vn.giaoban.bench.client.Times;
import vn.giaoban.db.Json;

/** One open board: when each site's change arrives there. */
final class Watcher implements AutoCloseable {
    private static final int QUIET_MS = 30_000;

    /** A change that is on its way: which states end it, since when, and whose it is. */
    private record Awaited(Set<String> states, long begun, Times times) {}

    private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final RawSocket socket;
    private volatile long snapshotBytes;

    Watcher(int port, String briefing, String token) throws IOException {
        socket = new RawSocket(
                        "127.0.0.1",
                        0,
                        port,
                        "/live/briefing/" + briefing + "?audience=staff",
                        "Authorization: Bearer " + token)
                .patient(QUIET_MS);
        Thread.ofPlatform().daemon().name("board").start(this::read);
    }

    void await(String site, Times times, String... until) {
        awaited.put(site, new Awaited(Set.of(until), System.nanoTime(), times));
    }

    int open() {
        return awaited.size();
    }

    long in(String state) {
        return states.values().stream().filter(state::equals).count();
    }

    long snapshotBytes() {
        return snapshotBytes;
    }

    private void read() {
        try {
            for (var frame = socket.frame(); frame != null; frame = socket.frame()) {
                if (frame.opcode() == ClientFrame.PING)
                    socket.send(ClientFrame.of(ClientFrame.PONG, frame.payload())
                            .bytes(java.util.concurrent.ThreadLocalRandom.current()));
                else if (frame.opcode() == ClientFrame.TEXT) take(Json.read(frame.payload()), frame.payload().length);
            }
        } catch (SocketTimeoutException silent) {
            System.err.println("the board has heard nothing for " + QUIET_MS + " ms");
        } catch (IOException | Json.Malformed e) {
            // Closed at the end.
        }
    }

    private void take(Map<String, Object> frame, int bytes) {
        boolean whole = "snapshot".equals(frame.get("type"));
        if (whole) snapshotBytes = bytes;
        if (!((whole ? frame.get("view") : frame.get("patch")) instanceof Map<?, ?> view)) return;
        if (!(view.get("endpoints") instanceof Map<?, ?> sites)) return;
        long now = System.nanoTime();
        sites.forEach((site, picture) -> {
            if (!(picture instanceof Map<?, ?> facts) || !(facts.get("state") instanceof String state)) return;
            states.put((String) site, state);
            var change = awaited.get(site);
            if (change == null || !change.states().contains(state)) return;
            awaited.remove(site);
            change.times().add((now - change.begun()) / 1e6);
        });
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

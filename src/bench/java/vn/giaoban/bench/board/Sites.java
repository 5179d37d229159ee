package vn.giaoban.bench.board;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.giaoban.bench.client.ClientFrame;
import vn.giaoban.bench.client.RawSocket;

/** The pages of all sites: a socket each, which follows its own stream and answers pings, until it is cut. */
final class Sites implements AutoCloseable {
    private static final int QUIET_MS = 30_000;

    private final Map<String, RawSocket> sockets = new ConcurrentHashMap<>();
    private final int port;
    private final Hub hub;

    Sites(int port, Hub hub) {
        this.port = port;
        this.hub = hub;
    }

    void connect(String site) throws IOException {
        // Loopback has many addresses: one alone has too few ports for all.
        var from = "127.0.1." + (1 + Math.floorMod(site.hashCode(), 20));
        var socket = new RawSocket(from, 0, port, "/live/endpoint/" + site, "Authorization: Bearer " + hub.token(site))
                .patient(QUIET_MS);
        sockets.put(site, socket);
        Thread.startVirtualThread(() -> answer(socket));
    }

    private static void answer(RawSocket socket) {
        try {
            for (var frame = socket.frame(); frame != null; frame = socket.frame())
                if (frame.opcode() == ClientFrame.PING)
                    socket.send(ClientFrame.of(ClientFrame.PONG, frame.payload())
                            .bytes(java.util.concurrent.ThreadLocalRandom.current()));
        } catch (SocketTimeoutException silent) {
            // A server that pings no more is found by what the board shows.
        } catch (IOException cut) {
            // By us.
        }
    }

    void cut(String site) throws IOException {
        sockets.remove(site).cut();
    }

    int connected() {
        return sockets.size();
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets.values()) socket.close();
    }
}

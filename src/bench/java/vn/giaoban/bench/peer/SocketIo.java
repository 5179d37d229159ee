package vn.giaoban.bench.peer;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Server;
import vn.giaoban.bench.load.Kind;

/** A Socket.IO server on Node, WebSocket alone. */
public final class SocketIo implements Peer, AutoCloseable {
    private static final Path HOME = Path.of("src/bench/peers");

    private final Process process;
    private final int port;

    public static boolean installed() {
        return Files.exists(HOME.resolve("node_modules/socket.io"));
    }

    public SocketIo() throws IOException, InterruptedException {
        port = Server.freePort();
        process = new ProcessBuilder(
                        "node", "--expose-gc", HOME.resolve("socket-io.js").toString(), String.valueOf(port))
                .inheritIO()
                .start();
        Listening.await(process, port);
    }

    @Override
    public String name() {
        return "Socket.IO";
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void aim(Generator generator) throws IOException {
        generator.target(Kind.SOCKET_IO, port, "/socket.io/?EIO=4&transport=websocket");
    }

    @Override
    public void publish(Generator generator) throws IOException {
        generator.publish(port, "/publish", false);
    }

    @Override
    public void collectGarbage() throws IOException {
        var call = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/gc").toURL().openConnection();
        call.setRequestMethod("POST");
        if (call.getResponseCode() != 204) throw new IOException("/gc: " + call.getResponseCode());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
    }
}

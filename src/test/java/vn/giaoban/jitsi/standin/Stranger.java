package vn.giaoban.jitsi.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/** A server where one of Jitsi's should be: says what that one would, or does one of the things that servers do. */
public final class Stranger implements AutoCloseable {
    /** What it does with whoever asks. */
    public enum Manner {
        WELL,
        SICK,
        /** Takes the question and says nothing. */
        MUTE,
        /** One byte a second. */
        DRIBBLE,
        ENDLESS,
        GZIP_BOMB,
        HTML,
        EMPTY_OBJECT,
        /** Sends to another port of this machine. */
        ELSEWHERE,
        HANGS_UP,
        NO_HTTP
    }

    private static final byte[] BOMB = bomb();

    private final ServerSocket server;
    private final Map<String, String> answers;
    private final String elsewhere;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.WELL;

    /** {@code answers}: what is said where all is well: path and body, JSON where it begins with a brace. */
    public Stranger(Map<String, String> answers, String elsewhere) {
        this.answers = answers;
        this.elsewhere = elsewhere;
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("stranger").start(this::listen);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public void is(Manner now) {
        manner = now;
    }

    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void listen() {
        while (!server.isClosed())
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(30_000);
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = socket.getInputStream().read();
                if (b < 0) return;
                head.append((char) b);
            }
            var path = head.toString().split(" ")[1].split("\\?")[0];
            asked.add(path);
            answer(socket, socket.getOutputStream(), path);
        } catch (IOException | InterruptedException gone) {
            // Whoever asked had enough.
        }
    }

    private void answer(Socket socket, OutputStream out, String path) throws IOException, InterruptedException {
        switch (manner) {
            case WELL -> say(out, 200, answers.getOrDefault(path, ""), null);
            case SICK -> say(out, 500, "", null);
            case MUTE -> socket.getInputStream().read();
            case DRIBBLE -> {
                var all = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{"
                        .getBytes(StandardCharsets.UTF_8);
                for (var b : all) {
                    out.write(b);
                    out.flush();
                    Thread.sleep(1_000);
                }
            }
            case ENDLESS -> {
                out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":\""
                        .getBytes(StandardCharsets.UTF_8));
                var block = "x".repeat(65_536).getBytes(StandardCharsets.UTF_8);
                for (long i = 0; i < 160_000; i++) out.write(block); // ten gigabytes
            }
            case GZIP_BOMB -> {
                var first =
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                                + BOMB.length + "\r\n\r\n";
                out.write(first.getBytes(StandardCharsets.UTF_8));
                out.write(BOMB);
            }
            case HTML -> say(out, 200, "<html><body>Welcome to nginx!</body></html>", "text/html");
            case EMPTY_OBJECT -> say(out, 200, "{}", "application/json");
            case ELSEWHERE ->
                out.write(("HTTP/1.1 302 Found\r\nLocation: " + elsewhere + path + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
            case HANGS_UP -> socket.close();
            case NO_HTTP -> out.write("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void say(OutputStream out, int status, String body, String type) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var kind = type != null ? type : body.startsWith("{") ? "application/json" : "text/plain";
        out.write(("HTTP/1.1 " + status + " -\r\nContent-Type: " + kind + "\r\nContent-Length: " + bytes.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
    }

    private static byte[] bomb() {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            var block = new byte[1_048_576];
            for (int i = 0; i < 60; i++) gzip.write(block);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

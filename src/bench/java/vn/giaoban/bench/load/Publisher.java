package vn.giaoban.bench.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Publishes numbered patches of 300 bytes, marked with the moment of sending, by POST on one connection that stays
 * open. Answers are read beside: several requests may be under way, as a publisher in a hurry would have it.
 */
public final class Publisher implements AutoCloseable {
    private static final int PATCH_BYTES = 300;
    private static final String FILLING = "x".repeat(PATCH_BYTES);

    private final Socket socket;
    private final String head;
    private final boolean patchOnly;
    private final Thread reader;
    private volatile long answered;
    private volatile String failure;
    private long sent;

    /** {@code patchOnly}: the server makes the frame itself, as Giao Ban does; else it gets the same frame whole. */
    public Publisher(int port, String path, boolean patchOnly) throws IOException {
        this.patchOnly = patchOnly;
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
        reader = Thread.ofPlatform().daemon().name("answers").start(this::read);
    }

    /** These numbers, back to back in one write. */
    public void publish(long from, int many) throws IOException {
        if (failure != null) throw new IOException(failure);
        var requests = new StringBuilder();
        for (long seq = from; seq < from + many; seq++) {
            var body = text(seq);
            requests.append(head).append(body.length()).append("\r\n\r\n").append(body);
        }
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
        sent += many;
    }

    /** All requests have had their answer. */
    public boolean settled() {
        return answered == sent;
    }

    private String text(long seq) {
        var start = "{\"m\":\"~" + System.nanoTime() + "~";
        var patch = start + FILLING.substring(0, PATCH_BYTES - start.length() - 2) + "\"}";
        if (patchOnly) return patch;
        return "{\"type\":\"patch\",\"stream\":\"briefing/00000000-0000-0000-0000-000000000000\",\"epoch\":\"bnch\",\"seq\":"
                + seq + ",\"at\":\"" + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\",\"patch\":" + patch + "}";
    }

    private void read() {
        try (var in = new BufferedInputStream(socket.getInputStream())) {
            while (true) {
                var status = line(in);
                if (status == null) return;
                int length = 0;
                for (var line = line(in); line != null && !line.isEmpty(); line = line(in))
                    if (line.regionMatches(true, 0, "content-length:", 0, 15))
                        length = Integer.parseInt(line.substring(15).strip());
                in.skipNBytes(length);
                if (!status.startsWith("HTTP/1.1 2")) failure = status;
                answered++;
            }
        } catch (IOException e) {
            if (!socket.isClosed()) failure = e.toString();
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) return null;
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            reader.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

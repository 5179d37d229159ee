package vn.giaoban.bench.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;

/**
 * Publishes numbered patches of 300 bytes, marked with the moment when they were due, by POST on one connection that stays
 * open: each as soon as the one before is answered, as every client of HTTP does that wants its order kept; with
 * {@code -Dpipelined} without waiting for answers, as hardly one does.
 */
public final class Publisher implements AutoCloseable {
    private static final int PATCH_BYTES = 300;
    private static final String FILLING = "x".repeat(PATCH_BYTES);

    private static final boolean PIPELINED = Boolean.getBoolean("pipelined");

    private final Socket socket;
    private final String head;
    private final boolean patchOnly;
    private final Thread reader;
    private final Semaphore answers = new Semaphore(0);
    private volatile String failure;

    /** {@code patchOnly}: the server makes the frame itself, as Giao Ban does; else it gets the same frame whole. */
    public Publisher(int port, String path, boolean patchOnly) throws IOException {
        this.patchOnly = patchOnly;
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
        reader = Thread.ofPlatform().daemon().name("answers").start(this::read);
    }

    public void publish(long from, int many) throws IOException {
        publish(from, many, System.nanoTime());
    }

    /** These numbers, one right after the other; marked with when they were due, not with when the server let us. */
    public void publish(long from, int many, long due) throws IOException {
        if (PIPELINED) write(from, many, due);
        else
            for (long seq = from; seq < from + many; seq++) {
                write(seq, 1, due);
                answers.acquireUninterruptibly();
            }
    }

    private void write(long from, int many, long due) throws IOException {
        if (failure != null) throw new IOException(failure);
        var requests = new StringBuilder();
        for (long seq = from; seq < from + many; seq++) {
            var body = text(seq, due);
            requests.append(head).append(body.length()).append("\r\n\r\n").append(body);
        }
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private String text(long seq, long due) {
        var start = "{\"m\":\"~" + due + "~";
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
                answers.release();
            }
        } catch (IOException e) {
            if (!socket.isClosed()) failure = e.toString();
        } finally {
            answers.release(1 << 20); // nobody waits for what will not come
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

package vn.giaoban.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
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
    private final String request;
    private final String headers;
    private final boolean patchOnly;
    private final Thread reader;
    private final Semaphore answers = new Semaphore(0);
    private volatile String failure;

    /** {@code patchOnly}: the server makes the frame itself, as Giao Ban does; else it gets the same frame whole. */
    public Publisher(int port, String path, boolean patchOnly) throws IOException {
        this.patchOnly = patchOnly;
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        request = "POST " + path + " HTTP/1.1";
        headers = "Host: 127.0.0.1:" + port + "\r\nContent-Type: application/json\r\n";
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
        var requests = new ByteArrayOutputStream();
        for (long seq = from; seq < from + many; seq++) requests.write(Http.message(request, headers, text(seq, due)));
        socket.getOutputStream().write(requests.toByteArray());
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
            for (var answer = Http.read(in); answer != null; answer = Http.read(in)) {
                if (!answer.first().startsWith("HTTP/1.1 2")) failure = answer.first();
                answers.release();
            }
        } catch (IOException e) {
            if (!socket.isClosed()) failure = e.toString();
        } finally {
            answers.release(1 << 20); // nobody waits for what will not come
        }
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

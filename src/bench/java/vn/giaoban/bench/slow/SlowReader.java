package vn.giaoban.bench.slow;

import java.io.IOException;
import java.util.Random;
import vn.giaoban.bench.client.ClientFrame;
import vn.giaoban.bench.client.Picture;
import vn.giaoban.bench.client.RawSocket;
import vn.giaoban.bench.client.ServerFrame;
import vn.giaoban.db.Json;

/** A reader on a line of a hundred bytes a second, who keeps the reader's rule with what does come through. */
final class SlowReader implements AutoCloseable {
    /** What the client's kernel takes beside; the rest stays with the server's. */
    private static final int RECEIVE_BUFFER = 4_096;

    private static final int BYTES_PER_SECOND = 100;
    private static final int PATIENCE_MS = 60_000;

    private final RawSocket socket;
    private final Picture picture = new Picture();
    private int snapshots;
    private int closeCode;
    private String wrong;
    private boolean over;

    SlowReader(int port, String stream) throws IOException {
        socket = new RawSocket("127.0.0.1", RECEIVE_BUFFER, port, "/live/" + stream).patient(PATIENCE_MS);
        socket.slow(BYTES_PER_SECOND);
        Thread.startVirtualThread(this::read);
    }

    private void read() {
        try {
            for (var frame = socket.frame(); frame != null; frame = socket.frame()) hear(frame);
        } catch (IOException | RuntimeException e) {
            wrong(e.toString());
        } finally {
            ended();
        }
    }

    private synchronized void hear(ServerFrame frame) throws IOException {
        if (frame.opcode() == ClientFrame.PING)
            socket.send(ClientFrame.of(ClientFrame.PONG, frame.payload()).bytes(new Random(1)));
        else if (frame.opcode() == ClientFrame.CLOSE) closeCode = frame.closeCode();
        else
            switch (picture.hear(Json.parse(frame.text()))) {
                case REPLACED -> snapshots++;
                case OLDER, MISSING -> wrong("not the next: " + frame.text());
                default -> {}
            }
    }

    private synchronized void ended() {
        over = true;
    }

    private synchronized void wrong(String what) {
        if (wrong == null) wrong = what;
    }

    /** The line is good again. */
    void hurry() {
        socket.slow(0);
    }

    int localPort() {
        return socket.localPort();
    }

    synchronized boolean over() {
        return over;
    }

    synchronized boolean at(long seq, String text) {
        return picture.seq() == seq && picture.text().equals(text);
    }

    synchronized long seq() {
        return picture.seq();
    }

    synchronized int snapshots() {
        return snapshots;
    }

    synchronized int closeCode() {
        return closeCode;
    }

    synchronized String wrong() {
        return wrong;
    }

    @Override
    public void close() throws IOException {
        socket.cut();
    }
}

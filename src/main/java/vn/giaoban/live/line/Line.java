package vn.giaoban.live.line;

import io.vertx.core.Context;

/** One connection to a reader; used on its own event loop only. */
public interface Line {
    /** What is heard of the other end, on the line's event loop. */
    interface Listener {
        /** A text message came. */
        void said(String text);

        /** What waited has left: there is room again. */
        void drained();

        /** The connection is gone, whoever ended it. */
        void closed();
    }

    /** Stable name of this connection, for presence. */
    String id();

    Context context();

    Encoding encoding();

    /** Encoding and way, for the meters. */
    String kind();

    void send(Frame frame);

    /** Whether more than the agreed bytes wait to leave: then nothing more is handed over until it drains. */
    boolean full();

    /** Asks whether the other end is there; answers by itself through {@link #heardAt}. */
    void ping();

    /** When something was last heard of the other end, in ms of the monotonic clock. */
    long heardAt();

    /** Says goodbye, behind what waits where the line is full, and closes. */
    void close(int code, String reason, long retryAfterMs);

    /**
     * Sends what comes after this position, as far as the line takes it. Returns how far that was; null where the log
     * no longer has the next frame.
     */
    default Position take(FrameLog log, Position after) {
        while (!full() && !log.endsAt(after)) {
            var next = log.next(after);
            if (next == null) return null;
            send(next);
            after = next.position();
        }
        return after;
    }

    static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}

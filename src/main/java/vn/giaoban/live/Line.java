package vn.giaoban.live;

import io.netty.channel.Channel;
import io.vertx.core.Context;

/** One connection to a reader, WebSocket or SSE; used on its own event loop only. */
interface Line {
    /** Stable name of this connection, for presence. */
    String id();

    Context context();

    void send(Frame frame);

    /** Whether more than the agreed bytes wait to leave: then nothing more is handed over until it drains. */
    boolean full();

    /** Asks whether the other end is there; answers by itself through {@link #heardAt}. */
    void ping();

    /** When something was last heard of the other end, in ms of the monotonic clock. */
    long heardAt();

    /** Says goodbye and closes; a line that is full is cut. */
    void close(int code, String reason, long retryAfterMs);

    /** Closes at once: asked at the end of the pipeline, Vert.x would first send what nobody reads. */
    static void cut(Channel channel) {
        channel.pipeline().firstContext().close();
    }
}

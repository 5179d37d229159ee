package vn.giaoban.live.line;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/** Server-Sent Events as one of the many answers on an HTTP/2 connection. */
public final class SseLine implements Line {
    private final HttpServerResponse response;
    private final Channel channel;
    private final Context context;
    private final String id;

    public SseLine(HttpServerResponse response, Channel channel, Context context, int maxBufferedBytes, String id) {
        this.response = response;
        this.channel = channel;
        this.context = context;
        this.id = id;
        response.setWriteQueueMaxSize(maxBufferedBytes);
    }

    public void listener(Listener listener) {
        response.drainHandler(v -> listener.drained());
        response.exceptionHandler(e -> {});
        response.closeHandler(v -> listener.closed());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public Encoding encoding() {
        return Encoding.SSE;
    }

    @Override
    public String kind() {
        return "sse-http2";
    }

    @Override
    public void send(Frame frame) {
        if (!response.ended() && !response.closed()) response.write(BufferInternal.buffer(frame.event()));
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    /** A comment: proxies keep the line open, and a dead one shows as a write that fails. */
    @Override
    public void ping() {
        if (!response.ended() && !response.closed() && !full()) response.write(":\n\n");
    }

    @Override
    public long heardAt() {
        return Line.nowMs();
    }

    @Override
    public void close(int code, String reason, long retryAfterMs) {
        if (response.ended() || response.closed()) return;
        if (retryAfterMs > 0 && !full()) response.write(Buffer.buffer("retry: " + retryAfterMs + "\n\n"));
        // An end would wait behind everything that the other end does not read.
        if (full()) Sockets.cut(channel);
        else response.end();
    }
}

package vn.giaoban.live;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.core.internal.buffer.BufferInternal;

/** A WebSocket reader. The only class that reaches behind Vert.x's public face: for frames shared by all sockets. */
final class WsLine implements Line {
    private static final Buffer NOTHING = Buffer.buffer();

    private final ServerWebSocket socket;
    private final Channel channel;
    private final Context context;
    private final String id;
    private long heardAt = System.nanoTime() / 1_000_000;

    /** {@code channel}: what the socket stands on, to cut it; the socket itself is wrapped and does not tell. */
    WsLine(ServerWebSocket socket, Channel channel, Context context, int maxBufferedBytes, String id) {
        this.socket = socket;
        this.channel = channel;
        this.context = context;
        this.id = id;
        socket.setWriteQueueMaxSize(maxBufferedBytes);
        socket.pongHandler(pong -> heard());
    }

    void heard() {
        heardAt = System.nanoTime() / 1_000_000;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Context context() {
        return context;
    }

    /** The public way would copy the text and encode it anew for every socket. */
    @Override
    public void send(Frame frame) {
        if (socket.isClosed()) return;
        var shared = Unpooled.unreleasableBuffer(
                ((BufferInternal) frame.text).getByteBuf().duplicate());
        socket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, shared, true));
    }

    @Override
    public boolean full() {
        return socket.writeQueueFull();
    }

    @Override
    public void ping() {
        if (!socket.isClosed() && !full()) socket.writePing(NOTHING);
    }

    @Override
    public long heardAt() {
        return heardAt;
    }

    @Override
    public void close(int code, String reason, long retryAfterMs) {
        if (socket.isClosed()) return;
        // A close frame would wait behind everything that the other end does not read.
        if (full()) Line.cut(channel);
        else socket.close((short) code, reason);
    }
}

package vn.giaoban.live.line;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;

/** A WebSocket on Vert.x's own: the plain path, for TLS in the process and where there is no epoll. */
public final class WsLine implements Line {
    private static final Buffer NOTHING = Buffer.buffer();

    private final ServerWebSocket socket;
    private final Channel channel;
    private final Context context;
    private final String id;
    private long heardAt = Line.nowMs();

    /** {@code channel}: what the socket stands on, to cut it; the socket itself is wrapped and does not tell. */
    public WsLine(ServerWebSocket socket, Channel channel, Context context, int maxBufferedBytes, String id) {
        this.socket = socket;
        this.channel = channel;
        this.context = context;
        this.id = id;
        socket.setWriteQueueMaxSize(maxBufferedBytes);
        socket.pongHandler(pong -> heardAt = Line.nowMs());
    }

    public void listener(Listener listener) {
        socket.textMessageHandler(text -> {
            heardAt = Line.nowMs();
            listener.said(text);
        });
        socket.binaryMessageHandler(bytes -> close(4400, "text only", 0));
        socket.drainHandler(v -> {
            heardAt = Line.nowMs(); // whoever reads on is there, even where our pings wait behind what he reads
            listener.drained();
        });
        socket.exceptionHandler(e -> {});
        socket.closeHandler(v -> listener.closed());
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
        return Encoding.WS;
    }

    /** The public way would copy the text and encode it anew for every socket. */
    @Override
    public void send(Frame frame) {
        if (socket.isClosed()) return;
        socket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, frame.text(), true));
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
        if (full()) Sockets.cut(channel);
        else socket.close((short) code, reason);
    }
}

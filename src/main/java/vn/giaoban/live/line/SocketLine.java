package vn.giaoban.live.line;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * A connection that Vert.x has let go of: one object, whose bytes go from the desk to the kernel by one call. What the
 * kernel does not take at once waits here as a piece of a shared frame and goes through Netty, which tells when there is
 * room again; until then the line is full and its readers wait at their positions. Where bytes cannot go to the kernel
 * as they are (TLS in the process, no epoll), everything goes that second way.
 */
public final class SocketLine extends ChannelInboundHandlerAdapter implements Line {
    private static final byte[] PING = {(byte) 0x89, 0};
    private static final byte[] COMMENT = "3\r\n:\n\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** What is copied for one line at a time, the only memory that it costs alone. */
    private static final int PIECE = 32 * 1_024;
    /** Small answers that may wait behind a frame; who makes more wait than this does not listen. */
    private static final int MOST_WAITING = 64;

    private static final int CLOSING_SECONDS = 3;
    private static final int GONE = -1;

    /** A part of something shared that waits to leave. */
    private static final class Rest {
        final byte[] bytes;
        int at;

        Rest(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }
    }

    private final Channel channel;
    private final Socket socket; // null: by Netty alone
    private final ContextInternal context;
    private final Desk desk;
    private final String id;
    private Listener listener;
    private ArrayDeque<Rest> waiting; // null: everything has left
    private long heardAt = Line.nowMs();
    private boolean closing;

    SocketLine(Channel channel, boolean natively, Context context, Desk desk, String id) {
        this.channel = channel;
        this.socket = natively ? (Socket) ((UnixChannel) channel).fd() : null;
        this.context = (ContextInternal) context;
        this.desk = desk;
        this.id = id;
    }

    public void listener(Listener listener) {
        this.listener = listener;
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
        return desk.encoding();
    }

    @Override
    public String kind() {
        return (encoding() == Encoding.WS ? "ws-" : "sse-") + (socket == null ? "plain" : "native");
    }

    /** The hot path: for each reader and walk it touches this line, its socket, and what all readers share. */
    @Override
    public Position take(FrameLog log, Position after) {
        while (waiting == null && !closing && !log.endsAt(after)) {
            if (socket == null || !desk.lay(log, after)) {
                var next = log.next(after);
                if (next == null) return null;
                send(next);
                after = next.position();
                continue;
            }
            int start = desk.start(after);
            int sent = write(start, desk.end());
            if (sent == desk.end() - start) after = desk.last();
            else if (sent == GONE) return after;
            else {
                // The frame that was cut, or the next one, is now the line's own affair.
                var cut = desk.frameAt(start + sent);
                keep(cut.bytes(desk.encoding()), desk.within(start + sent));
                after = cut.position();
            }
        }
        return after;
    }

    @Override
    public void send(Frame frame) {
        send(frame.bytes(desk.encoding()));
    }

    private void send(byte[] bytes) {
        if (closing) return;
        int at = 0;
        while (socket != null && !full() && at < bytes.length) {
            int length = desk.put(bytes, at);
            int sent = write(0, length);
            if (sent == GONE) return;
            at += sent;
            if (sent < length) break;
        }
        if (at < bytes.length) keep(bytes, at);
    }

    /** Bytes of the desk that the kernel took; or that the socket is gone, and its channel about to close. */
    private int write(int start, int end) {
        // A descriptor that was closed may by now be somebody else's.
        if (!socket.isOpen()) return GONE;
        try {
            int sent = socket.sendAddress(desk.address(), start, end);
            desk.sent(sent);
            return sent;
        } catch (IOException gone) {
            cut();
            return GONE;
        }
    }

    private void keep(byte[] bytes, int at) {
        if (!channel.isOpen()) return;
        boolean first = waiting == null;
        if (first) waiting = new ArrayDeque<>(2);
        if (waiting.size() >= MOST_WAITING) cut();
        else {
            waiting.add(new Rest(bytes, at));
            if (first) push();
        }
    }

    private void push() {
        while (waiting != null) {
            var rest = waiting.peek();
            int length = Math.min(PIECE, rest.bytes.length - rest.at);
            var piece = Unpooled.wrappedBuffer(rest.bytes, rest.at, length);
            rest.at += length;
            var written = channel.writeAndFlush(piece);
            desk.sent(length);
            if (!written.isDone()) {
                written.addListener(this::pushed);
                return;
            }
            // At once, and nobody has seen the line full: to tell would call a reader from within his own call.
            if (!left(written)) return;
        }
    }

    private void pushed(Future<? super Void> written) {
        if (!left(written)) return;
        // Only here: whoever makes room again is there, even where our pings wait behind what he reads.
        heardAt = Line.nowMs();
        if (waiting != null) push();
        if (waiting != null) return;
        if (closing) ended();
        else context.emit(listener, Listener::drained);
    }

    private boolean left(Future<? super Void> written) {
        if (!written.isSuccess()) {
            cut();
            return false;
        }
        if (waiting.peek().at == waiting.peek().bytes.length) waiting.poll();
        if (waiting.isEmpty()) waiting = null;
        return true;
    }

    /** Goes before everything else, through Netty, behind whatever Vert.x may still have there. */
    void open(byte[] head) {
        keep(head, 0);
    }

    /** Also when it is closed: then nothing more is wanted. */
    @Override
    public boolean full() {
        return waiting != null || closing || !channel.isOpen();
    }

    @Override
    public void ping() {
        if (!full()) send(encoding() == Encoding.WS ? PING : COMMENT);
    }

    /** Nothing is heard of a reader of events: a dead one shows as one that takes nothing. */
    @Override
    public long heardAt() {
        return encoding() == Encoding.WS ? heardAt : Line.nowMs();
    }

    @Override
    public void close(int code, String reason, long retryAfterMs) {
        if (closing) return;
        // What the kernel has been given it goes on to deliver, at the reader's pace, also when we have closed.
        if (waiting != null) Sockets.widen(channel);
        send(encoding() == Encoding.WS ? goodbye(code, reason) : end(retryAfterMs));
        closing = true;
        if (waiting == null) ended();
        if (channel.isOpen()) channel.eventLoop().schedule(this::cut, CLOSING_SECONDS, TimeUnit.SECONDS);
    }

    /** A WebSocket is closed by its client once he has heard us: closed at once, what he has not read could be lost. */
    private void ended() {
        if (encoding() == Encoding.SSE) channel.close();
    }

    private void cut() {
        closing = true;
        Sockets.cut(channel);
    }

    private static byte[] goodbye(int code, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        var frame = new byte[4 + text.length];
        frame[0] = (byte) 0x88;
        frame[1] = (byte) (2 + text.length);
        frame[2] = (byte) (code >> 8);
        frame[3] = (byte) code;
        System.arraycopy(text, 0, frame, 4, text.length);
        return frame;
    }

    private static byte[] end(long retryAfterMs) {
        if (retryAfterMs <= 0) return LAST_CHUNK;
        var retry = Frame.chunk("retry: " + retryAfterMs + "\n\n");
        var both = java.util.Arrays.copyOf(retry, retry.length + LAST_CHUNK.length);
        System.arraycopy(LAST_CHUNK, 0, both, retry.length, LAST_CHUNK.length);
        return both;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            heardAt = Line.nowMs();
            if (message instanceof CloseWebSocketFrame goodbye) {
                if (!closing) close(answer(goodbye), "", 0);
                channel.close();
            } else if (!closing && message instanceof WebSocketFrame frame) heard(frame);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Netty has looked at both, but lets codes pass that nobody may use, and a reason that breaks off in a character. */
    private static int answer(CloseWebSocketFrame goodbye) {
        var said = goodbye.content();
        if (goodbye.statusCode() >= 5_000) return 1002;
        int reason = Math.max(0, said.readableBytes() - 2);
        return ByteBufUtil.isText(said, said.writerIndex() - reason, reason, StandardCharsets.UTF_8) ? 1000 : 1007;
    }

    private void heard(WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> {
                var said = text.text();
                context.emit(said, listener::said);
            }
            case PingWebSocketFrame ping -> send(pong(ping));
            case io.netty.handler.codec.http.websocketx.PongWebSocketFrame pong -> {}
            default -> close(4400, "text only", 0);
        }
    }

    private static byte[] pong(PingWebSocketFrame ping) {
        int length = ping.content().readableBytes(); // at most 125, or it would not have come here
        var frame = new byte[2 + length];
        frame[0] = (byte) 0x8A;
        frame[1] = (byte) length;
        ping.content().getBytes(ping.content().readerIndex(), frame, 2, length);
        return frame;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        context.emit(listener, Listener::closed);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException bad -> {
                close(bad.closeStatus().code(), bad.closeStatus().reasonText(), 0);
                // Nothing more is understood of this client, not even his goodbye: he sees the end of ours instead.
                if (waiting == null) ((DuplexChannel) channel).shutdownOutput();
            }
            case TooLongFrameException large -> close(1009, "too long", 0);
            default -> cut();
        }
    }
}

package vn.giaoban.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;

/** One reader: shakes hands, reads what comes, answers what asks whether it lives. Lives on one event loop. */
@ChannelHandler.Sharable // of itself only: the same reader on one connection after another
public final class Line extends ChannelInboundHandlerAdapter {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    final EventLoop loop;
    final Tally tally;
    private final Sockets sockets;
    private final Kind kind;
    private final Received received;
    private Framing framing = Framing.WEBSOCKET;
    private volatile Channel channel;
    private ByteBuf rest;
    /** Its handshake is one of those that are counted, see {@link Sockets#connect}. */
    boolean inTurn;

    private boolean greeted;
    private volatile boolean ready;
    private boolean refused;
    private long retryAfterMs;
    private int closeCode;

    Line(Sockets sockets, Kind kind, EventLoop loop, Tally tally) {
        this.sockets = sockets;
        this.kind = kind;
        this.received = new Received(kind, tally);
        this.loop = loop;
        this.tally = tally;
    }

    /** How far it has come, as {@code after=} takes it; null before the first picture. */
    public String position() {
        return received.position();
    }

    public long last() {
        return received.last();
    }

    public boolean ready() {
        return ready;
    }

    /** The code of the close frame that ended the newest connection, or 0. */
    public int closeCode() {
        return closeCode;
    }

    /** What the server's `bye` asked for, or its Retry-After; 0: nothing. */
    public long retryAfterMs() {
        return Math.max(retryAfterMs, received.retryAfterMs());
    }

    public Channel channel() {
        return channel;
    }

    void begin(long seq) {
        received.begin(seq);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        greeted = ready = refused = false;
        closeCode = 0;
        retryAfterMs = 0;
        received.connected();
        var request = sockets.target().request(position());
        channel.writeAndFlush(channel.alloc().buffer(request.length).writeBytes(request));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        var in = (ByteBuf) received;
        long now = System.nanoTime();
        tally.bytes += in.readableBytes();
        try {
            if (rest == null) {
                read(in, now);
                if (in.isReadable())
                    rest = ctx.alloc().buffer(in.readableBytes() + 1_024).writeBytes(in);
            } else {
                rest.writeBytes(in);
                read(rest, now);
                if (rest.isReadable()) rest.discardSomeReadBytes();
                else forgetRest();
            }
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in, long now) {
        if (!greeted) {
            int end = Scan.behind(in, in.readerIndex(), in.writerIndex(), Scan.HEAD_END);
            if (end < 0) return;
            greeting(in, end);
            in.readerIndex(end);
        }
        if (!refused) framing.read(in, this, now);
    }

    private void greeting(ByteBuf in, int end) {
        greeted = true;
        long status = Scan.number(in, in.readerIndex() + 9, end);
        if (status != 101 && status != 200) {
            refused = true;
            var head = in.toString(in.readerIndex(), end - in.readerIndex(), StandardCharsets.US_ASCII);
            retryAfterMs = head.lines()
                    .filter(line -> line.regionMatches(true, 0, "retry-after:", 0, 12))
                    .mapToLong(line -> Long.parseLong(line.substring(12).strip()) * 1_000)
                    .findFirst()
                    .orElse(0);
            sockets.refused((int) status, head);
            channel.close();
            return;
        }
        if (kind.events()) {
            boolean chunked = Scan.behind(in, in.readerIndex(), end, Scan.CHUNKED) > 0;
            framing = chunked ? Framing.CHUNKED_EVENTS : Framing.EVENTS;
        }
        if (!kind.pictureFirst() && kind != Kind.SOCKET_IO) isReady();
    }

    private void isReady() {
        if (ready) return;
        ready = true;
        sockets.ready(this);
    }

    /** One WebSocket frame. */
    void frame(int opcode, ByteBuf in, int from, int length, long now) {
        if (opcode == TEXT) {
            if (kind == Kind.SOCKET_IO) packet(in, from, length, now);
            else text(in, from, from + length, now);
        } else if (opcode == PING) send(PONG, in, from, length);
        else if (opcode == CLOSE) {
            if (length >= 2) closeCode = in.getUnsignedShort(from);
            channel.close();
        }
    }

    /** Socket.IO: opened, connected, asked whether we live, or an event. */
    private void packet(ByteBuf in, int from, int length, long now) {
        switch (in.getByte(from)) {
            case '0' -> send(TEXT, '4', '0');
            case '2' -> send(TEXT, '3');
            case '4' -> {
                if (length > 1 && in.getByte(from + 1) == '0') isReady();
                else text(in, from, from + length, now);
            }
            default -> {}
        }
    }

    /** One chunk of events: each ends with an empty line. */
    void events(ByteBuf in, int from, int to, long now) {
        for (int at = from; at < to; ) {
            int end = Scan.behind(in, at, to, Scan.EVENT_END);
            if (end < 0) end = to;
            if (in.getByte(at) != ':') text(in, at, end, now);
            at = end;
        }
    }

    private void text(ByteBuf in, int from, int to, long now) {
        if (received.text(in, from, to, now)) isReady();
    }

    private void send(int opcode, int... text) {
        var frame = frame(opcode, text.length);
        for (int character : text) frame.writeByte(character);
        channel.writeAndFlush(frame);
    }

    private void send(int opcode, ByteBuf in, int from, int length) {
        channel.writeAndFlush(frame(opcode, length).writeBytes(in, from, length));
    }

    /** Masked, as a client must, by a key that changes nothing. */
    private ByteBuf frame(int opcode, int length) {
        return channel.alloc()
                .buffer(6 + length)
                .writeByte(0x80 | opcode)
                .writeByte(0x80 | length)
                .writeInt(0);
    }

    void ended() {
        channel.close();
    }

    private void forgetRest() {
        if (rest != null) rest.release();
        rest = null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        boolean was = ready;
        ready = false;
        forgetRest();
        sockets.closed(this, was);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        forgetRest();
        ctx.close();
    }
}

package vn.giaoban.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;

/**
 * One reader: remembers what it has received over all its connections, so that what was lost, came twice or out of
 * order is seen even across a reconnect. Lives on one event loop; reads without making an object per message.
 */
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
    private Framing framing = Framing.WEBSOCKET;
    private volatile Channel channel;
    private ByteBuf rest;
    /** Its handshake is one of those that are counted, see {@link Sockets#connect}. */
    boolean inTurn;

    private boolean greeted;
    private volatile boolean ready;
    private boolean refused;
    private String epoch;
    private long last = -1;
    /** Bit k: the message {@code last - k} was here. */
    private long seen;

    /** What the server calls the newest message, where it has names of its own for them. */
    private final byte[] name = new byte[64];

    private int nameLength;
    private long retryAfterMs;
    private int closeCode;

    Line(Sockets sockets, Kind kind, EventLoop loop, Tally tally) {
        this.sockets = sockets;
        this.kind = kind;
        this.loop = loop;
        this.tally = tally;
    }

    /** How far it has come, as {@code after=} takes it; null before the first picture. */
    public String position() {
        if (kind == Kind.NCHAN_META)
            return nameLength == 0 ? null : new String(name, 0, nameLength, StandardCharsets.US_ASCII);
        return epoch == null || last < 0 ? null : epoch + "." + last;
    }

    public long last() {
        return last;
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
        return retryAfterMs;
    }

    public Channel channel() {
        return channel;
    }

    /** Messages before this number count as received. */
    void begin(long seq) {
        if (last >= 0) return;
        last = seq - 1;
        seen = -1;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        greeted = ready = refused = false;
        closeCode = 0;
        retryAfterMs = 0;
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
        if (kind == Kind.NCHAN_META) remember(in, Scan.behind(in, from, to, Scan.ID), to);
        int type = Scan.behind(in, from, to, Scan.TYPE);
        if (type < 0) return;
        int first = in.getByte(type);
        switch (first) {
            case 'p' -> patch(in, type, to, now);
            case 's' -> {
                if (in.getByte(type + 1) != 'n') return; // a word about the server, none of the stream
                snapshot(in, type, to);
            }
            case 'h' -> {} // who resumes and has missed nothing gets no more than this
            case 'b' -> {
                retryAfterMs = Scan.number(in, Scan.behind(in, type, to, Scan.RETRY), to);
                return;
            }
            default -> {
                return;
            }
        }
        isReady();
    }

    private void patch(ByteBuf in, int from, int to, long now) {
        int at = Scan.behind(in, from, to, Scan.SEQ);
        if (at < 0) return;
        long seq = Scan.number(in, at, to);
        int mark = Scan.behind(in, at, to, Scan.SENT_AT);
        if (isNew(seq)) tally.note(seq, mark < 0 ? 0 : now - Scan.number(in, mark, to));
    }

    private void remember(ByteBuf in, int from, int to) {
        if (from < 0) return;
        nameLength = 0;
        for (int at = from; at < to && in.getByte(at) != '\n' && nameLength < name.length; at++)
            name[nameLength++] = in.getByte(at);
    }

    private boolean isNew(long seq) {
        long ahead = seq - last;
        if (last < 0 || ahead == 1) seen = seen << 1 | 1;
        else if (ahead > 1) {
            tally.lost += ahead - 1;
            seen = ahead < 64 ? seen << ahead | 1 : 1;
        } else {
            if (-ahead >= 64 || (seen >>> -ahead & 1) == 1) {
                tally.repeated++;
                return false;
            }
            tally.disordered++;
            tally.lost--;
            seen |= 1L << -ahead;
            return true;
        }
        last = seq;
        return true;
    }

    /** The whole picture: what lies before its number is in it. */
    private void snapshot(ByteBuf in, int from, int to) {
        int at = Scan.behind(in, from, to, Scan.EPOCH);
        int end = Scan.behind(in, at, to, Scan.SEQ);
        epoch = sockets.epoch(in, at);
        last = Scan.number(in, end, to);
        seen = -1;
        tally.snapshots++;
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

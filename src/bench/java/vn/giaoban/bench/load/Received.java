package vn.giaoban.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What one reader has received of its stream, over all its connections, so that what was lost, came twice or out of
 * order is seen even across a reconnect. Reads without making an object per message.
 */
final class Received {
    private final Kind kind;
    private final Tally tally;
    private String epoch;
    private long last = -1;
    /** Bit k: the message {@code last - k} was here. */
    private long seen;

    /** What the server calls the newest message, where it has names of its own for them. */
    private final byte[] name = new byte[64];

    private int nameLength;
    private long retryAfterMs;

    Received(Kind kind, Tally tally) {
        this.kind = kind;
        this.tally = tally;
    }

    /** How far it has come, as {@code after=} takes it; null before the first picture. */
    String position() {
        if (kind == Kind.NCHAN_META)
            return nameLength == 0 ? null : new String(name, 0, nameLength, StandardCharsets.US_ASCII);
        return epoch == null || last < 0 ? null : epoch + "." + last;
    }

    long last() {
        return last;
    }

    /** What the newest goodbye asked for; 0: nothing. */
    long retryAfterMs() {
        return retryAfterMs;
    }

    /** On a new connection an old goodbye says nothing. */
    void connected() {
        retryAfterMs = 0;
    }

    /** Messages before this number count as received. */
    void begin(long seq) {
        if (last >= 0) return;
        last = seq - 1;
        seen = -1;
    }

    /** One text of the server; whether its sender serves the stream from now on. */
    boolean text(ByteBuf in, int from, int to, long now) {
        if (kind == Kind.NCHAN_META) remember(in, Scan.behind(in, from, to, Scan.ID), to);
        int type = Scan.behind(in, from, to, Scan.TYPE);
        if (type < 0) return false;
        return switch (in.getByte(type)) {
            case 'p' -> patch(in, type, to, now);
            // The other word with an s is about the server, not of the stream.
            case 's' -> in.getByte(type + 1) == 'n' && snapshot(in, type, to);
            case 'h' -> true; // who resumes and has missed nothing gets no more than this
            case 'b' -> {
                retryAfterMs = Scan.number(in, Scan.behind(in, type, to, Scan.RETRY), to);
                yield false;
            }
            default -> false;
        };
    }

    private boolean patch(ByteBuf in, int from, int to, long now) {
        int at = Scan.behind(in, from, to, Scan.SEQ);
        if (at < 0) return false;
        long seq = Scan.number(in, at, to);
        int mark = Scan.behind(in, at, to, Scan.SENT_AT);
        if (isNew(seq)) tally.note(seq, mark < 0 ? 0 : now - Scan.number(in, mark, to));
        return true;
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
    private boolean snapshot(ByteBuf in, int from, int to) {
        int at = Scan.behind(in, from, to, Scan.EPOCH);
        int end = Scan.behind(in, at, to, Scan.SEQ);
        epoch = tally.epoch(in, at);
        last = Scan.number(in, end, to);
        seen = -1;
        tally.snapshots++;
        return true;
    }

    private void remember(ByteBuf in, int from, int to) {
        if (from < 0) return;
        nameLength = 0;
        for (int at = from; at < to && in.getByte(at) != '\n' && nameLength < name.length; at++)
            name[nameLength++] = in.getByte(at);
    }
}

package vn.giaoban.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** What the lines of one event loop have received since {@link #begin}: for each message its delays, and faults of all. */
final class Tally {
    private final LongConsumer complete;
    private long base = Long.MAX_VALUE;
    private Delays[] messages = new Delays[0];
    final List<Line> lines = new ArrayList<>();
    private String epoch = "";
    long lost;
    long repeated;
    long disordered;
    long snapshots;
    long bytes;

    /** {@code complete}: told the number of each message that all lines of this loop have. */
    Tally(LongConsumer complete) {
        this.complete = complete;
    }

    /** Forgets everything; counts the messages from this number on. */
    void begin(long seq, int atMost) {
        base = seq;
        messages = new Delays[atMost];
        lost = repeated = disordered = snapshots = bytes = 0;
        for (var line : lines) line.begin(seq);
    }

    void note(long seq, long delayNanos) {
        long place = seq - base;
        if (place < 0 || place >= messages.length) return;
        var message = messages[(int) place];
        if (message == null) messages[(int) place] = message = new Delays();
        message.add(delayNanos);
        if (message.count() == lines.size()) complete.accept(seq);
    }

    /** The epoch written here, as the one string that all lines of this loop share. */
    String epoch(ByteBuf in, int from) {
        int to = from;
        while (in.getByte(to) != '"') to++;
        var known = epoch;
        boolean same = known.length() == to - from;
        for (int i = 0; same && i < known.length(); i++) same = known.charAt(i) == in.getByte(from + i);
        return same ? known : (epoch = in.toString(from, to - from, StandardCharsets.US_ASCII));
    }

    /** Null where no line of this loop has had it. */
    Delays of(long seq) {
        long place = seq - base;
        return place < 0 || place >= messages.length ? null : messages[(int) place];
    }
}

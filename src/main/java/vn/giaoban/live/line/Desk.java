package vn.giaoban.live.line;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One event loop's own piece of direct memory, on which consecutive frames of one log lie side by side: copied there
 * once, and sent from there to every line that stands at or between them. All that is native of the hub, and its whole
 * size, whatever the number of streams and readers.
 */
public final class Desk {
    private static final int BYTES = 128 * 1_024;
    private static final int FRAMES = 512;

    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES);
    private final Encoding encoding;
    private final Frame[] frames = new Frame[FRAMES];
    private final int[] ends = new int[FRAMES];
    private FrameLog log;
    private Position base;
    private int count;
    private long sent;

    public Desk(Encoding encoding) {
        this.encoding = encoding;
    }

    Encoding encoding() {
        return encoding;
    }

    long address() {
        return memory.address();
    }

    /**
     * Lays out what comes after this position, as much as there is room for. False where nothing could be laid: it is
     * gone from the log, or is larger than the whole desk.
     */
    boolean lay(FrameLog of, Position after) {
        boolean within = log == of
                && base.epoch().equals(after.epoch())
                && after.seq() >= base.seq()
                && after.seq() <= base.seq() + count;
        if (!within) clear(of, after);
        extend();
        if (last().seq() == after.seq()) { // at the end of a full desk
            clear(of, after);
            extend();
        }
        return last().seq() > after.seq();
    }

    private void clear(FrameLog of, Position after) {
        log = of;
        base = after;
        count = 0;
    }

    private void extend() {
        Frame next;
        while (count < FRAMES && (next = log.next(last())) != null) {
            var bytes = next.bytes(encoding);
            int at = end(count);
            if (bytes.length > BYTES - at) return;
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, at, bytes.length);
            frames[count] = next;
            ends[count++] = at + bytes.length;
        }
    }

    /** Where what follows this position begins. */
    int start(Position after) {
        return end((int) (after.seq() - base.seq()));
    }

    /** Where everything that is laid out ends. */
    int end() {
        return end(count);
    }

    Position last() {
        return count == 0 ? base : frames[count - 1].position();
    }

    private int end(int frame) {
        return frame == 0 ? 0 : ends[frame - 1];
    }

    /** A line of this loop has handed so many bytes to the kernel. */
    void sent(int bytes) {
        sent += bytes;
    }

    /** How many they were since this was last asked, on the loop. */
    public long sent() {
        long since = sent;
        sent = 0;
        return since;
    }

    /** The frame in which this byte lies. */
    Frame frameAt(int at) {
        int i = 0;
        while (ends[i] <= at) i++;
        return frames[i];
    }

    /** How many of its frame's bytes lie before this one. */
    int within(int at) {
        int i = 0;
        while (ends[i] <= at) i++;
        return at - end(i);
    }

    /** Copies as much as there is room for, to be sent alone. */
    int put(byte[] bytes, int from) {
        int length = Math.min(BYTES, bytes.length - from);
        log = null;
        MemorySegment.copy(bytes, from, memory, ValueLayout.JAVA_BYTE, 0, length);
        return length;
    }
}

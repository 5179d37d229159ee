package vn.giaoban.live.line;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest patches of one stream by their number, in a ring that starts small and grows to its limit. One thread
 * writes; readers on any event loop take the frame after their own, and find it gone when the ring has moved on.
 */
public final class FrameLog {
    private static final int SMALL = 8;

    /** What all logs of a node hold together; touched by their one writer only. */
    public static final class Budget {
        private final long most;
        private volatile long used;

        public Budget(long mostBytes) {
            this.most = mostBytes;
        }

        public long used() {
            return used;
        }
    }

    private final Budget budget;
    private final int mostFrames;
    private final int mostBytes;
    private volatile AtomicReferenceArray<Frame> ring = new AtomicReferenceArray<>(SMALL);
    private volatile Position head;
    private long oldest;
    private int bytes;

    public FrameLog(Budget budget, int mostFrames, int mostBytes) {
        this.budget = budget;
        this.mostFrames = Integer.highestOneBit(Math.max(SMALL, mostFrames));
        this.mostBytes = mostBytes;
    }

    /** The newest position; null before the first {@link #reset}. */
    public Position head() {
        return head;
    }

    /** Forgets all frames and goes on from here. */
    public void reset(Position at) {
        release();
        oldest = at.seq() + 1;
        head = at;
    }

    /** Gives its memory back. */
    public void release() {
        ring = new AtomicReferenceArray<>(SMALL);
        budget.used -= bytes;
        bytes = 0;
        if (head != null) oldest = head.seq() + 1;
    }

    /** The next frame: its number is the head's plus one. */
    public void append(Frame frame) {
        long seq = frame.position().seq();
        if (seq - oldest >= ring.length()) {
            if (ring.length() < mostFrames) grow();
            else drop(oldest++);
        }
        ring.set(slot(seq), frame);
        add(frame.size());
        while ((bytes > mostBytes || budget.used > budget.most) && oldest < seq) drop(oldest++);
        head = frame.position(); // last: who sees the new head finds the frame
    }

    private void grow() {
        var larger = new AtomicReferenceArray<Frame>(ring.length() * 2);
        for (int i = 0; i < ring.length(); i++) {
            var frame = ring.get(i);
            if (frame != null) larger.set((int) (frame.position().seq() & (larger.length() - 1)), frame);
        }
        ring = larger;
    }

    private void drop(long seq) {
        var old = ring.getAndSet(slot(seq), null);
        if (old != null) add(-old.size());
    }

    private void add(int more) {
        bytes += more;
        budget.used += more;
    }

    private int slot(long seq) {
        return (int) (seq & (ring.length() - 1));
    }

    /** Whether this is where the log ends. */
    public boolean isHead(Position at) {
        var newest = head;
        return newest.seq() == at.seq() && newest.epoch().equals(at.epoch());
    }

    /** Whether the log has come as far as this position: then it has nothing that is missing there. */
    public boolean reaches(Position at) {
        var newest = head;
        return newest.seq() >= at.seq() && newest.epoch().equals(at.epoch());
    }

    /** Whether a reader at this position has everything; also while the log is filled anew and not yet so far. */
    boolean endsAt(Position at) {
        var newest = head;
        return newest.seq() <= at.seq() && newest.epoch().equals(at.epoch());
    }

    /** The frame after this position; null when it is gone, not there yet, or the position is of another epoch. */
    public Frame next(Position at) {
        var frames = ring;
        var frame = frames.get((int) ((at.seq() + 1) & (frames.length() - 1)));
        return frame != null
                        && frame.position().seq() == at.seq() + 1
                        && frame.position().epoch().equals(at.epoch())
                ? frame
                : null;
    }
}

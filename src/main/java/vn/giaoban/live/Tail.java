package vn.giaoban.live;

import io.vertx.core.Context;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import vn.giaoban.db.Json;

/**
 * One stream's end in memory: the folded picture, and its newest patches as frames in a ring. The hub alone writes;
 * readers on any event loop take a frame by its number, and find it gone when the ring has moved on.
 */
final class Tail {
    final StreamKey key;
    final boolean mayBeEmpty;
    /** What the frames call the stream: a person's own stream has no id in it. */
    final String label;

    final Map<Context, Group> groups = new ConcurrentHashMap<>();
    volatile Position head;
    volatile long unusedSince;

    private final AtomicReferenceArray<Frame> ring;
    private final int mask;
    private final int maxBytes;
    private long oldest;
    private int bytes;
    private Map<String, Object> view = Map.of();
    private Frame snapshot;
    private long snapshotAt;

    Tail(StreamKey key, boolean mayBeEmpty, int frames, int maxBytes) {
        this.key = key;
        this.mayBeEmpty = mayBeEmpty;
        this.label = key.stream().startsWith("person/") ? "person/me" : key.stream();
        int size = Integer.highestOneBit(Math.max(2, frames));
        this.ring = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
        this.maxBytes = maxBytes;
    }

    /** A new start: another epoch, or the first. Readers of the old one find another epoch and take a snapshot. */
    void reset(Position at, Map<String, Object> picture) {
        for (int i = 0; i < ring.length(); i++) ring.set(i, null);
        bytes = 0;
        oldest = at.seq() + 1;
        view = picture;
        snapshot = null;
        head = at;
    }

    /** The next patch; its number is the head's plus one. */
    void append(Position at, Instant when, String patch) {
        view = Fold.apply(view, Json.parse(patch));
        var frame = Frame.patch(label, at, when, patch);
        var slot = (int) (at.seq() & mask);
        var over = ring.get(slot);
        if (over != null) bytes -= over.size();
        ring.set(slot, frame);
        bytes += frame.size();
        oldest = Math.max(oldest, at.seq() - mask);
        while (bytes > maxBytes && oldest < at.seq()) {
            var old = ring.getAndSet((int) (oldest & mask), null);
            if (old != null) bytes -= old.size();
            oldest++;
        }
        head = at; // last: a reader that sees the new head finds the frame
    }

    /** The frame with this number, or null when the ring no longer has it. */
    Frame frame(long seq) {
        var frame = ring.get((int) (seq & mask));
        return frame != null && frame.position.seq() == seq ? frame : null;
    }

    /** Whether a reader at this position is better served by the patches it misses than by the whole picture. */
    boolean reaches(Position after) {
        if (after == null || !after.epoch().equals(head.epoch()) || after.seq() > head.seq()) return false;
        long missing = 0;
        for (long seq = after.seq() + 1; seq <= head.seq(); seq++) {
            var frame = frame(seq);
            if (frame == null) return false;
            missing += frame.size();
        }
        var whole = snapshot;
        return head.seq() - after.seq() < 16 || whole == null || missing <= whole.size();
    }

    boolean empty() {
        return view.isEmpty();
    }

    /** Shared by everybody who needs one: built when asked for, and at most once in {@code notBefore} ms. */
    Frame snapshot(long nowMs, int notBefore, Instant clock) {
        boolean fresh = snapshot != null
                && snapshot.position.epoch().equals(head.epoch())
                && (snapshot.position.seq() == head.seq()
                        || nowMs - snapshotAt < notBefore && frame(snapshot.position.seq() + 1) != null);
        if (!fresh) {
            snapshot = Frame.snapshot(label, head, clock, view);
            snapshotAt = nowMs;
        }
        return snapshot;
    }
}

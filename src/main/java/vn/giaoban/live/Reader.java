package vn.giaoban.live;

/**
 * One line's place in one stream. It holds a position, not a queue: live delivery, a slow line and a resume are the
 * same walk from the position to the head. Lives on its line's event loop.
 */
final class Reader {
    final String stream; // as the client calls it
    final Line line;
    final Tail tail;
    final String audience; // the narrower one that was asked for, or null
    final boolean watched;
    private final LiveHub hub;
    private Position at;
    private boolean waiting;
    private boolean closed;

    Reader(LiveHub hub, Line line, String stream, Tail tail, String audience, boolean watched) {
        this.hub = hub;
        this.line = line;
        this.stream = stream;
        this.tail = tail;
        this.audience = audience;
        this.watched = watched;
    }

    /** Begins after a position that the client names, or with a snapshot. */
    void begin(Position after) {
        tail.groups.computeIfAbsent(line.context(), Group::new).add(this);
        if (tail.reaches(after)) {
            at = after;
            if (after.seq() == tail.head.seq()) line.send(Frame.head(tail.label, tail.head, hub.now()));
            pump();
        } else resync();
    }

    /** Nothing of it is left for this audience. */
    boolean hidden() {
        return tail.empty() && !tail.mayBeEmpty;
    }

    void end() {
        closed = true;
        var group = tail.groups.get(line.context());
        if (group != null) group.remove(this);
        tail.unusedSince = hub.nowMs();
    }

    /** Sends what is missing, as far as the line takes it. */
    void pump() {
        while (!closed && !waiting && at != null && !line.full()) {
            var head = tail.head;
            if (!head.epoch().equals(at.epoch())) {
                resync();
                return;
            }
            if (at.seq() >= head.seq()) return;
            var frame = tail.frame(at.seq() + 1);
            if (frame == null) {
                resync();
                return;
            }
            at = frame.position;
            line.send(frame);
        }
    }

    /** The log does not reach back to this reader: the whole picture, and on from there. */
    private void resync() {
        waiting = true;
        hub.snapshot(tail, line.context(), frame -> {
            waiting = false;
            if (closed) return;
            at = frame.position;
            line.send(frame);
            pump();
        });
    }
}

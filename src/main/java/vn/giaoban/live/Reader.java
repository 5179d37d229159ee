package vn.giaoban.live;

import vn.giaoban.live.line.Frame;
import vn.giaoban.live.line.Line;
import vn.giaoban.live.line.Position;

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
    int slot;
    private final LiveHub hub;
    private final Group group;
    private Position at;
    private boolean waiting;
    private boolean closed;

    Reader(LiveHub hub, Loop loop, Line line, String stream, Tail tail, String audience, boolean watched) {
        this.hub = hub;
        this.line = line;
        this.stream = stream.equals(tail.label) ? tail.label : stream; // one string for ten thousand readers
        this.tail = tail;
        this.audience = audience;
        this.watched = watched;
        this.group = tail.groups.computeIfAbsent(loop, of -> new Group(of, tail, hub));
    }

    /** Begins after a position that the client names, or with a snapshot. */
    void begin(Position after) {
        group.add(this);
        hub.meters.came(tail.key, line.kind());
        if (tail.reaches(after)) {
            at = after;
            if (tail.log.isHead(after)) line.send(tail.head(hub.nowMs(), hub.now()));
            pump();
        } else resync(after);
    }

    /** Nothing of it is left for this audience. */
    boolean hidden() {
        return tail.empty() && !tail.mayBeEmpty;
    }

    void end() {
        if (closed) return;
        closed = true;
        group.remove(this);
        hub.meters.went(tail.key, line.kind());
        tail.unusedSince = hub.nowMs();
    }

    /** Sends what is missing, as far as the line takes it; says how many frames that were. */
    int pump() {
        if (closed || waiting || at == null) return 0;
        var came = line.take(tail.log, at);
        if (came == null) {
            resync(at);
            return 0;
        }
        int sent = (int) (came.seq() - at.seq());
        at = came;
        return sent;
    }

    /** The log does not reach back to this reader: the whole picture, and on from there. */
    private void resync(Position known) {
        waiting = true;
        hub.meters.resynced();
        hub.snapshot(tail, known, line.context(), this::resynced);
    }

    private void resynced(Frame snapshot) {
        waiting = false;
        if (closed) return;
        at = snapshot.position();
        line.send(snapshot);
        pump();
    }
}

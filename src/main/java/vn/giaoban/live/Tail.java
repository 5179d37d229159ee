package vn.giaoban.live;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.giaoban.db.Json;
import vn.giaoban.live.line.Frame;
import vn.giaoban.live.line.FrameLog;
import vn.giaoban.live.line.Position;

/**
 * One stream's end in memory: the folded picture, the log of its newest patches, and who reads it. The hub alone
 * writes; readers on any event loop take from the log.
 */
final class Tail {
    /** Patches that are few are sent however short the whole picture is: clients keep what they have. */
    private static final int FEW = 16;
    /** A snapshot tells the server's clock as well. */
    private static final long OLD_MS = 2_000;

    final StreamKey key;
    final boolean mayBeEmpty;
    /** What the frames call the stream: a person's own stream has no id in it. */
    final String label;

    final FrameLog log;
    final Map<Loop, Group> groups = new ConcurrentHashMap<>();
    volatile long unusedSince;
    /** When the newest patch was made; null before the first since this end is held. */
    volatile Instant newest;

    private volatile Map<String, Object> view = Map.of();
    private volatile Frame snapshot;
    private volatile Frame head;
    private volatile long headAt;
    private long snapshotAt;

    Tail(StreamKey key, boolean mayBeEmpty, FrameLog log) {
        this.key = key;
        this.mayBeEmpty = mayBeEmpty;
        this.label = key.stream().startsWith("person/") ? "person/me" : key.stream();
        this.log = log;
    }

    /** A patch as the database keeps it. */
    record Patch(Position position, Instant at, String text) {
        static Patch of(Row row) {
            return new Patch(
                    new Position(row.getString("epoch"), row.getLong("seq")),
                    row.getOffsetDateTime("at").toInstant(),
                    row.getString("text"));
        }
    }

    /**
     * A new start: another epoch, or the first. Readers of the old one find another epoch and take a snapshot. The
     * picture is seen changed only when it is whole: a reader who looks meanwhile must not find it empty.
     */
    void reset(Position at, Map<String, Object> picture, List<Patch> patches) {
        log.reset(at);
        for (var patch : patches) {
            picture = Fold.apply(picture, Json.parse(patch.text));
            log.append(Frame.patch(label, patch.position, patch.at, patch.text));
        }
        view = picture;
        snapshot = null;
    }

    /** The next patch; its number is the head's plus one. */
    void append(Patch patch) {
        view = Fold.apply(view, Json.parse(patch.text));
        newest = patch.at;
        log.append(Frame.patch(label, patch.position, patch.at, patch.text));
    }

    void wake() {
        for (var group : groups.values()) group.wake();
    }

    /** Whether a reader at this position is better served by the patches it misses than by the whole picture. */
    boolean reaches(Position after) {
        var newest = log.head();
        if (after == null || !after.epoch().equals(newest.epoch()) || after.seq() > newest.seq()) return false;
        long missing = 0;
        for (var at = after; at.seq() < newest.seq(); ) {
            var frame = log.next(at);
            if (frame == null) return false;
            missing += frame.size();
            at = frame.position();
        }
        var whole = snapshot;
        return newest.seq() - after.seq() < FEW || whole == null || missing <= whole.size();
    }

    boolean empty() {
        return view.isEmpty();
    }

    /**
     * Shared by everybody who needs one: built when asked for, and at most once in {@code notBefore} ms; but never older
     * than what its reader has already. {@code known}: null for nothing.
     */
    Frame snapshot(Position known, long nowMs, int notBefore, Instant clock, LiveMeters meters) {
        var newest = log.head();
        var made = snapshot;
        long age = nowMs - snapshotAt;
        boolean fresh = made != null
                && made.position().epoch().equals(newest.epoch())
                && (made.position().seq() == newest.seq()
                        ? age < OLD_MS
                        : age < notBefore && !back(made, known) && log.next(made.position()) != null);
        if (!fresh) {
            snapshot = Frame.snapshot(label, newest, clock, view);
            snapshotAt = nowMs;
            meters.snapshotBuilt();
        }
        return snapshot;
    }

    private boolean back(Frame made, Position known) {
        return known != null && log.reaches(known) && made.position().seq() < known.seq();
    }

    /** The newest number and the server's clock, encoded at most once a second for all who are told. */
    Frame head(long nowMs, Instant clock) {
        var made = head;
        if (made == null || !log.isHead(made.position()) || nowMs - headAt >= 1_000) {
            head = made = Frame.head(label, log.head(), clock);
            headAt = nowMs;
        }
        return made;
    }

    boolean used() {
        return groups.values().stream().anyMatch(group -> !group.isEmpty());
    }
}

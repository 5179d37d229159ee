package vn.giaoban.bridge;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import vn.giaoban.db.Db;

/**
 * Which sites' pages hold a line to this node, as rows with a time to live, written in one batch. Coming and going is
 * not journalled one by one: the edges are found from the rows, so a node that dies takes its own with it in time.
 */
public final class Presence {
    private static final Duration LIFE = Duration.ofSeconds(6);
    private static final Duration REFRESH_AFTER = Duration.ofMillis(1_500);

    private record Held(String socket, String stream, String person) {}

    private final Db db;
    private final String node;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final Set<Held> gone = ConcurrentHashMap.newKeySet();
    private final Set<Held> fresh = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanos;
    private long refreshedAt;

    public Presence(Db db, String node) {
        this(db, node, System::nanoTime);
    }

    Presence(Db db, String node, LongSupplier nanos) {
        this.db = db;
        this.node = node;
        this.nanos = nanos;
        this.refreshedAt = nanos.getAsLong();
    }

    /** From event loops: only noted here. */
    public void came(String stream, String socket, String person) {
        var line = new Held(socket, stream, person);
        gone.remove(line);
        held.add(line);
        fresh.add(line);
    }

    public void went(String stream, String socket, String person) {
        var line = new Held(socket, stream, person);
        held.remove(line);
        fresh.remove(line);
        gone.add(line);
    }

    /** What came or went since the last time is written down now; true where there was any. For looking often. */
    public synchronized boolean stirred() {
        if (gone.isEmpty() && fresh.isEmpty()) return false;
        write();
        return true;
    }

    /** Once a second: what has come and gone, and now and then that the rest is still there. */
    public synchronized void beat() {
        write();
    }

    private void write() {
        long now = nanos.getAsLong();
        // By the time and not by a count: a node that was held up says who is there before anybody is taken for lost.
        boolean refresh = now - refreshedAt >= REFRESH_AFTER.toNanos();
        write(refresh ? held : fresh);
        if (refresh) refreshedAt = now;
    }

    private void write(Set<Held> standing) {
        // In this order: who goes in between is written down once more and stays among the gone for the next time.
        var leaving = List.copyOf(gone);
        var coming = List.copyOf(standing);
        if (!leaving.isEmpty())
            db.query(
                    """
                    DELETE FROM follower f USING unnest($1::text[], $2::text[]) AS l (socket, stream)
                    WHERE f.socket = l.socket AND f.stream = l.stream""",
                    leaving.stream().map(Held::socket).toArray(String[]::new),
                    leaving.stream().map(Held::stream).toArray(String[]::new));
        leaving.forEach(gone::remove);
        if (coming.isEmpty()) return;
        db.query(
                """
                INSERT INTO follower (socket, stream, node, person, expires_at)
                SELECT unnest($1::text[]), unnest($2::text[]), $3, unnest($4::text[]), clock_timestamp() + $5 * interval '1 second'
                ON CONFLICT (socket, stream) DO UPDATE SET expires_at = excluded.expires_at""",
                coming.stream().map(Held::socket).toArray(String[]::new),
                coming.stream().map(Held::stream).toArray(String[]::new),
                node,
                coming.stream().map(Held::person).toArray(String[]::new),
                (double) LIFE.toSeconds());
        coming.forEach(fresh::remove);
    }

    /** Rows that nobody renewed; they no longer count, this only tidies up. */
    public void sweep() {
        db.query("DELETE FROM follower WHERE expires_at < clock_timestamp() - interval '1 minute'");
    }

    /** A node that leaves on purpose takes its lines with it at once. */
    public void leave() {
        db.query("DELETE FROM follower WHERE node = $1", node);
    }
}

package vn.giaoban.journal;

import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.TreeMap;
import vn.giaoban.db.Columns;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;
import vn.giaoban.live.StreamKey;

/** The journal's housework, done in the background by any node: checkpoints, anchors, epochs, forgetting. */
public final class Keeper {
    private static final int LOCK = 0x6761; // one node at a time does the housework; the others skip it

    private final Db db;
    private final Clock clock;
    private final JournalSql sql;
    private final int checkpointEvery;

    public Keeper(Db db, Clock clock, int checkpointEvery) {
        this.db = db;
        this.clock = clock;
        this.sql = new JournalSql(db);
        this.checkpointEvery = checkpointEvery;
    }

    private boolean mine() {
        return db.row("SELECT pg_try_advisory_xact_lock($1) AS mine", LOCK).getBoolean("mine");
    }

    /** Writes the folded picture of every stream that has moved on far enough; the last two are kept. */
    public int checkpoints() {
        return db.transaction(() -> {
            if (!mine()) return 0;
            var rows = db.query("""
                    SELECT h.stream, h.audience, h.epoch, h.seq FROM stream_head h
                    WHERE h.changed_at > clock_timestamp() - interval '1 hour' AND h.seq - coalesce(
                      (SELECT max(c.seq) FROM stream_checkpoint c
                       WHERE c.stream = h.stream AND c.audience = h.audience AND c.epoch = h.epoch), 0) >= $1
                    ORDER BY h.changed_at LIMIT 50""", checkpointEvery);
            for (var row : rows) {
                var key = new StreamKey(row.getString("stream"), row.getString("audience"));
                var at = db.row(
                        "SELECT epoch, seq FROM stream_head WHERE stream = $1 AND audience = $2 FOR SHARE",
                        key.stream(),
                        key.audience());
                db.query(
                        """
                        INSERT INTO stream_checkpoint (stream, audience, epoch, seq, view) VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT DO NOTHING""",
                        key.stream(),
                        key.audience(),
                        at.getString("epoch"),
                        at.getLong("seq"),
                        Json.text(sql.picture(key)));
                db.query("""
                        DELETE FROM stream_checkpoint c WHERE stream = $1 AND audience = $2 AND ctid NOT IN (
                          SELECT ctid FROM stream_checkpoint WHERE stream = $1 AND audience = $2 AND epoch = $3
                          ORDER BY seq DESC LIMIT 2)""", key.stream(), key.audience(), at.getString("epoch"));
            }
            return rows.size();
        });
    }

    /** Ties the heads of all chains that moved into one chain, so that a tail cut off later is missed. */
    public boolean anchor() {
        return db.transaction(() -> {
            if (!mine()) return false;
            var last = db.row("SELECT n, hash, at FROM journal_anchor ORDER BY n DESC LIMIT 1");
            var rows = last == null
                    ? db.query("SELECT id, n, hash FROM subject WHERE n > 0 ORDER BY id")
                    : db.query("""
                            SELECT id, n, hash FROM subject s WHERE n > 0 AND EXISTS (
                              SELECT 1 FROM journal_entry e WHERE e.subject = s.id AND e.n = s.n AND e.at >= $1)
                            ORDER BY id""", last.getOffsetDateTime("at").minusSeconds(15));
            if (rows.size() == 0) return false;
            var heads = new TreeMap<String, Object>();
            for (var row : rows)
                heads.put(
                        row.getString("id"),
                        row.getLong("n") + ":"
                                + JournalSql.hex(row.getBuffer("hash").getBytes()));
            var text = Json.text(heads);
            long n = last == null ? 1 : last.getLong("n") + 1;
            var hash = JournalSql.digest(
                    last == null ? new byte[0] : last.getBuffer("hash").getBytes(),
                    text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            db.query(
                    "INSERT INTO journal_anchor (n, at, heads, hash) VALUES ($1, $2, $3, $4)",
                    n,
                    Columns.time(clock.instant()),
                    text,
                    Buffer.buffer(hash));
            return true;
        });
    }

    /** What is no longer needed: patches of 30 days ago, answers and sign-in tries of yesterday, acts done. */
    public void forget() {
        db.transaction(() -> {
            if (!mine()) return null;
            db.query("DELETE FROM idempotency WHERE at < now() - interval '2 days'");
            db.query("DELETE FROM sign_in_attempt WHERE at < now() - interval '2 hours'");
            db.query("DELETE FROM session WHERE least(expires_at, ended_at) < now() - interval '30 days'");
            db.query("DELETE FROM due_act WHERE done_at < now() - interval '30 days'");
            db.query("""
                    DELETE FROM stream_patch p USING stream_checkpoint c
                    WHERE c.stream = p.stream AND c.audience = p.audience AND c.epoch = p.epoch
                      AND p.seq <= (SELECT min(seq) FROM stream_checkpoint o
                                    WHERE o.stream = p.stream AND o.audience = p.audience AND o.epoch = p.epoch)
                      AND p.at < now() - interval '30 days'""");
            return null;
        });
    }

    /**
     * Notices that the database is not the one whose numbers were shown (restored, or a promoted standby) and starts
     * new epochs, so that every client takes a snapshot instead of waiting for numbers that never come.
     */
    public boolean checkEpochs() {
        return db.transaction(() -> {
            var now = db.row("""
                    SELECT system_identifier::text AS id, (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline
                    FROM pg_control_system()""");
            db.query("LOCK TABLE installation IN EXCLUSIVE MODE");
            var known = db.row("SELECT system_identifier, timeline FROM installation");
            if (known != null
                    && known.getString("system_identifier").equals(now.getString("id"))
                    && known.getInteger("timeline").equals(now.getInteger("timeline"))) return false;
            db.query("""
                    INSERT INTO installation (system_identifier, timeline) VALUES ($1, $2)
                    ON CONFLICT (only_one) DO UPDATE SET system_identifier = $1, timeline = $2""", now.getString("id"), now.getInteger("timeline"));
            if (known == null) return false;
            raise();
            return true;
        });
    }

    /** A new epoch for every stream: its picture is kept as patch number one. */
    public void raiseEpochs() {
        db.transaction(() -> {
            if (mine()) raise();
            return null;
        });
    }

    private void raise() {
        var epoch = JournalSql.epoch(new SecureRandom());
        for (var row : db.query("SELECT stream, audience FROM stream_head ORDER BY stream, audience FOR UPDATE")) {
            var key = new StreamKey(row.getString("stream"), row.getString("audience"));
            var picture = Json.text(sql.picture(key));
            db.query(
                    "UPDATE stream_head SET epoch = $3, seq = 1, changed_at = clock_timestamp() WHERE stream = $1 AND audience = $2",
                    key.stream(),
                    key.audience(),
                    epoch);
            db.query(
                    "INSERT INTO stream_patch (stream, audience, epoch, seq, at, patch) VALUES ($1, $2, $3, 1, $4, $5)",
                    key.stream(),
                    key.audience(),
                    epoch,
                    Columns.time(clock.instant()),
                    picture);
        }
        // The first of many was raised long ago: a hub looks back a few seconds only, so all are told to be of now.
        db.query("UPDATE stream_head SET changed_at = clock_timestamp() WHERE epoch = $1", epoch);
    }
}

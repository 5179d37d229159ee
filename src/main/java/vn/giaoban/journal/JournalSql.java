package vn.giaoban.journal;

import static vn.giaoban.db.Columns.time;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.giaoban.db.Db;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.live.Fold;
import vn.giaoban.live.StreamKey;

/** The tables of the journal: subjects and their chains, stream heads and patches. */
final class JournalSql {
    private static final SecureRandom SALT = new SecureRandom();
    private final Db db;

    JournalSql(Db db) {
        this.db = db;
    }

    record ChainHead(long n, byte[] hash) {}

    record Head(StreamKey key, String epoch, long seq) {}

    /** The subject's only writer holds this lock until its transaction ends. */
    ChainHead lock(String subject) {
        var row = db.row("SELECT n, hash FROM subject WHERE id = $1 FOR UPDATE", subject);
        if (row == null) {
            db.query("INSERT INTO subject (id) VALUES ($1) ON CONFLICT DO NOTHING", subject);
            row = db.row("SELECT n, hash FROM subject WHERE id = $1 FOR UPDATE", subject);
        }
        return new ChainHead(row.getLong("n"), row.getBuffer("hash").getBytes());
    }

    void append(String subject, ChainHead head, Actor actor, Change change) {
        long n = head.n();
        var hash = head.hash();
        var entries = new ArrayList<Tuple>();
        var personal = new ArrayList<Tuple>();
        for (var entry : change.entries()) {
            n++;
            var what = new TreeMap<>(entry.what());
            if (!entry.personal().isEmpty()) {
                var digests = new TreeMap<String, Object>();
                for (var value : entry.personal().entrySet()) {
                    var salt = new byte[16];
                    SALT.nextBytes(salt);
                    digests.put(
                            value.getKey(), hex(digest(salt, value.getValue().getBytes(StandardCharsets.UTF_8))));
                    personal.add(Tuple.of(subject, n, value.getKey(), Buffer.buffer(salt), value.getValue()));
                }
                what.put("personal", digests);
            }
            var text = Json.text(what);
            hash = chained(hash, subject, n, change.now(), actor.id(), entry.verb(), text);
            entries.add(Tuple.of(subject, n, time(change.now()), actor.id(), entry.verb(), text, Buffer.buffer(hash)));
        }
        db.batch(
                "INSERT INTO journal_entry (subject, n, at, actor, verb, what, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                entries);
        db.batch("INSERT INTO journal_personal (subject, n, name, salt, value) VALUES ($1, $2, $3, $4, $5)", personal);
        db.query("UPDATE subject SET n = $2, hash = $3 WHERE id = $1", subject, n, Buffer.buffer(hash));
    }

    /** The link: what was before, and every byte of the entry. */
    static byte[] chained(byte[] before, String subject, long n, Instant at, String actor, String verb, String what) {
        return digest(
                before,
                String.join("\n", subject, String.valueOf(n), Fields.text(at), actor, verb, what)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Numbers each patch under its head's lock, in name order, and stores it: one statement, and 8 can never be
     * seen before 7, since a head's next writer waits for this one's commit.
     */
    List<Head> append(Map<StreamKey, String> patches, Instant at, SecureRandom random) {
        if (patches.isEmpty()) return List.of();
        var streams = patches.keySet().stream().map(StreamKey::stream).toArray(String[]::new);
        var audiences = patches.keySet().stream().map(StreamKey::audience).toArray(String[]::new);
        var texts = patches.values().toArray(String[]::new);
        var rows = db.query("""
                WITH patch AS (
                  SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS p (stream, audience, patch, place)
                ), head AS (
                  INSERT INTO stream_head AS h (stream, audience, epoch, seq, changed_at)
                  SELECT stream, audience, $4, 1, clock_timestamp() FROM patch ORDER BY place
                  ON CONFLICT (stream, audience) DO UPDATE SET seq = h.seq + 1, changed_at = clock_timestamp()
                  RETURNING stream, audience, epoch, seq
                )
                INSERT INTO stream_patch (stream, audience, epoch, seq, at, patch)
                SELECT head.stream, head.audience, head.epoch, head.seq, $5, patch.patch
                FROM head JOIN patch USING (stream, audience)
                RETURNING stream, audience, epoch, seq""", streams, audiences, texts, epoch(random), time(at));
        var heads = new ArrayList<Head>();
        for (var row : rows)
            heads.add(new Head(
                    new StreamKey(row.getString("stream"), row.getString("audience")),
                    row.getString("epoch"),
                    row.getLong("seq")));
        return heads;
    }

    /** The picture as it stands: the newest checkpoint and every patch after it. */
    Map<String, Object> picture(StreamKey key) {
        Map<String, Object> picture = Map.of();
        var rows = db.query("""
                WITH head AS (SELECT epoch FROM stream_head WHERE stream = $1 AND audience = $2),
                base AS (
                  SELECT seq, view FROM stream_checkpoint
                  WHERE stream = $1 AND audience = $2 AND epoch = (SELECT epoch FROM head) ORDER BY seq DESC LIMIT 1
                )
                SELECT seq, view AS text, true AS whole FROM base
                UNION ALL
                SELECT seq, patch, false FROM stream_patch
                WHERE stream = $1 AND audience = $2 AND epoch = (SELECT epoch FROM head)
                  AND seq > coalesce((SELECT seq FROM base), 0)
                ORDER BY seq, whole DESC""", key.stream(), key.audience());
        for (var row : rows) {
            var value = Json.parse(row.getString("text"));
            picture = row.getBoolean("whole") ? value : Fold.apply(picture, value);
        }
        return picture;
    }

    void add(List<Change.Due> acts) {
        db.batch(
                "INSERT INTO due_act (at, act, subject, detail) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                acts.stream()
                        .map(act -> Tuple.of(time(act.at()), act.act(), act.subject(), Json.text(act.detail())))
                        .toList());
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] digest(byte[]... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var part : parts) sha.update(part);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String epoch(SecureRandom random) {
        return Long.toString(random.nextLong(1L << 40) + (1L << 40), 36);
    }
}

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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import vn.giaoban.db.Db;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.live.Fold;
import vn.giaoban.live.StreamKey;

/** The tables of the journal: subjects and their chains, stream heads and patches. */
final class JournalSql {
    /** Rows that one statement takes. */
    private static final int AT_ONCE = 500;

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
            var text = Json.text(
                    told(new Journal.Note(entry.verb(), entry.what(), entry.personal()), subject, n, personal));
            hash = chained(hash, subject, n, change.now(), actor.id(), entry.verb(), text);
            entries.add(Tuple.of(subject, n, time(change.now()), actor.id(), entry.verb(), text, Buffer.buffer(hash)));
        }
        db.batch(
                "INSERT INTO journal_entry (subject, n, at, actor, verb, what, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                entries);
        db.batch("INSERT INTO journal_personal (subject, n, name, salt, value) VALUES ($1, $2, $3, $4, $5)", personal);
        db.query("UPDATE subject SET n = $2, hash = $3 WHERE id = $1", subject, n, Buffer.buffer(hash));
    }

    /** The same for many subjects, in the order of their names, so that two who do this never wait for one another. */
    Map<String, ChainHead> lock(SortedSet<String> subjects) {
        var names = subjects.toArray(String[]::new);
        db.query(
                "INSERT INTO subject (id) SELECT id FROM unnest($1::text[]) WITH ORDINALITY AS s (id, place) ORDER BY place ON CONFLICT DO NOTHING",
                (Object) names);
        var heads = new TreeMap<String, ChainHead>();
        for (var row :
                db.query("SELECT id, n, hash FROM subject WHERE id = ANY ($1) ORDER BY id FOR UPDATE", (Object) names))
            heads.put(
                    row.getString("id"),
                    new ChainHead(row.getLong("n"), row.getBuffer("hash").getBytes()));
        return heads;
    }

    /** One entry for each of many subjects, in as few statements as for one. */
    void append(Actor actor, Instant at, SortedMap<String, Journal.Note> notes) {
        var left = new ArrayList<>(notes.keySet());
        for (int i = 0; i < left.size(); i += AT_ONCE) {
            var some = new TreeMap<>(notes);
            some.keySet().retainAll(new TreeSet<>(left.subList(i, Math.min(left.size(), i + AT_ONCE))));
            var heads = lock(new TreeSet<>(some.keySet()));
            var entries = new ArrayList<Tuple>();
            var personal = new ArrayList<Tuple>();
            some.forEach((subject, note) -> {
                long n = heads.get(subject).n() + 1;
                var text = Json.text(told(note, subject, n, personal));
                var hash = chained(heads.get(subject).hash(), subject, n, at, actor.id(), note.verb(), text);
                entries.add(Tuple.of(subject, n, note.verb(), text, Buffer.buffer(hash)));
            });
            db.query(
                    """
                    INSERT INTO journal_entry (subject, n, at, actor, verb, what, hash)
                    SELECT subject, n, $1, $2, verb, what, hash
                    FROM unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::bytea[]) AS e (subject, n, verb, what, hash)""",
                    time(at),
                    actor.id(),
                    column(entries, 0, String[]::new),
                    column(entries, 1, Long[]::new),
                    column(entries, 2, String[]::new),
                    column(entries, 3, String[]::new),
                    column(entries, 4, Buffer[]::new));
            if (!personal.isEmpty())
                db.query(
                        """
                        INSERT INTO journal_personal (subject, n, name, salt, value)
                        SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bytea[], $5::text[])""",
                        column(personal, 0, String[]::new),
                        column(personal, 1, Long[]::new),
                        column(personal, 2, String[]::new),
                        column(personal, 3, Buffer[]::new),
                        column(personal, 4, String[]::new));
            db.query(
                    """
                    UPDATE subject s SET n = e.n, hash = e.hash
                    FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS e (id, n, hash) WHERE s.id = e.id""",
                    column(entries, 0, String[]::new),
                    column(entries, 1, Long[]::new),
                    column(entries, 4, Buffer[]::new));
        }
    }

    private static Map<String, Object> told(Journal.Note note, String subject, long n, List<Tuple> personal) {
        var what = new TreeMap<>(note.what());
        if (note.personal().isEmpty()) return what;
        var digests = new TreeMap<String, Object>();
        note.personal().forEach((name, value) -> {
            var salt = new byte[16];
            SALT.nextBytes(salt);
            digests.put(name, hex(digest(salt, value.getBytes(StandardCharsets.UTF_8))));
            personal.add(Tuple.of(subject, n, name, Buffer.buffer(salt), value));
        });
        what.put("personal", digests);
        return what;
    }

    @SuppressWarnings("unchecked")
    private static <T> T[] column(List<Tuple> rows, int place, IntFunction<T[]> array) {
        return rows.stream().map(row -> (T) row.getValue(place)).toArray(array);
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

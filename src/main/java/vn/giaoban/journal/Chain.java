package vn.giaoban.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;

/** Reads the audit of a subject, and tells whether a byte of it was changed, moved, added or cut off since. */
public final class Chain {
    private final Db db;

    public Chain(Db db) {
        this.db = db;
    }

    public record Entry(
            long n, java.time.Instant at, String actor, String verb, Map<String, Object> what, String hash) {}

    /** Newest first, before the entry number given (0: from the newest). */
    public List<Entry> entries(String subject, long before, int limit) {
        var entries = new ArrayList<Entry>();
        for (var row : db.query("""
                SELECT n, at, actor, verb, what, hash FROM journal_entry
                WHERE subject = $1 AND ($2 = 0 OR n < $2) ORDER BY n DESC LIMIT $3""", subject, before, limit))
            entries.add(new Entry(
                    row.getLong("n"),
                    row.getOffsetDateTime("at").toInstant(),
                    row.getString("actor"),
                    row.getString("verb"),
                    Json.parse(row.getString("what")),
                    JournalSql.hex(row.getBuffer("hash").getBytes())));
        return entries;
    }

    /** An entry of one of several subjects. */
    public record Told(String subject, long n, java.time.Instant at, String verb, Map<String, Object> what) {}

    /**
     * What is told of these subjects by verbs of the whole, and by verbs of one thing where it is named; of each subject
     * in its order. An entry that tells of thousands of others is not even sent here.
     */
    public List<Told> told(
            Collection<String> subjects, Collection<String> ofTheWhole, Collection<String> ofOne, String named) {
        var told = new ArrayList<Told>();
        for (var row : db.query(
                """
                SELECT subject, n, at, verb, what FROM journal_entry
                WHERE subject = ANY ($1) AND (verb = ANY ($2) OR verb = ANY ($3) AND strpos(what, $4) > 0)
                ORDER BY subject, n""",
                subjects.toArray(String[]::new),
                ofTheWhole.toArray(String[]::new),
                ofOne.toArray(String[]::new),
                named))
            told.add(new Told(
                    row.getString("subject"),
                    row.getLong("n"),
                    row.getOffsetDateTime("at").toInstant(),
                    row.getString("verb"),
                    Json.parse(row.getString("what"))));
        return told;
    }

    /** The personal values of a subject's entries that have not been erased, by the entry's number. */
    public Map<Long, Map<String, String>> personal(String subject) {
        var values = new TreeMap<Long, Map<String, String>>();
        for (var row : db.query("SELECT n, name, value FROM journal_personal WHERE subject = $1", subject))
            values.computeIfAbsent(row.getLong("n"), n -> new TreeMap<>())
                    .put(row.getString("name"), row.getString("value"));
        return values;
    }

    /** Every link from the first to the head, and the head against the newest anchor that names it. */
    public boolean intact(String subject) {
        var hash = new byte[0];
        long n = 0;
        for (var row : db.query(
                "SELECT n, at, actor, verb, what, hash FROM journal_entry WHERE subject = $1 ORDER BY n", subject)) {
            if (row.getLong("n") != ++n) return false;
            hash = JournalSql.chained(
                    hash,
                    subject,
                    n,
                    row.getOffsetDateTime("at").toInstant(),
                    row.getString("actor"),
                    row.getString("verb"),
                    row.getString("what"));
            if (!Arrays.equals(hash, row.getBuffer("hash").getBytes())) return false;
        }
        var head = db.row("SELECT n, hash FROM subject WHERE id = $1", subject);
        if (head == null) return n == 0;
        if (head.getLong("n") != n || !Arrays.equals(head.getBuffer("hash").getBytes(), hash)) return false;
        return anchored(subject, n);
    }

    private boolean anchored(String subject, long n) {
        var row = db.row("""
                SELECT (heads::jsonb ->> $1) AS head FROM journal_anchor
                WHERE heads::jsonb ? $1 ORDER BY n DESC LIMIT 1""", subject);
        if (row == null) return true;
        var parts = row.getString("head").split(":");
        long anchored = Long.parseLong(parts[0]);
        if (anchored > n) return false; // entries that were anchored are missing
        var entry = db.row("SELECT hash FROM journal_entry WHERE subject = $1 AND n = $2", subject, anchored);
        return entry != null
                && JournalSql.hex(entry.getBuffer("hash").getBytes()).equals(parts[1]);
    }
}

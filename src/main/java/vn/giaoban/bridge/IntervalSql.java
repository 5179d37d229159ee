package vn.giaoban.bridge;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The tables of the intervals in which lines stood, for each source that says so, and of those in which they were lost. */
final class IntervalSql {
    private final Db db;

    IntervalSql(Db db) {
        this.db = db;
    }

    /** A line begins to stand. A gap shorter than this is the same interval: a reconnect is no second visit. */
    void begin(UUID briefing, Collection<UUID> endpoints, String source, Instant at, int mergeGapSeconds) {
        if (endpoints.isEmpty()) return;
        var ids = endpoints.toArray(UUID[]::new);
        db.query("""
                UPDATE presence_interval p SET to_at = NULL
                WHERE briefing = $1 AND endpoint = ANY ($2) AND source = $4 AND to_at >= $3
                  AND id = (SELECT max(id) FROM presence_interval l
                            WHERE l.briefing = $1 AND l.endpoint = p.endpoint AND l.source = $4)""", briefing, ids, time(at.minusSeconds(mergeGapSeconds)), source);
        db.query("""
                INSERT INTO presence_interval (briefing, endpoint, source, from_at)
                SELECT $1, unnest($2::uuid[]), $4, $3 ON CONFLICT DO NOTHING""", briefing, ids, time(at), source);
    }

    void end(UUID briefing, Collection<UUID> endpoints, String source, Instant at) {
        if (endpoints.isEmpty()) return;
        db.query("""
                UPDATE presence_interval SET to_at = greatest(from_at, $3)
                WHERE briefing = $1 AND endpoint = ANY ($2) AND source = $4 AND to_at IS NULL""", briefing, endpoints.toArray(UUID[]::new), time(at), source);
    }

    void endAll(UUID briefing, Instant at) {
        db.query("UPDATE presence_interval SET to_at = $2 WHERE briefing = $1 AND to_at IS NULL", briefing, time(at));
    }

    void lost(UUID briefing, Collection<UUID> endpoints, Instant at) {
        if (!endpoints.isEmpty())
            db.query(
                    "INSERT INTO line_loss (briefing, endpoint, lost_at) SELECT $1, unnest($2::uuid[]), $3",
                    briefing,
                    endpoints.toArray(UUID[]::new),
                    time(at));
    }

    void found(UUID briefing, Collection<UUID> endpoints, Instant at) {
        if (!endpoints.isEmpty())
            db.query(
                    "UPDATE line_loss SET found_at = $3 WHERE briefing = $1 AND endpoint = ANY ($2) AND found_at IS NULL",
                    briefing,
                    endpoints.toArray(UUID[]::new),
                    time(at));
    }

    /** In order of time; {@code to} null: it never came back. */
    List<Loss> losses(UUID briefing) {
        var out = new ArrayList<Loss>();
        for (var row : db.query(
                "SELECT endpoint, lost_at, found_at FROM line_loss WHERE briefing = $1 ORDER BY lost_at, id", briefing))
            out.add(new Loss(row.getUUID("endpoint"), instant(row, "lost_at"), instant(row, "found_at")));
        return out;
    }

    List<Interval> of(UUID briefing) {
        var out = new ArrayList<Interval>();
        for (var row : db.query("""
                SELECT endpoint, source, from_at, to_at, from_sure, to_sure
                FROM presence_interval WHERE briefing = $1 ORDER BY from_at, id""", briefing))
            out.add(new Interval(
                    row.getUUID("endpoint"),
                    row.getString("source"),
                    instant(row, "from_at"),
                    instant(row, "to_at"),
                    row.getBoolean("from_sure"),
                    row.getBoolean("to_sure")));
        return out;
    }

    /** All that a source says of these sites, in place of what it said before. */
    void replace(UUID briefing, Collection<UUID> endpoints, String source, List<Interval> intervals) {
        db.query(
                "DELETE FROM presence_interval WHERE briefing = $1 AND endpoint = ANY ($2) AND source = $3",
                briefing,
                endpoints.toArray(UUID[]::new),
                source);
        db.batch(
                """
                INSERT INTO presence_interval (briefing, endpoint, source, from_at, to_at, from_sure, to_sure)
                VALUES ($1, $2, $3, $4, $5, $6, $7)""",
                intervals.stream()
                        .map(i -> Tuple.of(
                                briefing, i.endpoint(), source, time(i.from()), time(i.to()), i.fromSure(), i.toSure()))
                        .toList());
    }
}

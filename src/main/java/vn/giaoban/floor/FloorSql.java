package vn.giaoban.floor;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of requests to speak. */
final class FloorSql {
    private final Db db;

    FloorSql(Db db) {
        this.db = db;
    }

    /** What is of interest now: the open requests and those that spoke last, in the order of their numbers. */
    List<FloorRequest> current(UUID briefing, int lastDone) {
        return read("""
                SELECT * FROM floor_request WHERE briefing = $1 AND status IN ('WAITING', 'SPEAKING')
                UNION ALL
                (SELECT * FROM floor_request WHERE briefing = $1 AND status = 'DONE' ORDER BY ended_at DESC, n DESC LIMIT $2)
                ORDER BY n""", briefing, lastDone);
    }

    /** Everybody who ever had the floor. */
    List<FloorRequest> spoken(UUID briefing) {
        return read("SELECT * FROM floor_request WHERE briefing = $1 AND given_at IS NOT NULL ORDER BY n", briefing);
    }

    FloorRequest find(UUID briefing, UUID id) {
        var found = read("SELECT * FROM floor_request WHERE briefing = $1 AND id = $2", briefing, id);
        return found.isEmpty() ? null : found.getFirst();
    }

    boolean hasSpoken(UUID briefing, UUID delegate) {
        return db.row(
                        "SELECT 1 FROM floor_request WHERE briefing = $1 AND delegate = $2 AND given_at IS NOT NULL LIMIT 1",
                        briefing,
                        delegate)
                != null;
    }

    /** Asked under the briefing's lock, so two requests never get one number. */
    int nextNumber(UUID briefing) {
        return db.row("SELECT coalesce(max(n), 0) + 1 AS n FROM floor_request WHERE briefing = $1", briefing)
                .getInteger("n");
    }

    void insert(FloorRequest r) {
        db.query(
                """
                INSERT INTO floor_request (id, briefing, endpoint, delegate, topic, status, n, requested_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
                r.id(),
                r.briefing(),
                r.endpoint(),
                r.delegate(),
                r.topic(),
                r.status().name(),
                r.n(),
                time(r.requestedAt()));
    }

    /** Whoever has ended first, then whoever has the floor now: the index allows one holder at any moment. */
    void save(Collection<FloorRequest> requests) {
        db.batch(
                """
                UPDATE floor_request SET delegate = $2, status = $3, given_at = $4, ended_at = $5, spoken_ms = $6
                WHERE id = $1""",
                requests.stream()
                        .sorted(Comparator.comparing(FloorRequest::speaks))
                        .map(r -> Tuple.of(
                                r.id(),
                                r.delegate(),
                                r.status().name(),
                                time(r.givenAt()),
                                time(r.endedAt()),
                                r.spokenMs()))
                        .toList());
    }

    private List<FloorRequest> read(String sql, Object... arguments) {
        var out = new ArrayList<FloorRequest>();
        for (var row : db.query(sql, arguments))
            out.add(new FloorRequest(
                    row.getUUID("id"),
                    row.getUUID("briefing"),
                    row.getUUID("endpoint"),
                    row.getUUID("delegate"),
                    row.getString("topic"),
                    FloorRequest.Status.valueOf(row.getString("status")),
                    row.getInteger("n"),
                    instant(row, "requested_at"),
                    instant(row, "given_at"),
                    instant(row, "ended_at"),
                    row.getLong("spoken_ms")));
        return out;
    }
}

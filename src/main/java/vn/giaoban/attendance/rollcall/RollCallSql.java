package vn.giaoban.attendance.rollcall;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The tables of roll calls and of what came of calling each site. */
final class RollCallSql {
    private final Db db;

    RollCallSql(Db db) {
        this.db = db;
    }

    /** All of a briefing, the latest last. */
    List<RollCall> of(UUID briefing) {
        var marks = new HashMap<UUID, Map<UUID, RollCall.Mark>>();
        for (var row : db.query("""
                SELECT m.* FROM roll_call_mark m JOIN roll_call r ON r.id = m.roll_call WHERE r.briefing = $1""", briefing))
            marks.computeIfAbsent(row.getUUID("roll_call"), id -> new HashMap<>())
                    .put(row.getUUID("endpoint"), mark(row));
        var out = new ArrayList<RollCall>();
        for (var row : db.query("SELECT * FROM roll_call WHERE briefing = $1 ORDER BY n", briefing))
            out.add(rollCall(row, marks.getOrDefault(row.getUUID("id"), Map.of())));
        return out;
    }

    RollCall last(UUID briefing) {
        var row = db.row("SELECT * FROM roll_call WHERE briefing = $1 ORDER BY n DESC LIMIT 1", briefing);
        if (row == null) return null;
        var marks = new HashMap<UUID, RollCall.Mark>();
        for (var mark : db.query("SELECT * FROM roll_call_mark WHERE roll_call = $1", row.getUUID("id")))
            marks.put(mark.getUUID("endpoint"), mark(mark));
        return rollCall(row, marks);
    }

    void save(RollCall before, RollCall r) {
        db.query(
                """
                INSERT INTO roll_call (id, briefing, n, seconds, status, round, sites, queue, place, called_at, started_at, ended_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                ON CONFLICT (id) DO UPDATE SET status = excluded.status, round = excluded.round, sites = excluded.sites,
                  queue = excluded.queue, place = excluded.place, called_at = excluded.called_at, ended_at = excluded.ended_at""",
                r.id(),
                r.briefing(),
                r.n(),
                r.seconds(),
                r.status().name(),
                r.round(),
                r.sites().toArray(UUID[]::new),
                r.queue().toArray(UUID[]::new),
                r.place(),
                time(r.calledAt()),
                time(r.startedAt()),
                time(r.endedAt()));
        var known = before == null ? Map.<UUID, RollCall.Mark>of() : before.marks();
        db.batch(
                """
                INSERT INTO roll_call_mark (roll_call, endpoint, result, round, at, person)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (roll_call, endpoint) DO UPDATE SET result = excluded.result, round = excluded.round,
                  at = excluded.at, person = excluded.person""",
                r.marks().entrySet().stream()
                        .filter(mark -> !mark.getValue().equals(known.get(mark.getKey())))
                        .map(mark -> Tuple.of(
                                r.id(),
                                mark.getKey(),
                                mark.getValue().result().name(),
                                mark.getValue().round(),
                                time(mark.getValue().at()),
                                mark.getValue().by()))
                        .toList());
        for (var site : known.keySet())
            if (!r.marks().containsKey(site))
                db.query("DELETE FROM roll_call_mark WHERE roll_call = $1 AND endpoint = $2", r.id(), site);
    }

    private static RollCall.Mark mark(Row row) {
        return new RollCall.Mark(
                RollCall.Result.valueOf(row.getString("result")),
                row.getInteger("round"),
                instant(row, "at"),
                row.getUUID("person"));
    }

    private static RollCall rollCall(Row row, Map<UUID, RollCall.Mark> marks) {
        return new RollCall(
                row.getUUID("id"),
                row.getUUID("briefing"),
                row.getInteger("n"),
                row.getInteger("seconds"),
                RollCall.Status.valueOf(row.getString("status")),
                row.getInteger("round"),
                List.of(row.getArrayOfUUIDs("sites")),
                List.of(row.getArrayOfUUIDs("queue")),
                row.getInteger("place"),
                instant(row, "called_at"),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                marks);
    }
}

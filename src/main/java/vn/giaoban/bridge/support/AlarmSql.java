package vn.giaoban.bridge.support;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of who has seen which alarm. */
final class AlarmSql {
    private final Db db;

    AlarmSql(Db db) {
        this.db = db;
    }

    List<Seen> of(UUID briefing, UUID endpoint) {
        var out = new ArrayList<Seen>();
        for (var row : db.query("""
                SELECT * FROM alarm_ack WHERE briefing = $1 AND ($2::uuid IS NULL OR endpoint = $2)
                ORDER BY endpoint, alarm""", briefing, endpoint))
            out.add(new Seen(
                    row.getUUID("endpoint"),
                    Alarm.valueOf(row.getString("alarm")),
                    instant(row, "since"),
                    instant(row, "at"),
                    row.getString("name")));
        return out;
    }

    void save(UUID briefing, Seen seen, UUID person) {
        db.query(
                """
                INSERT INTO alarm_ack (briefing, endpoint, alarm, since, at, person, name)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (briefing, endpoint, alarm) DO UPDATE
                SET since = excluded.since, at = excluded.at, person = excluded.person, name = excluded.name""",
                briefing,
                seen.endpoint(),
                seen.alarm().name(),
                time(seen.since()),
                time(seen.at()),
                person,
                seen.name());
    }
}

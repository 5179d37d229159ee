package vn.giaoban.bridge.video;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;

/** The table of how Jitsi's servers were, as each briefing was told. */
final class HealthSql {
    private final Db db;

    HealthSql(Db db) {
        this.db = db;
    }

    /** What a briefing was told, and since when it is so. */
    record Told(Instant at, Map<String, Object> what) {}

    /** Those whose staff look at it: open, live, or about to begin. */
    List<UUID> watched(Instant beginsBefore) {
        var out = new ArrayList<UUID>();
        for (var row : db.query("""
                SELECT id FROM briefing WHERE status IN ('OPEN', 'LIVE') OR status = 'SCHEDULED' AND planned_start <= $1
                ORDER BY id""", time(beginsBefore))) out.add(row.getUUID("id"));
        return out;
    }

    Told of(UUID briefing) {
        var row = db.row("SELECT at, servers FROM video_health WHERE briefing = $1", briefing);
        return row == null ? null : new Told(instant(row, "at"), Json.parse(row.getString("servers")));
    }

    void save(UUID briefing, Told told) {
        db.query("""
                INSERT INTO video_health (briefing, at, servers) VALUES ($1, $2, $3)
                ON CONFLICT (briefing) DO UPDATE SET at = excluded.at, servers = excluded.servers""", briefing, time(told.at()), Json.text(told.what()));
    }
}

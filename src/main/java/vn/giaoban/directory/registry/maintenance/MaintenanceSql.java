package vn.giaoban.directory.registry.maintenance;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of maintenance windows. */
final class MaintenanceSql {
    private final Db db;

    MaintenanceSql(Db db) {
        this.db = db;
    }

    /** Those that meet these hours, the first one first; {@code to} null: however far ahead. */
    List<Maintenance> meeting(Collection<UUID> endpoints, Instant from, Instant to) {
        var windows = new ArrayList<Maintenance>();
        for (var row : db.query("""
                SELECT * FROM endpoint_maintenance
                WHERE endpoint = ANY ($1) AND to_at > $2 AND ($3::timestamptz IS NULL OR from_at < $3)
                ORDER BY from_at, id""", endpoints.toArray(UUID[]::new), time(from), time(to)))
            windows.add(new Maintenance(
                    row.getUUID("id"),
                    row.getUUID("endpoint"),
                    instant(row, "from_at"),
                    instant(row, "to_at"),
                    row.getString("reason")));
        return windows;
    }

    void insert(Maintenance window) {
        db.query(
                "INSERT INTO endpoint_maintenance (id, endpoint, from_at, to_at, reason) VALUES ($1, $2, $3, $4, $5)",
                window.id(),
                window.endpoint(),
                time(window.from()),
                time(window.to()),
                window.reason());
    }

    boolean delete(UUID endpoint, UUID id) {
        return db.query("DELETE FROM endpoint_maintenance WHERE endpoint = $1 AND id = $2", endpoint, id)
                        .rowCount()
                > 0;
    }
}

package vn.giaoban.attendance;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of delegates. */
final class DelegateSql {
    private final Db db;

    DelegateSql(Db db) {
        this.db = db;
    }

    /** In the order in which they were written down. */
    List<Delegate> of(UUID briefing) {
        return read(
                "SELECT * FROM delegate WHERE briefing = $1 ORDER BY coalesce(registered_at, from_at), id", briefing);
    }

    List<Delegate> at(UUID briefing, UUID endpoint) {
        return read(
                "SELECT * FROM delegate WHERE briefing = $1 AND endpoint = $2 ORDER BY coalesce(registered_at, from_at), id",
                briefing,
                endpoint);
    }

    Map<UUID, Integer> here(UUID briefing) {
        var counts = new HashMap<UUID, Integer>();
        for (var row : db.query("""
                SELECT endpoint, count(*)::int AS here FROM delegate
                WHERE briefing = $1 AND from_at IS NOT NULL AND to_at IS NULL GROUP BY endpoint""", briefing)) counts.put(row.getUUID("endpoint"), row.getInteger("here"));
        return counts;
    }

    int here(UUID briefing, UUID endpoint) {
        return db.row(
                        "SELECT count(*)::int AS here FROM delegate WHERE briefing = $1 AND endpoint = $2 AND from_at IS NOT NULL AND to_at IS NULL",
                        briefing,
                        endpoint)
                .getInteger("here");
    }

    Map<UUID, Integer> registered(UUID briefing) {
        var counts = new HashMap<UUID, Integer>();
        for (var row : db.query("""
                SELECT endpoint, count(*)::int AS registered FROM delegate
                WHERE briefing = $1 AND registered_at IS NOT NULL GROUP BY endpoint""", briefing)) counts.put(row.getUUID("endpoint"), row.getInteger("registered"));
        return counts;
    }

    Map<UUID, String> names(Set<UUID> ids) {
        var names = new HashMap<UUID, String>();
        for (var row : db.query("SELECT id, name FROM delegate WHERE id = ANY ($1)", (Object) ids.toArray(UUID[]::new)))
            names.put(row.getUUID("id"), row.getString("name"));
        return names;
    }

    void insert(Delegate d) {
        db.query("""
                INSERT INTO delegate (id, briefing, endpoint, name, title, registered_at, from_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)""", d.id(), d.briefing(), d.endpoint(), d.name(), d.title(), time(d.registeredAt()), time(d.from()));
    }

    void save(Delegate d) {
        db.query("UPDATE delegate SET from_at = $2, to_at = $3 WHERE id = $1", d.id(), time(d.from()), time(d.to()));
    }

    void delete(UUID id) {
        db.query("DELETE FROM delegate WHERE id = $1", id);
    }

    void deleteAt(UUID briefing, UUID endpoint) {
        db.query("DELETE FROM delegate WHERE briefing = $1 AND endpoint = $2", briefing, endpoint);
    }

    private List<Delegate> read(String sql, Object... arguments) {
        var out = new ArrayList<Delegate>();
        for (var row : db.query(sql, arguments))
            out.add(new Delegate(
                    row.getUUID("id"),
                    row.getUUID("briefing"),
                    row.getUUID("endpoint"),
                    row.getString("name"),
                    row.getString("title"),
                    instant(row, "registered_at"),
                    instant(row, "from_at"),
                    instant(row, "to_at")));
        return out;
    }
}

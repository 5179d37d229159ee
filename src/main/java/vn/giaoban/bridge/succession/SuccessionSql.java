package vn.giaoban.bridge.succession;

import static vn.giaoban.db.Columns.time;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import vn.giaoban.db.Db;
import vn.giaoban.directory.map.Participation;

/** Whom briefings of a time have invited, and who took part. */
final class SuccessionSql {
    private final Db db;

    SuccessionSql(Db db) {
        this.db = db;
    }

    /** Every briefing from an instant on that shows the name of any of these, invited or in its agenda, and which. */
    Map<UUID, Set<UUID>> briefings(Collection<UUID> endpoints, Instant from) {
        return read("""
                SELECT n.briefing, n.endpoint
                FROM (SELECT briefing, endpoint FROM invitation UNION SELECT briefing, endpoint FROM agenda_item
                  UNION SELECT id, hub FROM briefing) n
                JOIN briefing b ON b.id = n.briefing
                WHERE n.endpoint = ANY ($1) AND b.planned_start >= $2 ORDER BY b.planned_start, n.briefing""", endpoints, from);
    }

    /** The same, of those that have not begun. */
    Map<UUID, Set<UUID>> planned(Collection<UUID> endpoints, Instant from) {
        return read("""
                SELECT i.briefing, i.endpoint FROM invitation i JOIN briefing b ON b.id = i.briefing
                WHERE i.endpoint = ANY ($1) AND b.planned_start >= $2 AND b.status IN ('DRAFT', 'SCHEDULED', 'POSTPONED')
                ORDER BY b.planned_start, i.briefing""", endpoints, from);
    }

    /** Those that are no more on a day, and the last day of each. */
    List<Ended> ended(Collection<UUID> endpoints, LocalDate day) {
        var ended = new ArrayList<Ended>();
        db.query("""
                        SELECT e.id, e.valid_to, s.id AS heir, s.name AS heir_name
                        FROM endpoint e LEFT JOIN endpoint s ON s.id = e.successor
                        WHERE e.id = ANY ($1) AND e.valid_to < $2 ORDER BY e.sort, e.code""", endpoints.toArray(UUID[]::new), day)
                .forEach(row -> ended.add(new Ended(
                        row.getUUID("id"),
                        row.getLocalDate("valid_to"),
                        row.getUUID("heir"),
                        row.getString("heir_name"))));
        return ended;
    }

    /** An endpoint that is no more after a day, and who takes its place, null where nobody does. */
    record Ended(UUID endpoint, LocalDate until, UUID heir, String heirName) {}

    Map<String, Participation.Count> count(List<Participation.Stay> stays, Instant from, Instant to) {
        var counts = new HashMap<String, Participation.Count>();
        db.query(
                        """
                        SELECT s.key, count(*) AS invited, count(i.joined_at) AS joined, count(DISTINCT i.briefing) AS briefings
                        FROM unnest($1::uuid[], $2::date[], $3::date[], $4::text[]) AS s (endpoint, valid_from, valid_to, key)
                        JOIN invitation i ON i.endpoint = s.endpoint
                        JOIN briefing b ON b.id = i.briefing AND b.status = 'CLOSED'
                          AND b.planned_start >= $5 AND b.planned_start < $6
                          AND (b.planned_start AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN s.valid_from AND s.valid_to
                        GROUP BY GROUPING SETS ((s.key), ())""",
                        stays.stream().map(Participation.Stay::endpoint).toArray(UUID[]::new),
                        stays.stream().map(Participation.Stay::from).toArray(LocalDate[]::new),
                        stays.stream().map(Participation.Stay::to).toArray(LocalDate[]::new),
                        stays.stream().map(Participation.Stay::key).toArray(String[]::new),
                        time(from),
                        time(to))
                .forEach(row -> counts.put(
                        // The row of no key is the sum: a briefing of two provinces counts once in it.
                        row.getString("key") == null ? Participation.ALL : row.getString("key"),
                        new Participation.Count(
                                row.getLong("briefings").intValue(),
                                row.getLong("invited").intValue(),
                                row.getLong("joined").intValue())));
        return counts;
    }

    private Map<UUID, Set<UUID>> read(String sql, Collection<UUID> endpoints, Instant from) {
        var found = new LinkedHashMap<UUID, Set<UUID>>();
        db.query(sql, endpoints.toArray(UUID[]::new), time(from))
                .forEach(row -> found.computeIfAbsent(row.getUUID("briefing"), id -> new TreeSet<>())
                        .add(row.getUUID("endpoint")));
        return found;
    }
}

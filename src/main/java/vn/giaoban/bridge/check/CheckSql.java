package vn.giaoban.bridge.check;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.bridge.check.Measured.Step;
import vn.giaoban.bridge.check.Verdict.Cause;
import vn.giaoban.bridge.check.Verdict.Finding;
import vn.giaoban.bridge.check.Verdict.Grade;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;

/** The table of technical checks. */
final class CheckSql {
    private final Db db;

    CheckSql(Db db) {
        this.db = db;
    }

    void insert(Check check) {
        db.query(
                """
                INSERT INTO technical_check (id, briefing, endpoint, measured_at, received_at, person, technician, note,
                  browser, steps, grade, findings)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
                check.id(),
                check.briefing(),
                check.endpoint(),
                time(check.measuredAt()),
                time(check.receivedAt()),
                check.person(),
                check.technician(),
                check.note(),
                Json.text(check.browser()),
                Json.text(check.measured().steps()),
                check.verdict().grade().name(),
                Json.text(Map.of("all", CheckView.findings(check.verdict()))));
    }

    int count(UUID briefing, UUID endpoint) {
        return db.row(
                        "SELECT count(*)::int AS n FROM technical_check WHERE briefing = $1 AND endpoint = $2",
                        briefing,
                        endpoint)
                .getInteger("n");
    }

    /** Of one site for one briefing, the newest measured first. */
    List<Check> of(UUID briefing, UUID endpoint) {
        return read("""
                SELECT * FROM technical_check WHERE briefing = $1 AND endpoint = $2
                ORDER BY measured_at DESC, received_at DESC, id""", briefing, endpoint);
    }

    List<Check> all(UUID briefing) {
        return read("SELECT * FROM technical_check WHERE briefing = $1 ORDER BY measured_at, id", briefing);
    }

    /** The one that counts: the newest measured since the site was invited; null where there is none. */
    Check newest(UUID briefing, UUID endpoint) {
        var found = read("""
                SELECT * FROM technical_check WHERE briefing = $1 AND endpoint = $2 AND counts
                ORDER BY measured_at DESC, received_at DESC, id LIMIT 1""", briefing, endpoint);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The same for every site of a briefing. */
    List<Check> newest(UUID briefing) {
        return read("""
                SELECT DISTINCT ON (endpoint) * FROM technical_check WHERE briefing = $1 AND counts
                ORDER BY endpoint, measured_at DESC, received_at DESC, id""", briefing);
    }

    /** A site's last check for each of the briefings before, the newest first. */
    List<Check> before(UUID briefing, UUID endpoint, int most) {
        return read("""
                SELECT * FROM (
                  SELECT DISTINCT ON (briefing) * FROM technical_check WHERE endpoint = $2 AND briefing <> $1
                  ORDER BY briefing, measured_at DESC, received_at DESC, id) last
                ORDER BY measured_at DESC, id LIMIT $3""", briefing, endpoint, most);
    }

    /** Which of these sites' last check, for whatever briefing, was bad. */
    Set<UUID> lastBad(Set<UUID> endpoints) {
        var bad = new HashSet<UUID>();
        for (var row : db.query("""
                SELECT endpoint FROM (
                  SELECT DISTINCT ON (endpoint) endpoint, grade FROM technical_check WHERE endpoint = ANY ($1)
                  ORDER BY endpoint, measured_at DESC, received_at DESC, id) last
                WHERE grade = 'BAD'""", (Object) endpoints.toArray(UUID[]::new))) bad.add(row.getUUID("endpoint"));
        return bad;
    }

    /** Kept in the site's history, but no longer this briefing's: a site invited again begins without a check. */
    void discount(UUID briefing, UUID endpoint) {
        db.query("UPDATE technical_check SET counts = false WHERE briefing = $1 AND endpoint = $2", briefing, endpoint);
    }

    private List<Check> read(String sql, Object... arguments) {
        var out = new ArrayList<Check>();
        for (var row : db.query(sql, arguments)) out.add(check(row));
        return out;
    }

    private static Check check(Row row) {
        return new Check(
                row.getUUID("id"),
                row.getUUID("briefing"),
                row.getUUID("endpoint"),
                instant(row, "measured_at"),
                instant(row, "received_at"),
                row.getUUID("person"),
                row.getString("technician"),
                row.getString("note"),
                Json.parse(row.getString("browser")),
                new Measured(Json.parse(row.getString("steps"))),
                new Verdict(Grade.valueOf(row.getString("grade")), findings(row.getString("findings"))));
    }

    private static List<Finding> findings(String text) {
        return ((List<?>) Json.parse(text).get("all"))
                .stream().map(one -> finding((Map<?, ?>) one)).toList();
    }

    private static Finding finding(Map<?, ?> one) {
        return new Finding(
                Cause.valueOf((String) one.get("cause")),
                Step.valueOf(((String) one.get("step")).toUpperCase(java.util.Locale.ROOT)),
                Grade.valueOf((String) one.get("grade")),
                one.get("figure") instanceof Number figure ? (Double) figure.doubleValue() : null,
                one.get("bound") instanceof Number bound ? (Double) bound.doubleValue() : null);
    }
}

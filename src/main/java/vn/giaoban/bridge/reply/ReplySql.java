package vn.giaoban.bridge.reply;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The tables of answers to invitations and of the hours until which they are asked for. */
final class ReplySql {
    private final Db db;

    ReplySql(Db db) {
        this.db = db;
    }

    Reply find(UUID briefing, UUID endpoint) {
        var row = db.row("SELECT * FROM reply WHERE briefing = $1 AND endpoint = $2", briefing, endpoint);
        return row == null ? null : reply(row);
    }

    List<Reply> of(UUID briefing) {
        var out = new ArrayList<Reply>();
        for (var row : db.query("SELECT * FROM reply WHERE briefing = $1 ORDER BY endpoint", briefing))
            out.add(reply(row));
        return out;
    }

    record Totals(int confirmed, int declined, int asked) {}

    Totals totals(UUID briefing) {
        var row = db.row("""
                SELECT (count(*) FILTER (WHERE answer = 'CONFIRMED'))::int AS confirmed,
                  (count(*) FILTER (WHERE answer = 'DECLINED'))::int AS declined,
                  (count(*) FILTER (WHERE consent = 'ASKED'))::int AS asked
                FROM reply WHERE briefing = $1""", briefing);
        return new Totals(row.getInteger("confirmed"), row.getInteger("declined"), row.getInteger("asked"));
    }

    void save(Reply r) {
        var s = r.substitute();
        db.query(
                """
                INSERT INTO reply (briefing, endpoint, answer, reason, at, person, late, planned_start,
                  substitute, substitute_title, instead, consent, note, decided_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                ON CONFLICT (briefing, endpoint) DO UPDATE SET answer = excluded.answer, reason = excluded.reason,
                  at = excluded.at, person = excluded.person, late = excluded.late,
                  planned_start = excluded.planned_start, substitute = excluded.substitute,
                  substitute_title = excluded.substitute_title, instead = excluded.instead,
                  consent = excluded.consent, note = excluded.note, decided_at = excluded.decided_at""",
                r.briefing(),
                r.endpoint(),
                r.answer().name(),
                r.reason(),
                time(r.at()),
                r.by(),
                r.late(),
                time(r.start()),
                s == null ? "" : s.name(),
                s == null ? "" : s.title(),
                s == null ? "" : s.instead(),
                s == null ? null : s.consent().name(),
                s == null ? "" : s.note(),
                s == null ? null : time(s.decidedAt()));
    }

    void delete(UUID briefing, UUID endpoint) {
        db.query("DELETE FROM reply WHERE briefing = $1 AND endpoint = $2", briefing, endpoint);
    }

    Instant deadline(UUID briefing) {
        var row = db.row("SELECT reply_by FROM reply_deadline WHERE briefing = $1", briefing);
        return row == null ? null : instant(row, "reply_by");
    }

    void deadline(UUID briefing, Instant by) {
        if (by == null) db.query("DELETE FROM reply_deadline WHERE briefing = $1", briefing);
        else db.query("""
                    INSERT INTO reply_deadline (briefing, reply_by) VALUES ($1, $2)
                    ON CONFLICT (briefing) DO UPDATE SET reply_by = excluded.reply_by""", briefing, time(by));
    }

    private static Reply reply(Row row) {
        var consent = row.getString("consent");
        var substitute = consent == null
                ? null
                : new Reply.Substitute(
                        row.getString("substitute"),
                        row.getString("substitute_title"),
                        row.getString("instead"),
                        Reply.Consent.valueOf(consent),
                        row.getString("note"),
                        instant(row, "decided_at"));
        return new Reply(
                row.getUUID("briefing"),
                row.getUUID("endpoint"),
                Reply.Answer.valueOf(row.getString("answer")),
                row.getString("reason"),
                instant(row, "at"),
                row.getUUID("person"),
                row.getBoolean("late"),
                instant(row, "planned_start"),
                substitute);
    }
}

package vn.giaoban.bridge.support;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of the cases of support. */
final class SupportSql {
    private final Db db;

    SupportSql(Db db) {
        this.db = db;
    }

    List<SupportCase> open(UUID briefing) {
        return read(
                "SELECT * FROM support_case WHERE briefing = $1 AND ended_at IS NULL ORDER BY opened_at, id", briefing);
    }

    SupportCase open(UUID briefing, UUID endpoint) {
        return first(read(
                "SELECT * FROM support_case WHERE briefing = $1 AND endpoint = $2 AND ended_at IS NULL",
                briefing,
                endpoint));
    }

    SupportCase inRoom(String room) {
        return first(read("SELECT * FROM support_case WHERE room = $1 AND ended_at IS NULL", room));
    }

    void insert(SupportCase one) {
        db.query(
                """
                INSERT INTO support_case (id, briefing, endpoint, reason, text, opened_at, asked, room)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
                one.id(),
                one.briefing(),
                one.endpoint(),
                one.reason().name(),
                one.text(),
                time(one.openedAt()),
                one.asked(),
                one.room());
    }

    void save(SupportCase one) {
        db.query(
                "UPDATE support_case SET taken_at = $2, taken_by = $3, taken_name = $4, ended_at = $5 WHERE id = $1",
                one.id(),
                time(one.takenAt()),
                one.takenBy(),
                one.takenName(),
                time(one.endedAt()));
    }

    private static SupportCase first(List<SupportCase> found) {
        return found.isEmpty() ? null : found.getFirst();
    }

    private List<SupportCase> read(String sql, Object... arguments) {
        var out = new ArrayList<SupportCase>();
        for (var row : db.query(sql, arguments))
            out.add(new SupportCase(
                    row.getUUID("id"),
                    row.getUUID("briefing"),
                    row.getUUID("endpoint"),
                    SupportCase.Reason.valueOf(row.getString("reason")),
                    row.getString("text"),
                    instant(row, "opened_at"),
                    row.getBoolean("asked"),
                    instant(row, "taken_at"),
                    row.getUUID("taken_by"),
                    row.getString("taken_name"),
                    row.getString("room"),
                    instant(row, "ended_at")));
        return out;
    }
}

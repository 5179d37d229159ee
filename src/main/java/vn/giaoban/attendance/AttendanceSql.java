package vn.giaoban.attendance;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The tables of frozen lists and their addenda; both are written once. */
final class AttendanceSql {
    private final Db db;

    AttendanceSql(Db db) {
        this.db = db;
    }

    FrozenList find(UUID briefing) {
        var row = db.row("SELECT frozen_at, body, hash FROM attendance_record WHERE briefing = $1", briefing);
        return row == null
                ? null
                : new FrozenList(
                        briefing,
                        instant(row, "frozen_at"),
                        row.getString("body"),
                        row.getBuffer("hash").getBytes());
    }

    void insert(FrozenList list) {
        db.query(
                "INSERT INTO attendance_record (briefing, frozen_at, body, hash) VALUES ($1, $2, $3, $4)",
                list.briefing(),
                time(list.at()),
                list.body(),
                Buffer.buffer(list.hash()));
    }

    List<Addendum> addenda(UUID briefing) {
        var out = new ArrayList<Addendum>();
        for (var row : db.query("""
                SELECT a.n, a.at, a.person, p.name AS by, a.text, a.hash
                FROM attendance_addendum a JOIN person p ON p.id = a.person WHERE a.briefing = $1 ORDER BY a.n""", briefing))
            out.add(new Addendum(
                    briefing,
                    row.getInteger("n"),
                    instant(row, "at"),
                    row.getUUID("person"),
                    row.getString("by"),
                    row.getString("text"),
                    row.getBuffer("hash").getBytes()));
        return out;
    }

    void insert(Addendum a) {
        db.query(
                "INSERT INTO attendance_addendum (briefing, n, at, person, text, hash) VALUES ($1, $2, $3, $4, $5, $6)",
                a.briefing(),
                a.n(),
                time(a.at()),
                a.person(),
                a.text(),
                Buffer.buffer(a.hash()));
    }
}

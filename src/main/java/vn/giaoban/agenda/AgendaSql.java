package vn.giaoban.agenda;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;
import vn.giaoban.journal.Audience;

/** The table of agenda items. */
final class AgendaSql {
    private final Db db;

    AgendaSql(Db db) {
        this.db = db;
    }

    List<AgendaItem> of(UUID briefing) {
        var items = new ArrayList<AgendaItem>();
        for (var row : db.query("SELECT * FROM agenda_item WHERE briefing = $1 ORDER BY place", briefing))
            items.add(item(row));
        return items;
    }

    void insert(AgendaItem item) {
        var t = item.text();
        db.query(
                """
                INSERT INTO agenda_item (id, briefing, place, title, title_en, minutes, speaker, endpoint, visibility,
                  status, late, version)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
                item.id(),
                item.briefing(),
                item.place(),
                t.title(),
                t.titleEn(),
                t.minutes(),
                t.speaker(),
                t.endpoint(),
                t.visibility().name(),
                item.status().name(),
                item.late(),
                item.version());
    }

    void save(AgendaItem item) {
        var t = item.text();
        db.query(
                """
                UPDATE agenda_item SET title = $2, title_en = $3, minutes = $4, speaker = $5, endpoint = $6,
                  visibility = $7, status = $8, started_at = $9, ended_at = $10, version = $11, planned_start = $12
                WHERE id = $1""",
                item.id(),
                t.title(),
                t.titleEn(),
                t.minutes(),
                t.speaker(),
                t.endpoint(),
                t.visibility().name(),
                item.status().name(),
                time(item.startedAt()),
                time(item.endedAt()),
                item.version(),
                time(item.plannedStart()));
    }

    /** The places of all items at once; the constraint looks only when the transaction ends. */
    void place(List<AgendaItem> items) {
        db.batch(
                "UPDATE agenda_item SET place = $2 WHERE id = $1",
                items.stream().map(item -> Tuple.of(item.id(), item.place())).toList());
    }

    void delete(UUID id) {
        db.query("DELETE FROM agenda_item WHERE id = $1", id);
    }

    private static AgendaItem item(Row row) {
        return new AgendaItem(
                row.getUUID("id"),
                row.getUUID("briefing"),
                row.getInteger("place"),
                new AgendaItem.Text(
                        row.getString("title"),
                        row.getString("title_en"),
                        row.getInteger("minutes"),
                        row.getString("speaker"),
                        row.getUUID("endpoint"),
                        Audience.valueOf(row.getString("visibility"))),
                AgendaItem.Status.valueOf(row.getString("status")),
                row.getBoolean("late"),
                instant(row, "planned_start"),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getInteger("version"));
    }
}

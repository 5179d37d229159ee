package vn.giaoban.jitsi.reservation;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of what Jitsi was answered when it asked for a room. */
final class ReservationSql {
    private final Db db;

    ReservationSql(Db db) {
        this.db = db;
    }

    /** The one that stands for the room, which is a new one if none does: the same number for the same question. */
    Reservation stand(String room, UUID briefing, int seats, Instant now) {
        return reservation(db.row("""
                INSERT INTO video_reservation (room, briefing, start_at, seats, asked_at) VALUES ($1, $2, $3, $4, $3)
                ON CONFLICT (room) WHERE ended_at IS NULL
                DO UPDATE SET start_at = excluded.start_at, asked_at = excluded.asked_at, seats = excluded.seats
                RETURNING id, room, start_at, seats""", room, briefing, time(now), seats));
    }

    /** Null where it does not stand. */
    Reservation find(long id) {
        var row = db.row(
                "SELECT id, room, start_at, seats FROM video_reservation WHERE id = $1 AND ended_at IS NULL", id);
        return row == null ? null : reservation(row);
    }

    /** Whether there ever was one of this number. */
    boolean end(long id, Instant now) {
        return db.query("UPDATE video_reservation SET ended_at = coalesce(ended_at, $2) WHERE id = $1", id, time(now))
                        .rowCount()
                > 0;
    }

    private static Reservation reservation(Row row) {
        return new Reservation(
                row.getLong("id"), row.getString("room"), instant(row, "start_at"), row.getInteger("seats"));
    }
}

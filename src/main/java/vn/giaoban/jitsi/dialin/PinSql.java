package vn.giaoban.jitsi.dialin;

import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of the numbers by which telephones find rooms. */
final class PinSql {
    private final Db db;

    PinSql(Db db) {
        this.db = db;
    }

    String of(UUID briefing) {
        var row = db.row("SELECT pin FROM video_pin WHERE briefing = $1", briefing);
        return row == null ? null : row.getString("pin");
    }

    /** Keeps the first one where two are made at once; takes none that is in use. */
    void insert(UUID briefing, String room, String pin) {
        db.query(
                "INSERT INTO video_pin (briefing, room, pin) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                briefing,
                room,
                pin);
    }

    String room(String pin) {
        var row = db.row("SELECT room FROM video_pin WHERE pin = $1", pin);
        return row == null ? null : row.getString("room");
    }

    void delete(UUID briefing) {
        db.query("DELETE FROM video_pin WHERE briefing = $1", briefing);
    }
}

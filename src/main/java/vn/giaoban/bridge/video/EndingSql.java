package vn.giaoban.bridge.video;

import static vn.giaoban.db.Columns.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;

/** The rooms that are to be ended, among what is due: rows of one act, which only this room of the house carries out. */
final class EndingSql {
    static final String ACT = "video.end";

    private final Db db;

    EndingSql(Db db) {
        this.db = db;
    }

    /** A room to be ended; {@code failed}: how often that was tried in vain. */
    record Ending(UUID id, UUID briefing, String room, int failed, Instant since, String why) {}

    /** One whose time has come, which nobody else takes meanwhile; null where there is none. */
    Ending claim(Instant now, Instant until) {
        var row = db.row("""
                UPDATE due_act SET at = $3 WHERE id = (
                  SELECT id FROM due_act WHERE act = $1 AND done_at IS NULL AND at <= $2
                  ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id, subject, detail, failed""", ACT, time(now), time(until));
        return row == null
                ? null
                : ending(
                        row.getUUID("id"), row.getString("subject"), row.getString("detail"), row.getInteger("failed"));
    }

    /** Whether the room is to be ended already. */
    boolean pending(String room) {
        return db.row("SELECT 1 FROM due_act WHERE act = $1 AND subject = $2 AND done_at IS NULL LIMIT 1", ACT, room)
                != null;
    }

    void done(Ending ending, Instant now) {
        db.query("UPDATE due_act SET done_at = $2 WHERE id = $1", ending.id(), time(now));
    }

    void again(Ending ending, Instant at, String why) {
        var detail = Json.text(java.util.Map.of(
                "briefing", ending.briefing().toString(),
                "since", ending.since().toString(),
                "why", why));
        db.query(
                "UPDATE due_act SET failed = failed + 1, at = $2, detail = $3 WHERE id = $1",
                ending.id(),
                time(at),
                detail);
    }

    /** Those of the briefing that have been tried in vain. */
    List<Ending> waiting(UUID briefing) {
        var out = new ArrayList<Ending>();
        for (var row : db.query("""
                SELECT id, subject, detail, failed FROM due_act
                WHERE act = $1 AND done_at IS NULL AND failed > 0 AND detail::jsonb ->> 'briefing' = $2
                ORDER BY detail::jsonb ->> 'since', subject""", ACT, briefing.toString()))
            out.add(ending(
                    row.getUUID("id"), row.getString("subject"), row.getString("detail"), row.getInteger("failed")));
        return out;
    }

    private static Ending ending(UUID id, String room, String detail, int failed) {
        var said = Json.parse(detail);
        return new Ending(
                id,
                UUID.fromString((String) said.get("briefing")),
                room,
                failed,
                Instant.parse((String) said.get("since")),
                (String) said.getOrDefault("why", ""));
    }
}

package vn.giaoban.bridge.relay;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The tables of what is relayed. */
final class RelaySql {
    private final Db db;

    RelaySql(Db db) {
        this.db = db;
    }

    /** A report that says nothing new only keeps the lease alive; false: there is something to look at. */
    boolean renewed(UUID briefing, Report report, Instant now) {
        return db.row("""
            UPDATE video_relay SET seen_at = $4, n = $3
            WHERE briefing = $1 AND page = $2 AND n < $3 AND digest = $5 RETURNING n\
            """, briefing, report.page(), report.n(), time(now), report.digest()) != null;
    }

    Lease lease(UUID briefing) {
        var row = db.row("SELECT * FROM video_relay WHERE briefing = $1", briefing);
        return row == null
                ? null
                : new Lease(
                        row.getUUID("page"),
                        row.getString("by_name"),
                        instant(row, "since"),
                        instant(row, "seen_at"),
                        row.getLong("n"));
    }

    Roster roster(UUID briefing) {
        var row = db.row("SELECT lobby, recording_at FROM video_relay WHERE briefing = $1", briefing);
        if (row == null) return Roster.EMPTY;
        var seats = new ArrayList<Seat>();
        for (var r : db.query("SELECT * FROM video_seat WHERE briefing = $1 ORDER BY participant", briefing))
            seats.add(new Seat(
                    r.getString("participant"),
                    r.getUUID("endpoint"),
                    r.getString("name"),
                    r.getBoolean("moderator"),
                    r.getBoolean("audio_muted"),
                    r.getBoolean("video_muted"),
                    r.getLong("hand")));
        var knocks = new ArrayList<Knock>();
        for (var r : db.query("SELECT * FROM video_knock WHERE briefing = $1 ORDER BY participant", briefing))
            knocks.add(new Knock(r.getString("participant"), r.getUUID("endpoint"), r.getString("name")));
        return new Roster(seats, knocks, row.getBoolean("lobby"), instant(row, "recording_at"));
    }

    void save(UUID briefing, Lease lease, String digest, Roster was, Roster is) {
        db.query(
                """
                INSERT INTO video_relay (briefing, page, by_name, since, seen_at, n, digest, lobby, recording_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (briefing) DO UPDATE SET page = $2, by_name = $3, since = $4, seen_at = $5, n = $6,
                  digest = $7, lobby = $8, recording_at = $9\
                """,
                briefing,
                lease.page(),
                lease.by(),
                time(lease.since()),
                time(lease.seenAt()),
                lease.n(),
                digest,
                is.lobby(),
                time(is.recordingAt()));
        drop(
                briefing,
                "video_seat",
                was.seats().stream()
                        .filter(seat -> !is.seats().contains(seat))
                        .map(Seat::participant)
                        .toList());
        db.batch(
                "INSERT INTO video_seat VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                is.seats().stream()
                        .filter(seat -> !was.seats().contains(seat))
                        .map(s -> Tuple.tuple()
                                .addValue(briefing)
                                .addValue(s.participant())
                                .addValue(s.endpoint())
                                .addValue(s.name())
                                .addValue(s.moderator())
                                .addValue(s.audioMuted())
                                .addValue(s.videoMuted())
                                .addValue(s.hand()))
                        .toList());
        drop(
                briefing,
                "video_knock",
                was.knocks().stream()
                        .filter(k -> !is.knocks().contains(k))
                        .map(Knock::participant)
                        .toList());
        db.batch(
                "INSERT INTO video_knock VALUES ($1, $2, $3, $4)",
                is.knocks().stream()
                        .filter(knock -> !was.knocks().contains(knock))
                        .map(k -> Tuple.of(briefing, k.participant(), k.endpoint(), k.name()))
                        .toList());
    }

    private void drop(UUID briefing, String table, Collection<String> participants) {
        if (participants.isEmpty()) return;
        db.query(
                "DELETE FROM " + table + " WHERE briefing = $1 AND participant = ANY ($2)",
                briefing,
                participants.toArray(String[]::new));
    }

    List<Hand> hands(UUID briefing) {
        var hands = new ArrayList<Hand>();
        for (var r : db.query("SELECT * FROM video_hand WHERE briefing = $1", briefing))
            hands.add(new Hand(
                    r.getString("participant"),
                    r.getLong("hand"),
                    r.getUUID("endpoint"),
                    r.getUUID("request"),
                    r.getBoolean("down")));
        return hands;
    }

    void save(UUID briefing, Collection<Hand> hands) {
        db.batch(
                """
                INSERT INTO video_hand VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (briefing, participant, hand) DO UPDATE SET down = excluded.down\
                """,
                hands.stream()
                        .map(h -> Tuple.of(briefing, h.participant(), h.hand(), h.endpoint(), h.request(), h.down()))
                        .toList());
    }

    /** Relays that have said nothing since then. */
    List<UUID> silentSince(Instant then) {
        var silent = new ArrayList<UUID>();
        for (var row :
                db.query("SELECT briefing FROM video_relay WHERE page IS NOT NULL AND seen_at <= $1", time(then)))
            silent.add(row.getUUID("briefing"));
        return silent;
    }

    /** Nothing of it stays once the doors are closed. */
    void clear(UUID briefing) {
        for (var table : List.of("video_hand", "video_knock", "video_seat", "video_relay"))
            db.query("DELETE FROM " + table + " WHERE briefing = $1", briefing);
    }
}

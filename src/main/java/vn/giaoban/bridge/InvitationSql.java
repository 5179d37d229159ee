package vn.giaoban.bridge;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The tables of invitations and of the intervals in which their lines stood. */
final class InvitationSql {
    private final Db db;

    InvitationSql(Db db) {
        this.db = db;
    }

    List<Invitation> of(UUID briefing) {
        return read("SELECT * FROM invitation WHERE briefing = $1 ORDER BY endpoint", briefing);
    }

    List<Invitation> to(UUID endpoint) {
        return read("""
                SELECT i.* FROM invitation i JOIN briefing b ON b.id = i.briefing
                WHERE i.endpoint = $1 AND NOT b.archived ORDER BY i.briefing""", endpoint);
    }

    Invitation find(UUID briefing, UUID endpoint) {
        var found = read("SELECT * FROM invitation WHERE briefing = $1 AND endpoint = $2", briefing, endpoint);
        return found.isEmpty() ? null : found.getFirst();
    }

    Set<UUID> among(UUID briefing, Set<UUID> endpoints) {
        var out = new HashSet<UUID>();
        for (var row : db.query(
                "SELECT endpoint FROM invitation WHERE briefing = $1 AND endpoint = ANY ($2)",
                briefing,
                endpoints.toArray(UUID[]::new))) out.add(row.getUUID("endpoint"));
        return out;
    }

    /** How many are expected, stand, and are lost: what every audience may know. */
    record Totals(int expected, int connected, int lost) {}

    Totals totals(UUID briefing) {
        var row = db.row("""
                SELECT count(*)::int AS expected, (count(*) FILTER (WHERE state IN ('CONNECTED', 'WEAK')))::int AS connected,
                  (count(*) FILTER (WHERE state = 'LOST'))::int AS lost
                FROM invitation WHERE briefing = $1""", briefing);
        return new Totals(row.getInteger("expected"), row.getInteger("connected"), row.getInteger("lost"));
    }

    void insert(UUID briefing, Collection<UUID> endpoints) {
        db.query(
                "INSERT INTO invitation (briefing, endpoint, state) SELECT $1, unnest($2::uuid[]), 'EXPECTED' ON CONFLICT DO NOTHING",
                briefing,
                endpoints.toArray(UUID[]::new));
    }

    void delete(UUID briefing, UUID endpoint) {
        db.query("DELETE FROM invitation WHERE briefing = $1 AND endpoint = $2", briefing, endpoint);
    }

    void save(Collection<Invitation> invitations) {
        db.batch(
                """
                UPDATE invitation SET state = $3, joined_at = $4, left_at = $5, losses = $6, line = $7, line_at = $8
                WHERE briefing = $1 AND endpoint = $2""",
                invitations.stream()
                        .map(i -> Tuple.of(
                                i.briefing(),
                                i.endpoint(),
                                i.state().name(),
                                time(i.joinedAt()),
                                time(i.leftAt()),
                                i.losses(),
                                i.line(),
                                time(i.lineAt())))
                        .toList());
    }

    /** Whose line stands although it is written down as lost, or the reverse; all briefings, or one. */
    List<Invitation> changed(UUID briefing) {
        return read("""
                SELECT i.* FROM invitation i JOIN briefing b ON b.id = i.briefing
                WHERE b.status IN ('OPEN', 'LIVE') AND ($1::uuid IS NULL OR i.briefing = $1)
                  AND i.joined_at IS NOT NULL AND i.left_at IS NULL AND i.state IN ('CONNECTED', 'LOST')
                  AND (i.state = 'CONNECTED') <> EXISTS (
                    SELECT 1 FROM follower f WHERE f.stream = 'endpoint/' || i.endpoint AND f.expires_at > clock_timestamp())
                ORDER BY i.briefing, i.endpoint""", briefing);
    }

    /** A line begins to stand. A gap shorter than this is the same interval: a reconnect is no second visit. */
    void begin(UUID briefing, Collection<UUID> endpoints, Instant at, int mergeGapSeconds) {
        var ids = endpoints.toArray(UUID[]::new);
        db.query("""
                UPDATE presence_interval p SET to_at = NULL
                WHERE briefing = $1 AND endpoint = ANY ($2) AND to_at >= $3
                  AND id = (SELECT max(id) FROM presence_interval l WHERE l.briefing = $1 AND l.endpoint = p.endpoint)""", briefing, ids, time(at.minusSeconds(mergeGapSeconds)));
        db.query("""
                INSERT INTO presence_interval (briefing, endpoint, source, from_at)
                SELECT $1, unnest($2::uuid[]), 'page', $3 ON CONFLICT DO NOTHING""", briefing, ids, time(at));
    }

    void end(UUID briefing, Collection<UUID> endpoints, Instant at) {
        db.query(
                "UPDATE presence_interval SET to_at = $3 WHERE briefing = $1 AND endpoint = ANY ($2) AND to_at IS NULL",
                briefing,
                endpoints.toArray(UUID[]::new),
                time(at));
    }

    void endAll(UUID briefing, Instant at) {
        db.query("UPDATE presence_interval SET to_at = $2 WHERE briefing = $1 AND to_at IS NULL", briefing, time(at));
    }

    List<Interval> intervals(UUID briefing) {
        var out = new ArrayList<Interval>();
        for (var row : db.query(
                "SELECT endpoint, source, from_at, to_at FROM presence_interval WHERE briefing = $1 ORDER BY from_at, id",
                briefing))
            out.add(new Interval(
                    row.getUUID("endpoint"), row.getString("source"), instant(row, "from_at"), instant(row, "to_at")));
        return out;
    }

    private List<Invitation> read(String sql, Object... arguments) {
        var out = new ArrayList<Invitation>();
        for (var row : db.query(sql, arguments))
            out.add(new Invitation(
                    row.getUUID("briefing"),
                    row.getUUID("endpoint"),
                    Invitation.State.valueOf(row.getString("state")),
                    instant(row, "joined_at"),
                    instant(row, "left_at"),
                    row.getInteger("losses"),
                    row.getString("line"),
                    instant(row, "line_at")));
        return out;
    }
}

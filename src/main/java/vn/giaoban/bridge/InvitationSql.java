package vn.giaoban.bridge;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of invitations. */
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

    List<Invitation> of(UUID briefing, Collection<UUID> endpoints) {
        return read(
                "SELECT * FROM invitation WHERE briefing = $1 AND endpoint = ANY ($2) ORDER BY endpoint",
                briefing,
                endpoints.toArray(UUID[]::new));
    }

    /** Every briefing that it is or was on the list of, also those long past; the latest ones where there are very many. */
    Set<UUID> ever(UUID endpoint, int most) {
        var out = new HashSet<UUID>();
        for (var row : db.query("""
                SELECT i.briefing FROM invitation i JOIN briefing b ON b.id = i.briefing
                WHERE i.endpoint = $1 ORDER BY b.planned_start DESC LIMIT $2""", endpoint, most)) out.add(row.getUUID("briefing"));
        return out;
    }

    Invitation find(UUID briefing, UUID endpoint) {
        var found = of(briefing, List.of(endpoint));
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

    Map<Invitation.State, Integer> states(UUID briefing) {
        var out = new EnumMap<Invitation.State, Integer>(Invitation.State.class);
        for (var row : db.query(
                "SELECT state, count(*)::int AS n FROM invitation WHERE briefing = $1 GROUP BY state", briefing))
            out.put(Invitation.State.valueOf(row.getString("state")), row.getInteger("n"));
        return out;
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
                UPDATE invitation SET state = $3, joined_at = $4, left_at = $5, by_page = $6, in_video = $7, lost_at = $8,
                  weak_at = $9, phone = $10, phone_at = $11, in_support = $12, last_check = $13, losses = $14, line = $15, line_at = $16
                WHERE briefing = $1 AND endpoint = $2""",
                invitations.stream()
                        .map(i -> Tuple.of(
                                i.briefing(),
                                i.endpoint(),
                                i.state().name(),
                                time(i.joinedAt()),
                                time(i.leftAt()),
                                i.line().page(),
                                i.line().video(),
                                time(i.line().lostAt()),
                                time(i.weakAt()),
                                i.phone() == null ? null : i.phone().number(),
                                i.phone() == null ? null : time(i.phone().at()),
                                i.inSupport(),
                                i.lastCheck().name(),
                                i.losses(),
                                i.text(),
                                time(i.textAt())))
                        .toList());
    }

    /** Whose page holds a line although it is written down as lost, or the reverse; all briefings, or one. */
    List<Invitation> changed(UUID briefing) {
        return read("""
                SELECT i.* FROM invitation i JOIN briefing b ON b.id = i.briefing
                WHERE b.status IN ('OPEN', 'LIVE') AND ($1::uuid IS NULL OR i.briefing = $1)
                  AND i.joined_at IS NOT NULL AND i.left_at IS NULL
                  AND (i.by_page AND i.lost_at IS NULL) <> EXISTS (
                    SELECT 1 FROM follower f WHERE f.stream = 'endpoint/' || i.endpoint AND f.expires_at > clock_timestamp())
                ORDER BY i.briefing, i.endpoint""", briefing);
    }

    private List<Invitation> read(String sql, Object... arguments) {
        var out = new ArrayList<Invitation>();
        for (var row : db.query(sql, arguments))
            out.add(new Invitation(
                    row.getUUID("briefing"),
                    row.getUUID("endpoint"),
                    instant(row, "joined_at"),
                    instant(row, "left_at"),
                    new SiteLine(row.getBoolean("by_page"), row.getBoolean("in_video"), instant(row, "lost_at")),
                    instant(row, "weak_at"),
                    row.getString("phone") == null
                            ? null
                            : new Invitation.Phone(row.getString("phone"), instant(row, "phone_at")),
                    row.getBoolean("in_support"),
                    Invitation.Check.valueOf(row.getString("last_check")),
                    row.getInteger("losses"),
                    row.getString("line"),
                    instant(row, "line_at")));
        return out;
    }
}

package vn.giaoban.people.session;

import static vn.giaoban.db.Columns.time;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of sessions. Of persons it reads only whether they are disabled and which version they are at. */
final class SessionSql {
    private static final String FOUND = """
            SELECT s.id, s.person, p.version, s.kind, s.created_at, s.seen_at, s.expires_at, s.agent
            FROM session s JOIN person p ON p.id = s.person
            WHERE s.ended_at IS NULL AND NOT p.disabled AND s.expires_at > $1 AND s.seen_at > $2 AND\s""";

    private final Db db;

    SessionSql(Db db) {
        this.db = db;
    }

    record Found(Session session, Instant seenAt) {}

    void insert(Session session, byte[] secret) {
        db.query(
                """
                INSERT INTO session (id, person, kind, secret, created_at, seen_at, expires_at, agent)
                VALUES ($1, $2, $3, $4, $5, $5, $6, $7)""",
                session.id(),
                session.person(),
                session.kind().name(),
                secret == null ? null : Buffer.buffer(secret),
                time(session.createdAt()),
                time(session.expiresAt()),
                session.agent());
    }

    Future<Found> bySecret(byte[] secret, Instant now, Instant idleSince) {
        return db.ask(FOUND + "s.secret = $3", time(now), time(idleSince), Buffer.buffer(secret))
                .map(SessionSql::first);
    }

    Future<Found> byId(UUID id, Instant now, Instant idleSince) {
        return db.ask(FOUND + "s.id = $3 AND s.kind = 'PROGRAM'", time(now), time(idleSince), id)
                .map(SessionSql::first);
    }

    List<Session> of(UUID person, Instant now, Instant idleSince) {
        var rows = db.query(FOUND + "s.person = $3 ORDER BY s.created_at DESC", time(now), time(idleSince), person);
        var sessions = new ArrayList<Session>();
        for (var row : rows) sessions.add(session(row));
        return sessions;
    }

    /** Those of the held sessions that run no more (version null), or whose person is at another version now. */
    Future<Map<UUID, Integer>> changed(Map<UUID, Integer> held, Instant now, Instant idleSince, Instant seenBefore) {
        var ids = new UUID[held.size()];
        var versions = new Integer[held.size()];
        int i = 0;
        for (var entry : held.entrySet()) {
            ids[i] = entry.getKey();
            versions[i++] = entry.getValue();
        }
        return db.ask("""
                        WITH running AS (
                          SELECT s.id, p.version FROM session s JOIN person p ON p.id = s.person
                          WHERE s.id = ANY($1) AND s.ended_at IS NULL AND NOT p.disabled
                            AND s.expires_at > $3 AND s.seen_at > $4
                        ), seen AS (
                          UPDATE session SET seen_at = $3 WHERE id IN (SELECT id FROM running) AND seen_at < $5
                        )
                        SELECT h.id, r.version FROM unnest($1::uuid[], $2::int[]) AS h (id, version)
                        LEFT JOIN running r USING (id) WHERE r.version IS DISTINCT FROM h.version""", ids, versions, time(now), time(idleSince), time(seenBefore))
                .map(rows -> {
                    var changed = new HashMap<UUID, Integer>();
                    for (var row : rows) changed.put(row.getUUID("id"), row.getInteger("version"));
                    return changed;
                });
    }

    Future<RowSet<Row>> seen(UUID session, Instant now) {
        return db.ask("UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2", session, time(now));
    }

    boolean end(UUID session, UUID person, Instant now) {
        return db.query(
                                "UPDATE session SET ended_at = $3 WHERE id = $1 AND person = $2 AND ended_at IS NULL",
                                session,
                                person,
                                time(now))
                        .rowCount()
                > 0;
    }

    void endAll(UUID person, UUID except, Instant now) {
        db.query(
                "UPDATE session SET ended_at = $3 WHERE person = $1 AND id IS DISTINCT FROM $2 AND ended_at IS NULL",
                person,
                except,
                time(now));
    }

    private static Found first(RowSet<Row> rows) {
        if (rows.size() == 0) return null;
        var row = rows.iterator().next();
        return new Found(session(row), row.getOffsetDateTime("seen_at").toInstant());
    }

    private static Session session(Row row) {
        return new Session(
                row.getUUID("id"),
                row.getUUID("person"),
                row.getInteger("version"),
                Session.Kind.valueOf(row.getString("kind")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getString("agent"));
    }
}

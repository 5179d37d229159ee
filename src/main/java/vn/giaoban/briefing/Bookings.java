package vn.giaoban.briefing;

import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import vn.giaoban.db.Columns;
import vn.giaoban.db.Db;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;

/**
 * What a briefing holds for its hours: endpoints, people, a room. The database makes two at once impossible; the look
 * before only serves the sentence that names the other briefing.
 */
final class Bookings {
    private final Db db;
    private final Duration buffer;

    Bookings(Db db, Duration buffer) {
        this.db = db;
        this.buffer = buffer;
    }

    /** Another briefing that holds one of ours. */
    record Clash(String resource, String name, UUID briefing) {
        /** The refusal that names the other briefing as far as the reader may see it. */
        Refusal refusal(Briefing other, Predicate<Briefing> visible) {
            boolean seen = visible.test(other);
            var says = Map.of("name", name, "title", seen ? other.plan().title() : "");
            return Refusal.state("conflict", says)
                    .wording(seen ? "conflict-named" : "conflict")
                    .extra(Map.of("conflict", named(other, visible)));
        }

        /** What is taken is told to everybody, by what only to those who may know. */
        Map<String, Object> named(Briefing other, Predicate<Briefing> visible) {
            var fields = Fields.of("resource", resource).and("name", name);
            return !visible.test(other)
                    ? fields
                    : fields.and("briefing", other.id())
                            .and("title", other.plan().title())
                            .and("plannedStart", other.plan().start())
                            .and("plannedEnd", other.plan().end());
        }
    }

    void book(Briefing briefing, Set<UUID> endpoints) {
        release(briefing.id());
        if (!briefing.status().books()) return;
        var resources = resources(briefing, endpoints);
        var start = Columns.time(briefing.plan().start());
        var end = Columns.time(briefing.plan().end().plus(buffer));
        try {
            db.query("""
                    INSERT INTO booking (resource, briefing, during)
                    SELECT unnest($1::text[]), $2, tstzrange($3, $4)""", resources.toArray(String[]::new), briefing.id(), start, end);
        } catch (PgException e) {
            if ("23P01".equals(e.getSqlState())) throw Refusal.state("conflict").wording("conflict-just-now");
            throw e;
        }
    }

    /**
     * Who holds what we would need, first of all. Until the transaction ends nobody else books: whoever comes second
     * sees what the first has booked and is told its name, where two rows that exclude one another would at worst
     * wait for each other. The constraint has the last word all the same.
     */
    Clash clash(Briefing briefing, Set<UUID> endpoints) {
        if (!briefing.status().books()) return null;
        db.query("SELECT pg_advisory_xact_lock(hashtextextended('booking', 0))");
        var row = db.row(
                """
                SELECT k.resource, k.briefing, coalesce(e.name, p.name, r.name) AS name
                FROM booking k
                LEFT JOIN endpoint e ON k.resource = 'endpoint:' || e.id
                LEFT JOIN person p ON k.resource = 'person:' || p.id
                LEFT JOIN video_room r ON k.resource = 'room:' || r.id
                WHERE k.resource = ANY ($1::text[]) AND k.briefing <> $2 AND k.during && tstzrange($3, $4)
                ORDER BY lower(k.during), k.resource LIMIT 1""",
                resources(briefing, endpoints).toArray(String[]::new),
                briefing.id(),
                Columns.time(briefing.plan().start()),
                Columns.time(briefing.plan().end().plus(buffer)));
        return row == null
                ? null
                : new Clash(row.getString("resource"), row.getString("name"), row.getUUID("briefing"));
    }

    /** The first booking of anything of ours that begins after our hours and before an expected end. */
    Clash next(Briefing briefing, Instant expectedEnd) {
        var row = db.row("""
                SELECT k.resource, k.briefing, coalesce(e.name, p.name, r.name) AS name
                FROM booking mine JOIN booking k ON k.resource = mine.resource AND k.briefing <> mine.briefing
                LEFT JOIN endpoint e ON k.resource = 'endpoint:' || e.id
                LEFT JOIN person p ON k.resource = 'person:' || p.id
                LEFT JOIN video_room r ON k.resource = 'room:' || r.id
                WHERE mine.briefing = $1 AND lower(k.during) >= lower(mine.during) AND lower(k.during) < $2
                ORDER BY lower(k.during), k.resource LIMIT 1""", briefing.id(), Columns.time(expectedEnd.plus(buffer)));
        return row == null
                ? null
                : new Clash(row.getString("resource"), row.getString("name"), row.getUUID("briefing"));
    }

    void release(UUID briefing) {
        db.query("DELETE FROM booking WHERE briefing = $1", briefing);
    }

    private static Collection<String> resources(Briefing briefing, Set<UUID> endpoints) {
        var all = new LinkedHashSet<String>();
        endpoints.stream().sorted().forEach(endpoint -> all.add("endpoint:" + endpoint));
        briefing.officers().stream().sorted().forEach(person -> all.add("person:" + person));
        if (briefing.plan().room() != null) all.add("room:" + briefing.plan().room());
        return all;
    }
}

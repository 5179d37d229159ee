package vn.giaoban.jitsi.event;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import vn.giaoban.db.Db;

/** The table of what Jitsi told and showed. Rows are added, each once; only whether the briefing has heard of it changes. */
final class FactSql {
    private static final String COLUMNS = "room, breakout, kind, nick, occupant, at, till, who, name";

    private final Db db;

    FactSql(Db db) {
        this.db = db;
    }

    void add(UUID briefing, List<Fact> facts) {
        db.query(
                """
                INSERT INTO video_fact (briefing, room, breakout, kind, nick, occupant, at, till, who, name)
                SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                  $8::timestamptz[], $9::text[], $10::text[]) ON CONFLICT DO NOTHING""",
                briefing,
                texts(facts, Fact::room),
                texts(facts, Fact::breakout),
                texts(facts, fact -> fact.kind().name()),
                texts(facts, Fact::nick),
                texts(facts, Fact::occupant),
                times(facts, Fact::at),
                times(facts, Fact::till),
                texts(facts, Fact::who),
                texts(facts, Fact::name));
    }

    /** The briefings that have not heard of everything. */
    List<UUID> untold() {
        var out = new ArrayList<UUID>();
        for (var row : db.query("SELECT DISTINCT briefing FROM video_fact WHERE NOT told ORDER BY briefing"))
            out.add(row.getUUID("briefing"));
        return out;
    }

    /** What a briefing has not heard of: it has, once the transaction is in the books. */
    List<Fact> tell(UUID briefing) {
        return facts(db.query(
                "UPDATE video_fact SET told = true WHERE briefing = $1 AND NOT told RETURNING " + COLUMNS, briefing));
    }

    List<Fact> of(UUID briefing) {
        return facts(db.query("SELECT " + COLUMNS + " FROM video_fact WHERE briefing = $1", briefing));
    }

    List<Fact> of(String room) {
        return facts(db.query("SELECT " + COLUMNS + " FROM video_fact WHERE room = $1", room));
    }

    /** Everything about the connections of these, and about the rooms as such. */
    List<Fact> of(UUID briefing, Set<String> whos, Set<String> nicks) {
        return facts(db.query(
                "SELECT " + COLUMNS + " FROM video_fact WHERE briefing = $1 " + """
                AND (nick = '' OR nick = ANY ($3) OR nick IN
                  (SELECT nick FROM video_fact w WHERE w.briefing = $1 AND w.who = ANY ($2) AND w.nick <> ''))""",
                briefing,
                whos.toArray(String[]::new),
                nicks.toArray(String[]::new)));
    }

    /** Rooms of which something was told since then and not that they are no more. */
    Set<String> standing(Instant since) {
        var out = new HashSet<String>();
        for (var row : db.query("""
                SELECT room, max(at) FILTER (WHERE kind <> 'DESTROYED') AS last, max(till) FILTER (WHERE kind = 'DESTROYED') AS over
                FROM video_fact WHERE at > $1 GROUP BY room
                HAVING max(till) FILTER (WHERE kind = 'DESTROYED') IS NULL
                  OR max(at) FILTER (WHERE kind <> 'DESTROYED') > max(till) FILTER (WHERE kind = 'DESTROYED')""", time(since))) out.add(row.getString("room"));
        return out;
    }

    private static String[] texts(List<Fact> facts, Function<Fact, String> of) {
        return facts.stream().map(of).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<Fact> facts, Function<Fact, Instant> of) {
        return facts.stream().map(of).map(at -> time(at)).toArray(OffsetDateTime[]::new);
    }

    private static List<Fact> facts(RowSet<Row> rows) {
        var facts = new ArrayList<Fact>();
        for (var row : rows)
            facts.add(new Fact(
                    row.getString("room"),
                    row.getString("breakout"),
                    Fact.Kind.valueOf(row.getString("kind")),
                    row.getString("nick"),
                    row.getString("occupant"),
                    instant(row, "at"),
                    instant(row, "till"),
                    row.getString("who"),
                    row.getString("name")));
        return facts;
    }
}

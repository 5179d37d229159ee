package vn.giaoban.bridge.wave;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.bridge.wave.CheckCall.Kind;
import vn.giaoban.bridge.wave.CheckCall.State;
import vn.giaoban.db.Db;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/** The tables of check rounds and their calls. */
final class WaveSql {
    private static final String CALLS = """
            SELECT id, briefing, kind, endpoint, technician, turn, lower(during) AS at,
              (extract(epoch FROM upper(during) - lower(during)) / 60)::int AS minutes, state, ended_at
            FROM check_call""";

    private final Db db;

    WaveSql(Db db) {
        this.db = db;
    }

    List<Round> rounds(UUID briefing) {
        var out = new ArrayList<Round>();
        for (var row : db.query("SELECT * FROM check_round WHERE briefing = $1 ORDER BY kind DESC", briefing))
            out.add(new Round(
                    briefing,
                    Kind.valueOf(row.getString("kind")),
                    row.getInteger("minutes"),
                    texts(Json.parse(row.getString("technicians")).get("names")),
                    hours(Json.parse(row.getString("hours")).get("all")),
                    row.getInteger("version")));
        return out;
    }

    Round round(UUID briefing, Kind kind) {
        return rounds(briefing).stream()
                .filter(round -> round.kind() == kind)
                .findFirst()
                .orElse(null);
    }

    void insert(Round round, List<CheckCall> calls) {
        db.query(
                """
                INSERT INTO check_round (briefing, kind, minutes, technicians, hours, version)
                VALUES ($1, $2, $3, $4, $5, $6)""",
                round.briefing(),
                round.kind().name(),
                round.minutes(),
                Json.text(Map.of("names", round.technicians())),
                Json.text(Map.of(
                        "all",
                        round.hours().stream()
                                .map(one -> Fields.of("from", one.from()).and("to", one.to()))
                                .toList())),
                round.version());
        db.batch(
                """
                INSERT INTO check_call (id, briefing, kind, endpoint, technician, turn, during, state)
                VALUES ($1, $2, $3, $4, $5, $6, tstzrange($7, $8), $9)""",
                calls.stream()
                        .map(c -> Tuple.from(List.of(
                                c.id(),
                                c.briefing(),
                                c.kind().name(),
                                c.endpoint(),
                                c.technician(),
                                c.turn(),
                                time(c.at()),
                                time(c.until()),
                                c.state().name())))
                        .toList());
    }

    void save(Round round) {
        db.query(
                "UPDATE check_round SET version = $3 WHERE briefing = $1 AND kind = $2",
                round.briefing(),
                round.kind().name(),
                round.version());
    }

    void save(CheckCall c) {
        db.query(
                """
                UPDATE check_call SET technician = $2, during = tstzrange($3, $4), state = $5, ended_at = $6
                WHERE id = $1""",
                c.id(),
                c.technician(),
                time(c.at()),
                time(c.until()),
                c.state().name(),
                time(c.endedAt()));
    }

    void delete(UUID briefing, Kind kind) {
        db.query("DELETE FROM check_round WHERE briefing = $1 AND kind = $2", briefing, kind.name());
    }

    void deleteAt(UUID briefing, UUID endpoint) {
        db.query("DELETE FROM check_call WHERE briefing = $1 AND endpoint = $2", briefing, endpoint);
    }

    List<CheckCall> calls(UUID briefing) {
        return read(CALLS + " WHERE briefing = $1 ORDER BY at, technician, id", briefing);
    }

    List<CheckCall> calls(UUID briefing, UUID endpoint) {
        return read(CALLS + " WHERE briefing = $1 AND endpoint = $2 ORDER BY at, id", briefing, endpoint);
    }

    /** How far a round is. */
    record Progress(int calls, int done, int noAnswer, Instant from, Instant to) {}

    Progress progress(UUID briefing, Kind kind) {
        var row = db.row("""
                SELECT count(*)::int AS calls, (count(*) FILTER (WHERE state = 'DONE'))::int AS done,
                  (count(*) FILTER (WHERE state = 'NO_ANSWER'))::int AS no_answer,
                  min(lower(during)) AS from_at, max(upper(during)) AS to_at
                FROM check_call WHERE briefing = $1 AND kind = $2""", briefing, kind.name());
        return new Progress(
                row.getInteger("calls"),
                row.getInteger("done"),
                row.getInteger("no_answer"),
                instant(row, "from_at"),
                instant(row, "to_at"));
    }

    CheckCall call(UUID briefing, UUID call) {
        var found = read(CALLS + " WHERE briefing = $1 AND id = $2", briefing, call);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Whether another call keeps this technician busy then. */
    boolean busy(CheckCall call) {
        return db.row("""
                        SELECT count(*)::int AS n FROM check_call
                        WHERE briefing = $1 AND technician = $2 AND id <> $3 AND during && tstzrange($4, $5)""", call.briefing(), call.technician(), call.id(), time(call.at()), time(call.until()))
                        .getInteger("n")
                > 0;
    }

    private List<CheckCall> read(String sql, Object... arguments) {
        var out = new ArrayList<CheckCall>();
        for (var row : db.query(sql, arguments))
            out.add(new CheckCall(
                    row.getUUID("id"),
                    row.getUUID("briefing"),
                    Kind.valueOf(row.getString("kind")),
                    row.getUUID("endpoint"),
                    row.getString("technician"),
                    row.getInteger("turn"),
                    instant(row, "at"),
                    row.getInteger("minutes"),
                    State.valueOf(row.getString("state")),
                    instant(row, "ended_at")));
        return out;
    }

    private static List<String> texts(Object all) {
        return ((List<?>) all).stream().map(String.class::cast).toList();
    }

    private static List<Hours> hours(Object all) {
        return ((List<?>) all)
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .map(one -> new Hours(
                                Instant.parse((String) one.get("from")), Instant.parse((String) one.get("to"))))
                        .toList();
    }
}

package vn.giaoban.directory;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;

/** The tables of the directory. */
final class DirectorySql {
    private static final String PROVINCES_OF_A_DAY = """
            SELECT p.code_system, p.code, t.full_name, p.name_en, t.type, p.region, p.valid_from, p.valid_to, p.successor,
                   ARRAY(SELECT o.code FROM province o
                         WHERE o.successor = p.code AND o.code_system <> p.code_system AND p.code_system <> 'gso-63'
                         ORDER BY o.code) AS predecessors
            FROM province p
            CROSS JOIN LATERAL (
              SELECT type, full_name FROM province_type
              WHERE code_system = p.code_system AND code = p.code AND valid_from <= $1
              ORDER BY valid_from DESC LIMIT 1) t
            WHERE p.valid_from <= $1 AND (p.valid_to IS NULL OR p.valid_to >= $1) AND p.search LIKE ALL ($2::text[])
            ORDER BY p.code""";
    private static final String ENDPOINT =
            "SELECT id, code, name, name_en, kind, organisation, province_system, province_code, sort FROM endpoint ";
    private static final String ORGANISATION = "SELECT id, code, name, name_en, kind FROM organisation ";

    private final Db db;

    DirectorySql(Db db) {
        this.db = db;
    }

    List<Province> provinces(LocalDate on, String[] patterns) {
        return list(db.query(PROVINCES_OF_A_DAY, on, patterns), DirectorySql::province);
    }

    List<Unit> units(String[] patterns, int limit) {
        return list(
                db.query(
                        "SELECT * FROM ministry_unit WHERE search LIKE ALL ($1::text[]) ORDER BY name, key LIMIT $2",
                        patterns,
                        limit),
                row -> new Unit(
                        row.getString("key"),
                        row.getString("name"),
                        row.getString("name_en"),
                        row.getString("abbreviation"),
                        row.getString("level"),
                        row.getString("status"),
                        row.getString("ended_on"),
                        row.getString("successor")));
    }

    List<Holiday> holidays(LocalDate from, LocalDate to) {
        return list(
                db.query(
                        "SELECT date, name, kind FROM holiday WHERE date BETWEEN $1 AND $2 ORDER BY date, name",
                        from,
                        to),
                row -> new Holiday(row.getLocalDate("date"), row.getString("name"), row.getString("kind")));
    }

    /** The ministry first, then the departments in the order of their provinces, then the outlets. */
    List<Organisation> organisations() {
        return list(
                db.query(ORGANISATION
                        + "ORDER BY array_position(ARRAY['MINISTRY', 'DEPARTMENT', 'OUTLET'], kind), code"),
                DirectorySql::organisation);
    }

    List<Room> rooms() {
        return list(
                db.query("SELECT id, name FROM video_room ORDER BY name"),
                row -> new Room(row.getUUID("id"), row.getString("name")));
    }

    /** In the order of protocol, from the one after (sort, code). */
    List<Endpoint> endpoints(String[] patterns, int sort, String code, LocalDate today, int limit) {
        return list(
                db.query(
                        ENDPOINT + "WHERE search LIKE ALL ($1::text[]) AND (sort, code) > ($2, $3)"
                                + " AND (valid_to IS NULL OR valid_to >= $4) ORDER BY sort, code LIMIT $5",
                        patterns,
                        sort,
                        code,
                        today,
                        limit),
                DirectorySql::endpoint);
    }

    List<Endpoint> endpoints() {
        return list(db.query(ENDPOINT + "ORDER BY sort, code"), DirectorySql::endpoint);
    }

    List<Endpoint> endpoints(Collection<UUID> ids) {
        return list(
                db.query(ENDPOINT + "WHERE id = ANY ($1) ORDER BY sort, code", (Object) ids.toArray(UUID[]::new)),
                DirectorySql::endpoint);
    }

    /**
     * Lays rows over a table, whichever node of a cluster comes first, and says how many are new or differ now.
     * Columns that the rows do not name keep what they hold.
     */
    int lay(String table, String key, List<? extends Map<String, ?>> rows) {
        if (rows.isEmpty()) return 0;
        var columns = rows.getFirst().keySet().stream().sorted().toList();
        var keys = Arrays.asList(key.split(", "));
        var others = columns.stream().filter(column -> !keys.contains(column)).toList();
        var all = String.join(", ", columns);
        var sql =
                "INSERT INTO " + table + " AS old (" + all + ") SELECT " + all + " FROM jsonb_populate_recordset(NULL::"
                        + table + ", $1::text::jsonb) ON CONFLICT (" + key + ")"
                        // A code may be another's again, once the first has ended.
                        + (table.equals("endpoint") ? " WHERE valid_to IS NULL" : "") + " DO "
                        + (others.isEmpty() ? "NOTHING" : "UPDATE SET " + set(others));
        return db.query(sql, Json.text(rows)).rowCount();
    }

    private static String set(List<String> columns) {
        return columns.stream().map(c -> c + " = excluded." + c).collect(Collectors.joining(", ")) + " WHERE "
                + row("old", columns) + " IS DISTINCT FROM " + row("excluded", columns);
    }

    private static String row(String of, List<String> columns) {
        return columns.stream().map(c -> of + "." + c).collect(Collectors.joining(", ", "ROW (", ")"));
    }

    /** Every column by name, also those that hold nothing. */
    static Map<String, Object> columns(Organisation organisation) {
        var columns = new HashMap<String, Object>();
        columns.put("code", organisation.code());
        columns.put("name", organisation.name());
        columns.put("name_en", organisation.nameEn());
        columns.put("kind", organisation.kind().name());
        return columns;
    }

    /** {@code names}: what it is searched by besides its own code and names. */
    static Map<String, Object> columns(Endpoint endpoint, String... names) {
        var columns = new HashMap<String, Object>();
        columns.put("code", endpoint.code());
        columns.put("name", endpoint.name());
        columns.put("name_en", endpoint.nameEn());
        columns.put("kind", endpoint.kind().name());
        columns.put("organisation", endpoint.organisation());
        columns.put("province_system", endpoint.provinceSystem());
        columns.put("province_code", endpoint.provinceCode());
        columns.put("sort", endpoint.sort());
        columns.put(
                "search",
                Folded.text(
                        Stream.concat(Stream.of(endpoint.code(), endpoint.name(), endpoint.nameEn()), Stream.of(names))
                                .toArray(String[]::new)));
        return columns;
    }

    /** The periods of those that have more than one, each in order. */
    Map<UUID, List<Endpoint.Period>> renamed() {
        return PeriodRow.byEndpoint(db.query("""
                SELECT * FROM endpoint_period p
                WHERE EXISTS (SELECT 1 FROM endpoint_period o WHERE o.endpoint = p.endpoint AND o.valid_from <> p.valid_from)
                ORDER BY endpoint, valid_from"""));
    }

    /** One that has just been registered has been called so ever since, or is called so from its last period on. */
    void layPeriod(String code) {
        db.query("""
                INSERT INTO endpoint_period AS p
                  (endpoint, valid_from, code, name, name_en, kind, organisation, province_system, province_code)
                SELECT id, coalesce((SELECT max(valid_from) FROM endpoint_period WHERE endpoint = id), valid_from),
                  code, name, coalesce(name_en, ''), kind, organisation, province_system, province_code
                FROM endpoint WHERE code = $1 AND valid_to IS NULL
                ON CONFLICT (endpoint, valid_from) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
                  kind = excluded.kind, organisation = excluded.organisation,
                  province_system = excluded.province_system, province_code = excluded.province_code""", code);
    }

    /** The provinces ("system code") that were changed here, which what ships with the program leaves alone. */
    Set<String> changedHere() {
        var keys = new HashSet<String>();
        db.query("SELECT code_system, code FROM province WHERE changed_here")
                .forEach(row -> keys.add(row.getString("code_system") + " " + row.getString("code")));
        return keys;
    }

    /**
     * Lays the endpoints that ship with the program and their periods over the tables, but for those that have been
     * renamed, merged or ended here: these are the registry's from then on.
     */
    int layEndpoints(List<? extends Map<String, ?>> rows, List<? extends Map<String, ?>> periods) {
        int changed = db.query("""
                INSERT INTO endpoint (code, name, name_en, kind, organisation, province_system, province_code, sort, search, valid_from)
                SELECT code, name, name_en, kind, organisation, province_system, province_code, sort, search, valid_from
                FROM jsonb_populate_recordset(NULL::endpoint, $1::text::jsonb) r
                WHERE NOT EXISTS (SELECT 1 FROM endpoint e WHERE e.code = r.code)""", Json.text(rows)).rowCount();
        changed += db.query("""
                DELETE FROM endpoint_period p USING endpoint e
                WHERE e.id = p.endpoint AND NOT e.named_here
                  AND e.code IN (SELECT r.code FROM jsonb_to_recordset($1::text::jsonb) AS r (code text))
                  AND (e.code, p.valid_from) NOT IN (
                    SELECT r.code, r.valid_from FROM jsonb_to_recordset($1::text::jsonb) AS r (code text, valid_from date))""", Json.text(periods)).rowCount();
        changed += db.query("""
                INSERT INTO endpoint_period AS old (endpoint, valid_from, valid_to, code, name, name_en, kind, organisation,
                  province_system, province_code, act)
                SELECT e.id, r.valid_from, r.valid_to, r.code, r.name, r.name_en, r.kind, r.organisation,
                  r.province_system, r.province_code, r.act
                FROM jsonb_populate_recordset(NULL::endpoint_period, $1::text::jsonb) r
                JOIN endpoint e ON e.code = r.code AND NOT e.named_here
                ON CONFLICT (endpoint, valid_from) DO UPDATE
                SET valid_to = excluded.valid_to, name = excluded.name, name_en = excluded.name_en, act = excluded.act,
                  province_system = excluded.province_system, province_code = excluded.province_code
                WHERE ROW (old.valid_to, old.name, old.name_en, old.act, old.province_system, old.province_code)
                  IS DISTINCT FROM ROW (excluded.valid_to, excluded.name, excluded.name_en, excluded.act,
                    excluded.province_system, excluded.province_code)""", Json.text(periods)).rowCount();
        return changed + db.query("""
                UPDATE endpoint e SET name = r.name, name_en = r.name_en, search = r.search, sort = r.sort,
                  valid_from = r.valid_from, province_system = r.province_system, province_code = r.province_code
                FROM jsonb_populate_recordset(NULL::endpoint, $1::text::jsonb) r
                WHERE e.code = r.code AND NOT e.named_here
                  AND ROW (e.name, e.name_en, e.search, e.sort, e.valid_from, e.province_system, e.province_code)
                    IS DISTINCT FROM ROW (r.name, r.name_en, r.search, r.sort, r.valid_from, r.province_system, r.province_code)""", Json.text(rows)).rowCount();
    }

    private static Province province(Row row) {
        return new Province(
                row.getString("code_system"),
                row.getString("code"),
                row.getString("full_name"),
                row.getString("name_en"),
                row.getString("type"),
                row.getString("region"),
                row.getLocalDate("valid_from"),
                row.getLocalDate("valid_to"),
                row.getString("successor"),
                List.of(row.getArrayOfStrings("predecessors")));
    }

    private static Organisation organisation(Row row) {
        return new Organisation(
                row.getUUID("id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("name_en"),
                Organisation.Kind.valueOf(row.getString("kind")));
    }

    private static Endpoint endpoint(Row row) {
        return new Endpoint(
                row.getUUID("id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("name_en"),
                Endpoint.Kind.valueOf(row.getString("kind")),
                row.getUUID("organisation"),
                row.getString("province_system"),
                row.getString("province_code"),
                row.getInteger("sort"));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        var list = new ArrayList<T>(rows.size());
        rows.forEach(row -> list.add(read.apply(row)));
        return List.copyOf(list);
    }
}

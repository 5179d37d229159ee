package vn.giaoban.directory;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                         WHERE o.successor = p.code AND o.code_system <> p.code_system AND p.successor IS NULL
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
    List<Endpoint> endpoints(String[] patterns, int sort, String code, int limit) {
        return list(
                db.query(
                        ENDPOINT + "WHERE search LIKE ALL ($1::text[]) AND (sort, code) > ($2, $3)"
                                + " ORDER BY sort, code LIMIT $4",
                        patterns,
                        sort,
                        code,
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
                        + table + ", $1::text::jsonb) ON CONFLICT (" + key + ") DO "
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

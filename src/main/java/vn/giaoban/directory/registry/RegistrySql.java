package vn.giaoban.directory.registry;

import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Gatherers;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.PeriodRow;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.directory.registry.card.Column;
import vn.giaoban.directory.registry.card.Facts;
import vn.giaoban.directory.registry.card.Text;

/** The table of endpoints as the registry keeps it. Many are written in one statement. */
final class RegistrySql {
    /** Rows that one statement takes: its text stays small, and it ends well before its deadline. */
    static final int AT_ONCE = 500;

    private static final Map<Column, String> FACTS = facts();

    private static final String CARD = """
            SELECT e.id, e.sort, e.valid_from AS since, e.valid_to AS until, e.successor, e.version, e.contacts, e.equipment, %s,
              p.valid_from, p.valid_to, p.code, p.name, p.name_en, p.kind, p.organisation, p.parent, p.province_system,
              p.province_code, p.act
            FROM endpoint e CROSS JOIN LATERAL (
              SELECT * FROM endpoint_period WHERE endpoint = e.id ORDER BY valid_from DESC LIMIT 1) p
            """.formatted(
                    String.join(", ", FACTS.values().stream().map(c -> "e." + c).toList()));

    private final Db db;

    RegistrySql(Db db) {
        this.db = db;
    }

    /** What a list tells of an endpoint, as it was called on a day. */
    record Line(
            UUID id,
            Endpoint.Period period,
            String province,
            String region,
            String connection,
            int capacity,
            int sort) {}

    /** What is looked for; null asks for all. */
    record Wanted(
            LocalDate on,
            String[] patterns,
            String kind,
            String region,
            String connection,
            String provinceSystem,
            String province) {}

    List<Line> list(Wanted wanted, int limit) {
        return read(
                db.query(
                        """
                        SELECT e.id, e.sort, e.connection, e.capacity, p.*, r.name AS province_name, r.region
                        FROM endpoint_period p JOIN endpoint e ON e.id = p.endpoint
                        LEFT JOIN province r ON r.code_system = p.province_system AND r.code = p.province_code
                        WHERE p.valid_from <= $1 AND (p.valid_to IS NULL OR p.valid_to >= $1)
                          AND e.search LIKE ALL ($2::text[]) AND ($3::text IS NULL OR p.kind = $3)
                          AND ($4::text IS NULL OR r.region = $4) AND ($5::text IS NULL OR e.connection = $5)
                          AND ($6::text IS NULL OR p.province_system = $6) AND ($7::text IS NULL OR p.province_code = $7)
                        ORDER BY e.sort, p.code LIMIT $8""",
                        wanted.on(),
                        wanted.patterns(),
                        wanted.kind(),
                        wanted.region(),
                        wanted.connection(),
                        wanted.provinceSystem(),
                        wanted.province(),
                        limit),
                row -> new Line(
                        row.getUUID("id"),
                        PeriodRow.of(row),
                        row.getString("province_name"),
                        row.getString("region"),
                        row.getString("connection"),
                        row.getInteger("capacity"),
                        row.getInteger("sort")));
    }

    Card find(UUID id) {
        var found = read(db.query(CARD + "WHERE e.id = $1", id), RegistrySql::card);
        return found.isEmpty() ? null : found.getFirst();
    }

    Map<UUID, Card> find(Collection<UUID> ids) {
        var cards = new LinkedHashMap<UUID, Card>();
        read(
                        db.query(CARD + "WHERE e.id = ANY ($1) ORDER BY e.sort, p.code", (Object)
                                ids.toArray(UUID[]::new)),
                        RegistrySql::card)
                .forEach(card -> cards.put(card.id(), card));
        return cards;
    }

    /** Those that have not ended, in the order of protocol. */
    List<Card> open() {
        return read(db.query(CARD + "WHERE e.valid_to IS NULL ORDER BY e.sort, p.code"), RegistrySql::card);
    }

    /** Those that lie, by their last period, in one of the provinces ("system code"), ended ones too. */
    List<Card> in(Collection<String> provinces) {
        return read(
                db.query(
                        CARD + "WHERE p.province_system || ' ' || p.province_code = ANY ($1) ORDER BY e.sort, p.code",
                        (Object) provinces.toArray(String[]::new)),
                RegistrySql::card);
    }

    void insert(List<Card> cards) {
        cards.stream()
                .gather(Gatherers.windowFixed(AT_ONCE))
                .forEach(some -> PeriodSql.guarded(() -> db.query(
                        """
                    INSERT INTO endpoint (id, code, name, name_en, kind, organisation, valid_from, sort, named_here)
                    SELECT id, code, name, name_en, kind, organisation, valid_from, sort, true
                    FROM jsonb_populate_recordset(NULL::endpoint, $1::text::jsonb)""", Json.text(some.stream().map(RegistrySql::rowOf).toList()))));
    }

    /** The facts, the place in the order, the end and the version. */
    void save(List<Card> cards) {
        var set = new ArrayList<String>(List.of("sort", "version", "contacts", "equipment", "successor", "valid_to"));
        set.addAll(FACTS.values());
        var sql = "UPDATE endpoint e SET "
                + String.join(", ", set.stream().map(c -> c + " = r." + c).toList())
                + " FROM jsonb_populate_recordset(NULL::endpoint, $1::text::jsonb) r WHERE e.id = r.id";
        cards.stream()
                .gather(Gatherers.windowFixed(AT_ONCE))
                .forEach(some -> db.query(
                        sql, Json.text(some.stream().map(RegistrySql::rowOf).toList())));
    }

    private static Map<Column, String> facts() {
        var names = new EnumMap<Column, String>(Column.class);
        for (var column : Facts.NONE.texts().keySet())
            if (column.compareTo(Column.CONTACT1_NAME) < 0 && column != Column.EQUIPMENT)
                names.put(column, column.name().toLowerCase(java.util.Locale.ROOT));
        return names;
    }

    private static Map<String, Object> rowOf(Card card) {
        var row = PeriodSql.rowOf(card);
        row.put("id", card.id().toString());
        row.put("valid_from", card.from().toString());
        row.put("valid_to", card.to() == null ? null : card.to().toString());
        row.put("successor", card.successor() == null ? null : card.successor().toString());
        row.put("sort", card.sort());
        row.put("version", card.version());
        row.put("equipment", card.facts().equipment());
        var contacts = new ArrayList<List<String>>();
        for (int n = 0; n < Column.CONTACTS; n++) contacts.add(card.facts().contact(n));
        row.put("contacts", Json.text(contacts));
        FACTS.forEach((column, name) -> row.put(
                name,
                column.text == Text.NUMBER
                        ? card.facts().number(column)
                        : card.facts().get(column)));
        return row;
    }

    private static Card card(Row row) {
        var texts = new EnumMap<Column, String>(Column.class);
        FACTS.forEach((column, name) -> texts.put(
                column, column.text == Text.NUMBER ? String.valueOf(row.getInteger(name)) : row.getString(name)));
        texts.replaceAll((column, text) -> column.text == Text.NUMBER && text.equals("0") ? "" : text);
        texts.put(Column.EQUIPMENT, String.join(Text.BETWEEN, row.getArrayOfStrings("equipment")));
        var contacts = Json.parseList(row.getString("contacts"));
        for (int n = 0; n < contacts.size(); n++)
            for (int i = 0; i < Column.CONTACT.size(); i++)
                texts.put(Column.contact(n, i), (String) ((List<?>) contacts.get(n)).get(i));
        return new Card(
                row.getUUID("id"),
                row.getInteger("sort"),
                row.getLocalDate("since"),
                row.getLocalDate("until"),
                row.getUUID("successor"),
                PeriodRow.of(row),
                new Facts(texts),
                row.getInteger("version"));
    }

    private static <T> List<T> read(Iterable<Row> rows, Function<Row, T> of) {
        var list = new ArrayList<T>();
        rows.forEach(row -> list.add(of.apply(row)));
        return list;
    }
}

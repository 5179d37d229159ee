package vn.giaoban.people;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;
import vn.giaoban.directory.Folded;
import vn.giaoban.people.Person.Membership;

/** The tables of persons and their roles. */
final class PeopleSql {
    private static final String PERSON = """
            SELECT p.id, p.username, p.name, p.title, p.disabled, p.version, m.role, m.organisation, m.endpoint
            FROM %s p LEFT JOIN membership m ON m.person = p.id\s""";
    private static final String BY_ID =
            PERSON.formatted("person") + "WHERE p.id = $1 ORDER BY m.role, m.organisation, m.endpoint";

    private final Db db;

    PeopleSql(Db db) {
        this.db = db;
    }

    record Account(UUID id, String hash) {}

    Person find(UUID id) {
        return first(db.query(BY_ID, id));
    }

    Future<Person> ask(UUID id) {
        return db.ask(BY_ID, id).map(PeopleSql::first);
    }

    /** Null where there is no such account. */
    Account account(String username) {
        var row = db.row("SELECT id, password FROM person WHERE username = $1", username);
        return row == null ? null : new Account(row.getUUID("id"), row.getString("password"));
    }

    String hash(UUID id) {
        return db.row("SELECT password FROM person WHERE id = $1", id).getString("password");
    }

    /** In the order of their folded names, after the one given (null: from the first). */
    List<Person> list(String[] patterns, boolean disabledToo, UUID after, int limit) {
        var page = """
                (SELECT * FROM person WHERE search LIKE ALL ($1::text[]) AND (NOT disabled OR $2)
                  AND ($3::uuid IS NULL OR (search, id) > (SELECT search, id FROM person WHERE id = $3))
                ORDER BY search, id LIMIT $4)""";
        return persons(db.query(
                PERSON.formatted(page) + "ORDER BY p.search, p.id, m.role, m.organisation, m.endpoint",
                patterns,
                disabledToo,
                after,
                limit));
    }

    boolean any() {
        return db.row("SELECT EXISTS (SELECT 1 FROM person) AS any").getBoolean("any");
    }

    /** False where the user name is taken. */
    boolean insert(Person person, String hash) {
        var rows = db.query(
                """
                INSERT INTO person (id, username, name, title, password, disabled, version, search)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (username) DO NOTHING""",
                person.id(),
                person.username(),
                person.name(),
                person.title(),
                hash,
                person.disabled(),
                person.version(),
                search(person));
        if (rows.rowCount() == 0) return false;
        insertRoles(person);
        return true;
    }

    void update(Person person) {
        db.query(
                "UPDATE person SET name = $2, title = $3, disabled = $4, version = $5, search = $6 WHERE id = $1",
                person.id(),
                person.name(),
                person.title(),
                person.disabled(),
                person.version(),
                search(person));
        db.query("DELETE FROM membership WHERE person = $1", person.id());
        insertRoles(person);
    }

    /** Who is naming him anywhere has done so before, or waits and names him by his new name. */
    void holdName(UUID person) {
        db.query("SELECT 1 FROM person WHERE id = $1 FOR UPDATE", person);
    }

    void setPassword(UUID person, String hash) {
        db.query("UPDATE person SET password = $2 WHERE id = $1", person, hash);
    }

    /** Until the transaction ends, nobody else decides about who administers. */
    void lockAdministration() {
        db.query("SELECT pg_advisory_xact_lock(hashtextextended('administration', 0))");
    }

    boolean anotherAdministrator(UUID than) {
        return db.row("""
                        SELECT EXISTS (SELECT 1 FROM membership m JOIN person p ON p.id = m.person
                          WHERE m.role = 'ADMINISTRATOR' AND NOT p.disabled AND p.id <> $1) AS another""", than).getBoolean("another");
    }

    private void insertRoles(Person person) {
        db.batch(
                "INSERT INTO membership (person, role, organisation, endpoint) VALUES ($1, $2, $3, $4)",
                person.roles().stream()
                        .map(m -> Tuple.of(person.id(), m.role().name(), m.organisation(), m.endpoint()))
                        .toList());
    }

    private static String search(Person person) {
        return Folded.text(person.name(), person.username());
    }

    private static Person first(RowSet<Row> rows) {
        var persons = persons(rows);
        return persons.isEmpty() ? null : persons.getFirst();
    }

    /** A row for each role, or one without: gathered in the order in which they come. */
    private static List<Person> persons(RowSet<Row> rows) {
        var first = new LinkedHashMap<UUID, Row>();
        var roles = new LinkedHashMap<UUID, List<Membership>>();
        for (var row : rows) {
            var id = row.getUUID("id");
            first.putIfAbsent(id, row);
            var memberships = roles.computeIfAbsent(id, i -> new ArrayList<>());
            if (row.getString("role") != null)
                memberships.add(new Membership(
                        Role.valueOf(row.getString("role")), row.getUUID("organisation"), row.getUUID("endpoint")));
        }
        return first.values().stream()
                .map(row -> new Person(
                        row.getUUID("id"),
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("title"),
                        List.copyOf(roles.get(row.getUUID("id"))),
                        row.getBoolean("disabled"),
                        row.getInteger("version")))
                .toList();
    }
}

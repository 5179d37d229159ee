package vn.giaoban.people;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Folded;
import vn.giaoban.http.Page;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.Person.Membership;
import vn.giaoban.people.session.Passwords;
import vn.giaoban.people.session.Sessions;

/** The accounts: making, changing and finding persons. A change of roles reaches running sessions by itself. */
public final class People {
    /** The act that somebody is called otherwise: what shows his name is to show the new one. */
    public static final String RENAMED = "person.renamed";

    private static final int REMEMBERED = 20_000;

    private final Journal journal;
    private final PeopleSql sql;
    private final Directory directory;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Map<UUID, Person> remembered = new ConcurrentHashMap<>();

    public People(Journal journal, Directory directory, Passwords passwords, Sessions sessions) {
        this.journal = journal;
        this.sql = new PeopleSql(journal.db());
        this.directory = directory;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    /** Null for one that is not there. */
    public Person find(UUID id) {
        return sql.find(id);
    }

    /** The person at this version or a later one; may be asked for on an event loop. */
    Future<Person> at(UUID id, int version) {
        var known = remembered.get(id);
        if (known != null && known.version() == version) return Future.succeededFuture(known);
        return sql.ask(id).onSuccess(person -> {
            if (remembered.size() >= REMEMBERED) remembered.clear();
            remembered.put(id, person);
        });
    }

    public Page<Person> list(String query, boolean disabledToo, String after, int limit) {
        var last = Page.after(after, 1, parts -> UUID.fromString(parts[0]));
        return Page.of(
                sql.list(Folded.patterns(query), disabledToo, last, limit + 1), limit, person -> List.of(person.id()));
    }

    /**
     * A new account.
     *
     * @param hash of the first password, by {@link Passwords#hash}: it takes its time, and no transaction waits for it
     */
    public Person create(Actor by, String username, String name, String title, List<Membership> roles, String hash) {
        var person = new Person(
                UUID.randomUUID(), username, name, title == null ? "" : title, Person.orderly(roles), false, 1);
        return journal.write(subject(person.id()), by, change -> {
            known(person.roles());
            if (!sql.insert(person, hash)) throw Refusal.state("username-taken", Map.of("username", username));
            change.record(
                    "person.created",
                    Fields.of("roles", PeopleView.roles(person)),
                    Map.of("username", username, "name", name, "title", person.title()));
            return person;
        });
    }

    /** Changes what is not null. */
    public Person edit(
            Actor by, UUID id, String ifMatch, String name, String title, Boolean disabled, List<Membership> roles) {
        return journal.write(subject(id), by, change -> {
            var before = sql.find(id);
            if (before == null) throw Refusal.notFound();
            if (!before.etag().equals(ifMatch)) throw Refusal.stale(before.etag(), PeopleView.account(before));
            var after = before.edited(name, title, disabled, roles);
            if (after.sameAs(before)) return before;
            known(after.roles());
            if (before.administers() && !after.administers()) {
                sql.lockAdministration();
                if (!sql.anotherAdministrator(id)) throw Refusal.state("last-administrator");
            }
            boolean renamed = !after.name().equals(before.name());
            if (renamed) sql.holdName(id);
            sql.update(after);
            if (after.disabled()) sessions.endAll(id, null);
            change.record(
                    "person.edited",
                    Fields.of("roles", PeopleView.roles(after)).and("disabled", after.disabled()),
                    Map.of("name", after.name(), "title", after.title()));
            journal.db().afterCommit(() -> sessions.forgetThoseOf(id));
            if (renamed)
                change.due(
                        change.now(),
                        RENAMED,
                        id.toString(),
                        Fields.of("by", by.id()).and("before", before.name()));
            return after;
        });
    }

    /** Where nobody has an account yet: makes `admin` and returns his password, which is never seen again; else null. */
    public String firstAdministrator() {
        if (sql.any()) return null;
        var password = Passwords.random();
        var hash = passwords.hash(password);
        return journal.db().transaction(() -> {
            sql.lockAdministration();
            if (sql.any()) return null;
            var ministry = directory.organisations().getFirst().id();
            create(
                    Actor.SYSTEM,
                    "admin",
                    "Quản trị hệ thống",
                    "",
                    List.of(new Membership(Role.ADMINISTRATOR, ministry, null)),
                    hash);
            return password;
        });
    }

    static String subject(UUID person) {
        return "person/" + person;
    }

    private void known(List<Membership> roles) {
        for (int i = 0; i < roles.size(); i++) {
            if (directory.organisation(roles.get(i).organisation()) == null)
                throw Refusal.field("/roles/" + i + "/organisation", "unknown-id");
            if (roles.get(i).endpoint() != null
                    && directory.endpoint(roles.get(i).endpoint()) == null)
                throw Refusal.field("/roles/" + i + "/endpoint", "unknown-id");
        }
    }
}

package vn.giaoban;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.agenda.Agenda;
import vn.giaoban.agenda.AgendaItem;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Kind;
import vn.giaoban.briefing.Plan;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Unavailable;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Organisation;
import vn.giaoban.directory.registry.Imports;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.People;
import vn.giaoban.people.Person;
import vn.giaoban.people.Role;
import vn.giaoban.people.session.Passwords;

/**
 * The sample content of a first start, made through the same doors as everything else: people who can be tried out,
 * a briefing that is open, a conference tomorrow, a press conference this week. All of it or nothing.
 */
public final class Demo {
    /** Of every demo account. */
    public static final String PASSWORD = "giaoban-demo-2026";

    /** A lock is waited for about a second; another node that is loading takes a few at most. */
    private static final int TRIES = 10;

    private final DemoContent content = DemoContent.read();
    private final Journal journal;
    private final Directory directory;
    private final Imports imports;
    private final People people;
    private final Passwords passwords;
    private final Briefings briefings;
    private final Agenda agenda;
    private final Invitations invitations;

    private final Map<String, UUID> organisations = new HashMap<>();
    private final Map<String, UUID> endpoints = new HashMap<>();
    private final Map<String, UUID> rooms = new HashMap<>();
    private final Map<String, UUID> persons = new HashMap<>();

    public Demo(
            Journal journal,
            Directory directory,
            Imports imports,
            People people,
            Passwords passwords,
            Briefings briefings,
            Agenda agenda,
            Invitations invitations) {
        this.journal = journal;
        this.directory = directory;
        this.imports = imports;
        this.people = people;
        this.passwords = passwords;
        this.briefings = briefings;
        this.agenda = agenda;
        this.invitations = invitations;
    }

    /** An account that may be shown to anybody who looks at a demo. */
    public record Account(String username, String role, String name) {}

    public static List<Account> accounts() {
        return DemoContent.read().persons().stream()
                .filter(DemoContent.Person::account)
                .map(person -> new Account(person.username(), person.role(), person.name()))
                .toList();
    }

    /** Whether the demo's people are in this database, whatever the configuration says now. */
    public boolean isLoaded() {
        var first = content.persons().getFirst();
        return people.list(first.name(), true, null, 10).items().stream()
                .anyMatch(person -> person.username().equals(first.username()));
    }

    /** Where nobody has an account yet; does nothing otherwise. */
    public void load() {
        for (int tries = 1; nobody(); tries++) {
            // Slow on purpose, so once for all, and before the transaction.
            var known = passwords.hash(PASSWORD);
            var nobodys = passwords.hash(Passwords.random());
            try {
                journal.write("demo", Actor.SYSTEM, change -> {
                    if (!nobody()) return null; // another node was first
                    directory();
                    people(known, nobodys);
                    for (var briefing : content.briefings()) briefing(briefing, change.now());
                    change.record(
                            "demo.loaded",
                            Fields.of("persons", persons.size())
                                    .and("briefings", content.briefings().size()));
                    return null;
                });
            } catch (Unavailable e) {
                if (tries == TRIES) throw e;
            }
        }
    }

    private boolean nobody() {
        return people.list(null, true, null, 1).items().isEmpty();
    }

    private void directory() {
        for (var outlet : content.organisations())
            directory.register(
                    new Organisation(null, outlet.code(), outlet.name(), outlet.nameEn(), Organisation.Kind.OUTLET),
                    Actor.SYSTEM);
        directory.organisations().forEach(each -> organisations.put(each.code(), each.id()));
        for (var unit : content.endpoints())
            directory.register(
                    new Endpoint(
                            null,
                            unit.code(),
                            unit.name(),
                            unit.nameEn(),
                            Endpoint.Kind.UNIT,
                            organisations.get(unit.organisation()),
                            null,
                            null,
                            unit.sort()),
                    Actor.SYSTEM);
        // What is known of them comes in as a table, as it would in a ministry.
        var table = Resources.text("/demo/sites.csv");
        imports.apply(Actor.SYSTEM, table, imports.preview(table, all -> true).token(), all -> true);
        directory.endpoints().forEach(each -> endpoints.put(each.code(), each.id()));
        for (var room : content.rooms())
            rooms.put(room, directory.registerRoom(room, Actor.SYSTEM).id());
    }

    private void people(String known, String nobodys) {
        for (var person : content.persons()) {
            var membership = new Person.Membership(
                    Role.valueOf(person.role()),
                    organisations.get(person.organisation()),
                    endpoints.get(person.endpoint()));
            var created = people.create(
                    Actor.SYSTEM,
                    person.username(),
                    person.name(),
                    person.title(),
                    List.of(membership),
                    person.account() ? known : nobodys);
            persons.put(person.username(), created.id());
        }
    }

    private void briefing(DemoContent.Briefing wanted, Instant now) {
        var start = wanted.start(now, directory.workingDays());
        var secretary = new Actor(persons.get(wanted.secretary()).toString());
        var plan = new Plan(
                Kind.valueOf(wanted.kind()),
                DemoContent.titled(wanted.title(), start),
                DemoContent.titled(wanted.titleEn(), start),
                Audience.valueOf(wanted.visibility()),
                Directory.ZONE.getId(),
                start,
                wanted.end(start),
                persons.get(wanted.chair()),
                persons.get(wanted.secretary()),
                persons.get(wanted.operator()),
                endpoints.get(wanted.hub()),
                rooms.get(wanted.room()),
                wanted.delegates());
        var id = briefings
                .create(secretary, organisations.get(wanted.organisation()), plan)
                .id();
        invitations.invite(secretary, id, invited(wanted), other -> true);
        for (var item : wanted.agenda())
            agenda.add(
                    secretary,
                    id,
                    new AgendaItem.Text(
                            item.title(),
                            item.titleEn(),
                            item.minutes(),
                            item.speaker() == null ? "" : item.speaker(),
                            endpoints.get(item.endpoint()),
                            Audience.valueOf(item.visibility())),
                    null);
        if (wanted.plan().equals("DRAFT")) return;
        briefings.schedule(secretary, id, null, other -> true);
        if (wanted.plan().equals("OPEN")) briefings.open(secretary, id);
    }

    private List<UUID> invited(DemoContent.Briefing wanted) {
        var codes = new LinkedHashSet<String>();
        codes.add(wanted.hub());
        for (var code : wanted.endpoints())
            if (code.equals("departments"))
                directory.endpoints().stream()
                        .filter(each -> each.kind() == Endpoint.Kind.DEPARTMENT)
                        .forEach(each -> codes.add(each.code()));
            else codes.add(code);
        var ids = new ArrayList<UUID>();
        codes.forEach(code -> ids.add(endpoints.get(code)));
        return ids;
    }
}

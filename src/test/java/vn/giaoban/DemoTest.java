package vn.giaoban;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.agenda.Agenda;
import vn.giaoban.attendance.Delegates;
import vn.giaoban.bridge.Board;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.Lines;
import vn.giaoban.bridge.reply.Replies;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Overruns;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Db;
import vn.giaoban.db.DbMeters;
import vn.giaoban.db.LocalPostgres;
import vn.giaoban.db.Migration;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Reference;
import vn.giaoban.directory.registry.Consequences;
import vn.giaoban.directory.registry.Imports;
import vn.giaoban.directory.registry.Registry;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.People;
import vn.giaoban.people.session.Passwords;
import vn.giaoban.people.session.Sessions;

/** What is in the house after a first start: everybody and everything of the sample, once. */
@Timeout(120)
class DemoTest {
    /** A Saturday evening: the morrow is Sunday, and a public holiday comes on Tuesday. */
    private static final Instant NOW = Instant.parse("2026-11-21T13:02:00Z");

    private static LocalPostgres postgres;
    private static Vertx vertx;
    private static Db db;
    private static Passwords passwords;

    @BeforeAll
    static void firstStartOfTwoNodesAtOnce() throws Exception {
        postgres = LocalPostgres.temporary(Path.of("target", "postgres").toAbsolutePath());
        Migration.run(postgres.url());
        vertx = Vertx.vertx();
        db = new Db(vertx, postgres.url(), "giaoban_app", 8, 64, 5000, new DbMeters());
        passwords = new Passwords(2);
        var failures = new ArrayList<Throwable>();
        var nodes = List.of(node(failures), node(failures));
        for (var node : nodes) node.join();
        for (var failure : failures) throw new AssertionError(failure);
    }

    @AfterAll
    static void stop() {
        db.close();
        vertx.close().await();
        postgres.close();
    }

    @Test
    void everythingIsThereOnce() {
        assertEquals(
                Map.of("person", 22L, "organisation", 40L, "endpoint", 42L, "video_room", 5L, "briefing", 5L),
                counted("person", "organisation", "endpoint", "video_room", "briefing"));
        assertEquals(
                1L,
                db.row("SELECT count(*) FROM journal_entry WHERE verb = 'demo.loaded'")
                        .getLong(0));
        house().load();
        assertEquals(Map.of("person", 22L, "briefing", 5L), counted("person", "briefing"));
        assertTrue(house().isLoaded());
    }

    @Test
    void oneIsOpenOneIsTomorrowAndThePressIsInvitedThisWeek() {
        var found = new TreeMap<String, String>();
        db.query("SELECT b.kind, visibility, status, planned_start, o.code FROM briefing b"
                        + " JOIN organisation o ON o.id = organisation")
                .forEach(row -> found.put(
                        row.getString("kind") + " " + row.getString("code"),
                        row.getString("status") + " " + row.getString("visibility") + " "
                                + row.getOffsetDateTime("planned_start")
                                        .atZoneSameInstant(Directory.ZONE)
                                        .toLocalDateTime()));
        assertEquals(
                Map.of(
                        "BRIEFING BYT", "OPEN PUBLIC 2026-11-21T20:10",
                        "ONLINE_CONFERENCE BYT", "SCHEDULED PRESS 2026-11-22T14:00",
                        "PRESS_CONFERENCE BYT", "SCHEDULED PUBLIC 2026-11-23T09:00",
                        "BRIEFING SYT-40", "SCHEDULED SITE 2026-11-30T08:30",
                        "REHEARSAL SYT-75", "DRAFT PRESS 2026-11-25T15:00"),
                found);
    }

    @Test
    void theConferenceReachesEveryDepartment() {
        var row = db.row("SELECT count(*) FROM invitation i JOIN briefing b ON b.id = i.briefing"
                + " WHERE b.kind = 'ONLINE_CONFERENCE'");
        assertEquals(36L, row.getLong(0));
    }

    @Test
    void theAccountsOpenWithOnePasswordAndTheOthersDoNot() {
        var shown = Demo.accounts().stream().map(Demo.Account::username).toList();
        assertEquals(
                List.of(
                        "quantri",
                        "thuky",
                        "chutri",
                        "phatngon",
                        "nghean",
                        "caobang",
                        "hcm",
                        "phongvien",
                        "xem",
                        "thukyna"),
                shown);
        var hashes = new TreeMap<String, String>();
        db.query("SELECT username, password FROM person")
                .forEach(row -> hashes.put(row.getString("username"), row.getString("password")));
        assertTrue(passwords.matches(Demo.PASSWORD, hashes.get("thuky")));
        assertFalse(passwords.matches(Demo.PASSWORD, hashes.get("hucau")));
        for (var username : hashes.keySet())
            assertEquals(shown.contains(username), hashes.get(username).equals(hashes.get("thuky")), username);
    }

    @Test
    void whatEverybodyMayFollowIsDrawnAlready() {
        var row = db.row("SELECT count(*) FROM stream_head WHERE audience = 'public' AND stream LIKE 'briefing/%'");
        assertEquals(2L, row.getLong(0), "the open briefing and the press conference");
    }

    private static Map<String, Long> counted(String... tables) {
        var counts = new TreeMap<String, Long>();
        for (var table : tables)
            counts.put(table, db.row("SELECT count(*) FROM " + table).getLong(0));
        return counts;
    }

    private static Thread node(List<Throwable> failures) {
        return Thread.ofVirtual().start(() -> {
            try {
                house().load();
            } catch (Throwable failure) {
                failures.add(failure);
            }
        });
    }

    private static Demo house() {
        var settings = Settings.load(Path.of("none"), Map.of());
        var clock = Clock.fixed(NOW, Directory.ZONE);
        var journal = new Journal(db, clock, null);
        Reference.load(journal);
        var directory = new Directory(journal);
        var people = new People(journal, directory, passwords, new Sessions(db, clock, settings.signIn()));
        var briefings = new Briefings(journal, settings.briefing());
        var board = new Board(journal, directory, settings.briefing().maxOnBoard());
        var lines = new Lines(journal, briefings, board, settings.briefing().mergeGapSeconds());
        var invitations = new Invitations(journal, briefings, directory, board, lines, settings.briefing());
        var replies = new Replies(journal, briefings, invitations, directory);
        board.seats(new Delegates(
                journal, briefings, invitations, replies, settings.briefing().maxDelegatesPerSite()));
        var agenda = new Agenda(
                journal,
                briefings,
                new Overruns(journal, briefings, settings.briefing()),
                (id, at) -> directory.endpoint(id).name(),
                settings.briefing().maxItems());
        briefings.accompany(agenda);
        briefings.accompany(invitations);
        journal.painter(briefings.painter());
        journal.painter(invitations);
        var limits = new Settings.Registry(4_194_304, 5_000, 10_000, 50);
        var registry = new Registry(journal, directory, limits, new Consequences(journal, directory));
        return new Demo(
                journal,
                directory,
                new Imports(journal, registry, directory, limits),
                people,
                passwords,
                briefings,
                agenda,
                invitations);
    }
}

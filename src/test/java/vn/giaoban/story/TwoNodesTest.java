package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes of one house, each a process of its own: they share a database, ring for each other, and when one dies
 * the other goes on. One long day, told in order, since starting a node costs more than anything that it does.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesTest {
    /** So long that what is seen sooner was rung for. */
    private static final Duration POLL = Duration.ofSeconds(6);

    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);

    @TempDir
    static Path directory;

    private static final int PORT_A = NodeProcess.freePort();
    private static final int PORT_B = NodeProcess.freePort();

    private static String database;
    private static Someone organizer;
    private static Someone journalist;
    private static final List<UUID> sites = new ArrayList<>();
    private static final List<Someone> operators = new ArrayList<>();
    private static final List<UUID> planned = new ArrayList<>();
    private static UUID briefing;
    private static NodeProcess a;
    private static NodeProcess b;

    @BeforeAll
    static void twoNodesRun() {
        database = TestDatabase.fresh();
        try (var world = World.with(Map.of("GIAOBAN_DATABASE_URL", database))) {
            organizer = world.organizer();
            journalist = world.journalist();
            for (var name : List.of("Sở Y tế Nghệ An", "Sở Y tế Cao Bằng")) {
                sites.add(world.newEndpoint(name).id());
                operators.add(world.operator(sites.getLast()));
            }
            briefing = world.live(organizer, "PRESS_CONFERENCE", List.of(World.item("Khai mạc", 5, "PUBLIC")), sites);
            for (int i = 0; i < 6; i++)
                planned.add(world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of()));
        }
        a = node("a", PORT_A, Map.of());
        a.base();
        b = node("b", PORT_B, Map.of());
        b.base();
    }

    @AfterAll
    static void nothingStays() {
        Stream.of(a, b).filter(node -> node != null).forEach(NodeProcess::close);
    }

    private static NodeProcess node(String name, int port, Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "GIAOBAN_DATABASE_URL",
                database,
                "GIAOBAN_DEMO",
                "false",
                "GIAOBAN_BRIEFING_MAXITEMS",
                "1000",
                "GIAOBAN_LIVE_HEADPOLLMS",
                String.valueOf(POLL.toMillis()),
                "GIAOBAN_CLUSTER_PORT",
                String.valueOf(port),
                "GIAOBAN_CLUSTER_MEMBERS",
                "127.0.0.1:" + PORT_A + ",127.0.0.1:" + PORT_B));
        environment.putAll(more);
        return NodeProcess.start(directory.resolve(name), environment);
    }

    private static Someone onA(Someone person) {
        return person.at(a.base());
    }

    private static Someone onB(Someone person) {
        return person.at(b.base());
    }

    private static String stream() {
        return "briefing/" + briefing;
    }

    private static void addItem(Someone who, String title) {
        who.create("/api/briefings/" + briefing + "/agenda", World.item(title, 1, "PUBLIC"))
                .expect(201);
    }

    static List<String> titles(Page page) {
        var items = (Map<?, ?>) page.at("agenda.items");
        return items == null
                ? List.of()
                : items.values().stream()
                        .map(item -> (String) ((Map<?, ?>) item).get("title"))
                        .toList();
    }

    private static Page seesItems(Page page, List<String> wanted) {
        return page.until("items " + wanted, p -> titles(p).containsAll(wanted));
    }

    @Test
    @Order(1)
    void aChangeMadeOnOneIsRungForOnTheOther() {
        var anybody = onB(new Someone(b.base(), "anybody")).follow(stream()).sees("briefing.status", "LIVE");
        var press = onB(journalist).follow(stream()).sees("briefing.status", "LIVE");
        long began = System.nanoTime();
        for (var title : List.of("một", "hai", "ba")) {
            addItem(onA(organizer), title);
            seesItems(anybody, List.of(title));
            seesItems(press, List.of(title));
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        // By looking once in six seconds alone the third would be seen after twelve.
        assertTrue(took.compareTo(POLL.multipliedBy(2)) < 0, "three changes took " + took);
        anybody.close();
        press.close();
    }

    @Test
    @Order(2)
    void whatIsDueIsDoneOnceThoughBothAreAtIt() throws SQLException {
        var pages = planned.stream()
                .map(id -> onB(organizer).follow("briefing/" + id).sees("briefing.status", "SCHEDULED"))
                .toList();
        try (var connection = connect();
                var hour = connection.prepareStatement(
                        "UPDATE due_act SET at = now() WHERE act = 'briefing.open' AND subject = ANY (?)")) {
            hour.setArray(1, connection.createArrayOf("text", planned.toArray()));
            assertEquals(planned.size(), hour.executeUpdate());
        }
        for (var page : pages) page.sees("briefing.status", "OPEN").close();
        try (var connection = connect();
                var opened = connection.prepareStatement(
                        "SELECT count(*) FROM journal_entry WHERE verb = 'briefing.opened' AND subject = ?")) {
            for (var id : planned) {
                opened.setString(1, "briefing/" + id);
                var rows = opened.executeQuery();
                rows.next();
                assertEquals(1, rows.getInt(1));
            }
        }
    }

    private static Connection connect() throws SQLException {
        var uri = URI.create(database);
        var account = uri.getUserInfo().split(":", 2);
        var jdbc = "jdbc:postgresql://127.0.0.1:" + uri.getPort() + uri.getPath();
        return DriverManager.getConnection(jdbc, account[0], account[1]);
    }

    @Test
    @Order(3)
    void whoSignsOutOnOneIsOutOnTheOthersSockets() {
        var page = onB(journalist).follow(stream()).sees("briefing.status", "LIVE");
        onA(journalist).delete("/api/session").expect(204);
        long began = System.nanoTime();
        assertEquals(4401, page.closed());
        var took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(REVOKED_WITHIN) < 0, took.toString());
    }

    @Test
    @Order(4)
    void whenOneIsKilledNothingIsLostOnTheOther() {
        var control = onB(organizer).follow(stream());
        for (int i = 0; i < sites.size(); i++) {
            onA(operators.get(i)).follow("endpoint/" + sites.get(i)).until("a picture", p -> p.view() != null);
            onA(operators.get(i))
                    .post("/api/briefings/" + briefing + "/endpoints/" + sites.get(i) + "/join")
                    .expect(200);
            control.sees("endpoints." + sites.get(i) + ".state", "CONNECTED");
        }
        var readers = List.of(organizer, operators.getFirst(), new Someone(a.base(), "anybody"));
        var pages = readers.stream()
                .map(reader -> onA(reader).follow(stream()).sees("briefing.status", "LIVE"))
                .toList();
        var secretary = new Secretary(onA(organizer), onB(organizer), briefing);
        secretary.writes(5);
        for (var page : pages) seesItems(page, secretary.acknowledged());

        a.kill();
        assertEquals(200, onB(organizer).get("/health/ready").status());
        secretary.writes(5);
        var resumed = new ArrayList<Page>();
        for (int i = 0; i < pages.size(); i++) {
            pages.get(i).closed();
            resumed.add(onB(readers.get(i)).resume(pages.get(i)));
        }
        for (var site : sites) control.sees("endpoints." + site + ".state", "LOST");
        for (int i = 0; i < sites.size(); i++) {
            onB(operators.get(i))
                    .follow("endpoint/" + sites.get(i))
                    .sees("briefings." + briefing + ".state", "CONNECTED");
            control.sees("endpoints." + sites.get(i) + ".state", "CONNECTED");
        }
        secretary.close();
        assertTrue(secretary.statuses().stream().allMatch(status -> status == 201 || status == 503));
        for (int i = 0; i < pages.size(); i++) {
            seesItems(resumed.get(i), secretary.acknowledged());
            assertDense(pages.get(i), resumed.get(i));
        }
    }

    /** Before and after together: every number once, in order, and no picture in place of what was missed. */
    static void assertDense(Page before, Page after) {
        long last = before.seq();
        for (var frame : after.frames()) {
            if (frame.get("type").equals("snapshot")) throw new AssertionError("a snapshot " + frame.get("seq"));
            if (frame.get("type").equals("patch")) assertEquals(++last, ((Number) frame.get("seq")).longValue());
        }
        assertEquals(last, after.seq());
        assertTrue(last > before.seq(), "nothing came after the change of nodes");
    }

    @Test
    @Order(5)
    void withoutTheBellItIsSeenALittleLater() {
        var without = Map.of("GIAOBAN_CLUSTER_DOORBELL", "false", "GIAOBAN_HTTP_DRAINWAITMS", "30000");
        a = node("a", PORT_A, without);
        var anybody = new Someone(b.base(), "anybody").follow(stream()).sees("briefing.status", "LIVE");
        addItem(onA(organizer), "không chuông");
        seesItems(anybody, List.of("không chuông"));
    }

    @Test
    @Order(6)
    void whoIsToldToStopSaysGoodbyeAndLosesNothing() {
        var control = onA(organizer).follow(stream());
        var site = onB(operators.getFirst()).follow("endpoint/" + sites.getFirst());
        control.sees("endpoints." + sites.getFirst() + ".state", "CONNECTED");
        var readers = new ArrayList<Page>();
        for (int i = 0; i < 20; i++)
            readers.add((i % 2 == 0 ? new Someone(b.base(), "anybody") : onB(organizer))
                    .follow(stream())
                    .sees("briefing.status", "LIVE"));
        var secretary = new Secretary(onB(organizer), onA(organizer), briefing);
        secretary.writes(5);

        var took = b.terminate();
        assertTrue(took.compareTo(Duration.ofSeconds(8)) < 0, took.toString());
        assertEquals(0, b.ended());
        assertEquals("", b.errors());
        readers.add(site);
        var delays = new TreeSet<Long>();
        for (var reader : readers) {
            assertEquals(1001, reader.closed());
            var bye = reader.frames().getLast();
            assertEquals("drain", bye.get("reason"));
            delays.add(((Number) bye.get("retryAfterMs")).longValue());
        }
        // Spread over five seconds: of twenty-one the odd two may have drawn the same number.
        assertTrue(delays.size() > 15 && delays.getLast() - delays.getFirst() > 1_000, delays.toString());

        secretary.writes(5).close();
        seesItems(control, secretary.acknowledged());
        for (var reader : readers.subList(0, 20)) {
            var resumed = new Someone(a.base(), "anybody").resume(reader);
            if (reader.at("endpoints") == null) seesItems(resumed, secretary.acknowledged());
        }
        control.sees("endpoints." + sites.getFirst() + ".state", "LOST");
    }

    /** It waits for a load balancer to look away, and still serves; whoever presses twice is in a hurry. */
    @Test
    @Order(7)
    void whoIsToldTwiceWaitsForNobody() {
        var page = onA(organizer).follow(stream()).sees("briefing.status", "LIVE");
        a.signal("TERM");
        var asked = new Someone("http://127.0.0.1:" + a.watch(), "load balancer");
        asked.until("/health/ready", 503);
        assertEquals(List.of("stop"), asked.get("/health/ready").get("waitsFor"));
        asked.get("/health/live").expect(200);
        var last = onA(organizer).get("/api/briefings/" + briefing).expect(200);
        assertEquals("close", last.headers().firstValue("connection").orElseThrow());
        addItem(onA(organizer), "vừa kịp");
        seesItems(page, List.of("vừa kịp"));

        var took = a.terminate();
        assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took.toString());
        assertEquals(0, a.ended());
        assertEquals(1001, page.closed());
    }
}

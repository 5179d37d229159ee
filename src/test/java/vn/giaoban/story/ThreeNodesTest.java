package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes and what befalls one of them: it is killed, it comes back without a bell, it stands still for a while. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreeNodesTest {
    private static final Duration SEEN_WITHOUT_BELL = Duration.ofSeconds(2);
    /** A second is the promise; the rest is what a busy machine adds. */
    private static final Duration FRESH_AGAIN = Duration.ofSeconds(2);

    @TempDir
    static Path directory;

    private static final int[] PORTS = {NodeProcess.freePort(), NodeProcess.freePort(), NodeProcess.freePort()};
    private static String database;
    private static Someone organizer;
    private static UUID briefing;
    private static NodeProcess a;
    private static NodeProcess b;
    private static NodeProcess c;

    @BeforeAll
    static void threeNodesRun() {
        database = TestDatabase.fresh();
        try (var world = World.with(Map.of("GIAOBAN_DATABASE_URL", database))) {
            organizer = world.organizer();
            briefing =
                    world.live(organizer, "PRESS_CONFERENCE", List.of(World.item("Khai mạc", 5, "PUBLIC")), List.of());
        }
        a = node("a", 0, Map.of());
        b = node("b", 1, Map.of());
        c = node("c", 2, Map.of());
    }

    @AfterAll
    static void nothingStays() {
        Stream.of(a, b, c).filter(node -> node != null).forEach(NodeProcess::close);
    }

    private static NodeProcess node(String name, int place, Map<String, String> more) {
        var members = "127.0.0.1:" + PORTS[0] + ",127.0.0.1:" + PORTS[1] + ",127.0.0.1:" + PORTS[2];
        var environment = new HashMap<>(Map.of(
                "GIAOBAN_DATABASE_URL",
                database,
                "GIAOBAN_DEMO",
                "false",
                "GIAOBAN_BRIEFING_MAXITEMS",
                "1000",
                "GIAOBAN_CLUSTER_PORT",
                String.valueOf(PORTS[place]),
                "GIAOBAN_CLUSTER_MEMBERS",
                members));
        environment.putAll(more);
        return NodeProcess.start(directory.resolve(name), environment);
    }

    private static Page anybody(NodeProcess node) {
        return new Someone(node.base(), "anybody")
                .follow("briefing/" + briefing)
                .sees("briefing.status", "LIVE");
    }

    private static void seesAll(Page page, Secretary secretary) {
        var wanted = secretary.acknowledged();
        page.until(wanted.size() + " items", p -> TwoNodesTest.titles(p).containsAll(wanted));
    }

    private static void waitForMembers(int many, NodeProcess... nodes) {
        for (var node : nodes) {
            var meters = new Someone("http://127.0.0.1:" + node.watch(), "watcher");
            meters.until("/metrics", reply -> reply.text().contains("\ngiaoban_cluster_nodes " + many + ".0"));
        }
    }

    @Test
    @Order(1)
    void theyAreStartedAtOnceAndFindEachOther() {
        waitForMembers(3, a, b, c);
        var pages = List.of(anybody(a), anybody(b), anybody(c));
        var secretary = new Secretary(organizer.at(b.base()), organizer.at(b.base()), briefing).writes(3);
        secretary.close();
        for (var page : pages) seesAll(page, secretary);
        pages.forEach(Page::close);
    }

    @Test
    @Order(2)
    void whenOneIsKilledWritersAndReadersGoOn() {
        var there = List.of(anybody(a), anybody(b));
        var cut = List.of(anybody(c), anybody(c), anybody(c));
        var writers = List.of(
                new Secretary(organizer.at(c.base()), organizer.at(a.base()), briefing, "một "),
                new Secretary(organizer.at(b.base()), organizer.at(a.base()), briefing, "hai "));
        for (var writer : writers) writer.writes(5);
        c.kill();
        for (var writer : writers) writer.writes(10);
        var resumed = new ArrayList<Page>();
        for (var page : cut) {
            page.closed();
            resumed.add(new Someone(b.base(), "anybody").resume(page));
        }
        writers.forEach(Secretary::close);
        for (var writer : writers) {
            for (var page : there) seesAll(page, writer);
            for (var page : resumed) seesAll(page, writer);
            assertTrue(writer.statuses().stream().allMatch(status -> status == 201 || status == 503));
        }
        for (var page : resumed)
            assertTrue(page.frames("snapshot").size() <= 1, "what was missed, or one picture of it");
        for (var page : there) {
            assertEquals(1, page.frames("snapshot").size(), "the others notice nothing");
            page.close();
        }
        waitForMembers(2, a, b);
    }

    @Test
    @Order(3)
    void whatIsNotRungForIsSeenWithinTwoSeconds() {
        c = node("c", 2, Map.of("GIAOBAN_CLUSTER_DOORBELL", "false"));
        var pages = List.of(anybody(a), anybody(b), anybody(c));
        for (int i = 0; i < 4; i++) {
            var title = "Không chuông " + i;
            organizer
                    .at(c.base())
                    .create("/api/briefings/" + briefing + "/agenda", World.item(title, 1, "PUBLIC"))
                    .expect(201);
            long began = System.nanoTime();
            for (var page : pages) page.until(title, p -> TwoNodesTest.titles(p).contains(title));
            var took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(SEEN_WITHOUT_BELL) < 0, took.toString());
        }
        pages.forEach(Page::close);
    }

    /** A node that stood still knows nothing of what happened meanwhile: it must not say that it does. */
    @Test
    @Order(4)
    void whoStoodStillIsReadyAgainWhenItHasReadWhatItMissed() {
        var page = anybody(c);
        var onC = new Someone(c.base(), "anybody");
        onC.until("/health/ready", 200);
        try (var secretary = new Secretary(organizer.at(a.base()), organizer.at(b.base()), briefing, "ba ")) {
            c.signal("STOP");
            // Longer than three looks at the heads.
            secretary.writes(40);
            var missed = secretary.acknowledged();
            assertFalse(TwoNodesTest.titles(page).containsAll(missed));

            c.signal("CONT");
            long began = System.nanoTime();
            onC.until("/health/ready", 200);
            var shown = onC.call("GET", "/live/briefing/" + briefing, null, Map.of("Accept", "application/json"))
                    .expect(200)
                    .text();
            for (var title : missed) assertTrue(shown.contains("\"" + title + "\""), title + " in " + shown);
            page.until("what was missed", p -> TwoNodesTest.titles(p).containsAll(missed));
            var took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(FRESH_AGAIN) < 0, took.toString());
            secretary.close();
            seesAll(page, secretary);
            assertEquals(1, page.frames("snapshot").size(), "patch by patch");
        }
        page.close();
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.giaoban.db.LocalPostgres;
import vn.giaoban.db.Migration;

/** The database falls silent, and goes away altogether: the node says so, keeps its sockets, and comes back by itself. */
class DatabaseGoneTest {
    /** The promise is 2.5 seconds; the rest is what a busy machine adds. */
    private static final Duration ANSWERED_WITHIN = Duration.ofMillis(3_500);

    @TempDir
    Path directory;

    private LocalPostgres postgres;
    private int port;
    private NodeProcess node;
    private Someone organizer;
    private Someone anybody;
    private UUID briefing;

    @BeforeEach
    void aNodeWithADatabaseOfItsOwn() {
        NodeProcess.data(directory);
        port = NodeProcess.freePort();
        startPostgres();
        Migration.run(postgres.url());
        try (var world = World.with(Map.of("GIAOBAN_DATABASE_URL", postgres.url()))) {
            organizer = world.organizer();
            briefing =
                    world.live(organizer, "PRESS_CONFERENCE", List.of(World.item("Khai mạc", 5, "PUBLIC")), List.of());
        }
        node = NodeProcess.start(
                directory,
                Map.of(
                        "GIAOBAN_DATABASE_URL", postgres.url(),
                        "GIAOBAN_DEMO", "false",
                        "GIAOBAN_BRIEFING_MAXITEMS", "1000",
                        "GIAOBAN_CLUSTER_CONFIG", "src/test/resources/hazelcast-alone.yaml",
                        "GIAOBAN_CLUSTER_PORT", "0"));
        organizer = organizer.at(node.base());
        anybody = new Someone(node.base(), "anybody");
    }

    @AfterEach
    void nothingStays() {
        if (postgres != null) {
            signal("CONT");
            postgres.close();
        }
        if (node != null) node.close();
    }

    private void startPostgres() {
        postgres = LocalPostgres.start(directory.resolve("postgres"), port);
    }

    @Test
    void whileTheDatabaseIsAwayTheNodeSaysSoAndThenGoesOn() {
        var pages = List.of(
                organizer.follow("briefing/" + briefing).sees("briefing.status", "LIVE"),
                anybody.follow("briefing/" + briefing).sees("briefing.status", "LIVE"));
        try (var secretary = new Secretary(organizer, organizer, briefing)) {
            secretary.writes(3);

            signal("STOP");
            isAway(pages, 1, secretary);
            signal("CONT");
            isBack(pages, 1, secretary);

            postgres.close();
            isAway(pages, 2, secretary);
            startPostgres();
            isBack(pages, 2, secretary);

            secretary.close();
            assertEquals(Set.of(201, 503), secretary.statuses());
            assertFalse(node.output().contains("ERROR"), node.output());
            assertTrue(
                    secretary.slowest().compareTo(ANSWERED_WITHIN) < 0,
                    secretary.slowest().toString());
            for (var page : pages) {
                page.until(
                        "everything acknowledged", p -> TwoNodesTest.titles(p).containsAll(secretary.acknowledged()));
                assertFalse(page.bytes().contains("\"bye\""));
            }
            var kept = organizer.get("/api/briefings/" + briefing).expect(200).text();
            for (var title : secretary.acknowledged()) assertTrue(kept.contains("\"" + title + "\""), title);
        }
    }

    private void isAway(List<Page> pages, int times, Secretary secretary) {
        for (var page : pages) seesDegraded(page, true, times);
        assertEquals(503, anybody.get("/health/ready").status());
        assertEquals(200, anybody.get("/health/live").status());
        secretary.hears(503);
    }

    private void isBack(List<Page> pages, int times, Secretary secretary) {
        for (var page : pages) seesDegraded(page, false, times);
        secretary.writes(3);
        var written = secretary.acknowledged();
        for (var page : pages)
            page.until("the items written since", p -> TwoNodesTest.titles(p).containsAll(written));
        anybody.until("/health/ready", 200);
    }

    private static void seesDegraded(Page page, boolean degraded, int times) {
        page.until(times + " times degraded: " + degraded, p -> {
            var said = p.frames().stream().filter(f -> "status".equals(f.get("type")));
            return said.filter(f -> f.get("degraded").equals(degraded)).count() >= times;
        });
    }

    /** To PostgreSQL, if it runs, and to everything that it started. */
    private void signal(String name) {
        var file = directory.resolve("postgres/cluster/postmaster.pid");
        if (!Files.exists(file)) return;
        try {
            var pid = Files.readAllLines(file).getFirst();
            var command = new ArrayList<>(List.of("kill", "-" + name, pid));
            ProcessHandle.of(Long.parseLong(pid))
                    .orElseThrow()
                    .descendants()
                    .forEach(child -> command.add(String.valueOf(child.pid())));
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

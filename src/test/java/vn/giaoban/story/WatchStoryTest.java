package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Somebody who looks after the node: the second port, what its meters say, and what they never say. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchStoryTest {
    private static final int PORT = NodeProcess.freePort();
    private static World world;
    private static Someone watcher;

    @BeforeAll
    static void aNodeWithMeters() {
        world = World.with(Map.of("GIAOBAN_METRICS_PORT", String.valueOf(PORT)));
        watcher = new Someone("http://127.0.0.1:" + PORT, "watcher");
    }

    @AfterAll
    static void nothingStays() {
        world.close();
    }

    @Test
    @Order(1)
    void theMetersTellOfTheWorkAndOfNobody() throws IOException {
        var organizer = world.organizer();
        var site = world.newEndpoint("Sở Y tế Điện Biên");
        var briefing = world.live(
                organizer, "PRESS_CONFERENCE", List.of(World.item("Khai mạc", 5, "PUBLIC")), List.of(site.id()));
        var page = organizer.follow("briefing/" + briefing).sees("briefing.status", "LIVE");
        organizer
                .create("/api/briefings/" + briefing + "/agenda", World.item("Thêm", 1, "PUBLIC"))
                .expect(201);
        page.until("the item", p -> TwoNodesTest.titles(p).contains("Thêm"));
        organizer.get("/api/briefings/" + briefing).expect(200);

        var scraped = watcher.get("/metrics").expect(200);
        assertTrue(scraped.headers().firstValue("content-type").orElseThrow().startsWith("text/plain; version=0.0.4"));
        var text = scraped.text();
        assertTrue(value(text, "giaoban_ready") == 1);
        assertTrue(value(text, "giaoban_cluster_nodes") == 1);
        assertTrue(value(text, "giaoban_live_sockets") >= 1);
        assertTrue(value(text, "giaoban_live_readers{audience=\"staff\",line=\"ws-native\",stream=\"briefing\"}") >= 1);
        assertTrue(value(text, "giaoban_live_deliveries_total{encoding=\"ws\"}") >= 1);
        assertTrue(value(text, "giaoban_live_walk_lag_seconds_count") >= 1);
        assertTrue(value(text, "giaoban_live_bell_lag_seconds_count") >= 1);
        assertTrue(value(text, "giaoban_live_handshakes_total{outcome=\"admitted\"}") >= 1);
        assertTrue(value(text, "giaoban_db_call_seconds_count{pool=\"commands\"}") > 10);
        assertTrue(value(
                        text,
                        "giaoban_http_call_seconds_count{method=\"GET\",route=\"/api/briefings/{briefing}\",status=\"200\"}")
                >= 1);
        assertTrue(value(text, "jvm_threads_live_threads") > 1);
        for (var secret : List.of(briefing.toString(), site.id().toString(), site.name(), "Thư ký", "127.0.0.1"))
            assertFalse(text.contains(secret), secret);
        assertFalse(Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-").matcher(text).find(), "an id");
        page.close();
    }

    /** The table of the README is what a dashboard is made from: it names what there is, and nothing else. */
    @Test
    @Order(2)
    void theReadmeNamesEveryMeterOfOurs() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var documented = Pattern.compile("`(giaoban_\\w+)")
                .matcher(readme.substring(readme.indexOf("### Watching a node")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        var shown = watcher.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("# TYPE giaoban_"))
                .map(line -> line.split(" ")[2])
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(List.copyOf(documented), List.copyOf(shown));
    }

    @Test
    void itAnswersThatAndNothingElse() {
        assertEquals(true, watcher.get("/health/live").expect(200).json().get("live"));
        assertEquals(true, watcher.get("/health/ready").expect(200).json().get("ready"));
        for (var path : List.of("/", "/api/session", "/live/calendar", "/metrics/", "/openapi.yaml"))
            assertEquals(404, watcher.get(path).status(), path);
        assertEquals(405, watcher.post("/metrics").status());
        assertEquals(404, world.anybody().get("/metrics").status());
    }

    @Test
    void aTakenPortIsNoReasonNotToServe() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var second = World.with(Map.of("GIAOBAN_METRICS_PORT", String.valueOf(taken.getLocalPort())))) {
            second.anybody().get("/health/ready").expect(200);
        }
    }

    private static double value(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in\n" + text));
    }
}

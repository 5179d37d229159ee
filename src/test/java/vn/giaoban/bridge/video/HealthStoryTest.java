package vn.giaoban.bridge.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.jitsi.standin.Stranger;
import vn.giaoban.jitsi.standin.Stranger.Manner;
import vn.giaoban.story.Page;
import vn.giaoban.story.Someone;
import vn.giaoban.story.World;

/** How Jitsi's servers are, seen from the control room; and what they do to the rest of the house: nothing. */
@Timeout(180)
class HealthStoryTest {
    private static final String STATS = """
            {"conferences":1,"participants":3,"largest_conference":3,"bridge_selector":{"bridge_count":1,"operational_bridge_count":1}}""";
    private static final String LOAD = """
            {"conferences":1,"participants":3,"endpoints":3,"stress_level":0.2,"healthy":true}""";
    private static final String JIBRI = """
            {"status":{"busyStatus":"IDLE","health":{"healthStatus":"HEALTHY","details":{}}}}""";

    private Stranger elsewhere;
    private Stranger prosody;
    private Stranger jicofo;
    private Stranger jvb;
    private Stranger jibri;
    private World world;
    private Someone organizer;
    private UUID briefing;
    private Page page;

    @BeforeEach
    void start() {
        elsewhere = new Stranger(Map.of(), "");
        prosody = new Stranger(Map.of("/room-census", "{\"room_census\":[]}"), elsewhere.url());
        jicofo = new Stranger(Map.of("/about/health", "OK", "/stats", STATS), elsewhere.url());
        jvb = new Stranger(Map.of("/about/health", "", "/colibri/stats", LOAD), elsewhere.url());
        jibri = new Stranger(Map.of("/jibri/api/v1.0/health", JIBRI), elsewhere.url());
        world = World.with(Map.of(
                "GIAOBAN_JITSI_DOMAIN",
                "meet.example.vn",
                "GIAOBAN_JITSI_SECRET",
                "a-secret-of-the-test-with-32-bytes",
                "GIAOBAN_JITSI_PROSODY_URL",
                prosody.url(),
                "GIAOBAN_JITSI_PROSODY_DEADLINEMS",
                "1000",
                "GIAOBAN_JITSI_HEALTH_JICOFO",
                jicofo.url(),
                "GIAOBAN_JITSI_HEALTH_JVB",
                jvb.url(),
                "GIAOBAN_JITSI_HEALTH_JIBRI",
                jibri.url(),
                "GIAOBAN_METRICS_PORT",
                "0"));
        organizer = world.organizer();
        briefing = world.live(organizer, "BRIEFING", List.of(World.item("Một", 5, "PUBLIC")), List.of());
        page = organizer.follow("briefing/" + briefing).seesFrame("snapshot");
    }

    @AfterEach
    void stop() {
        page.close();
        world.close();
        for (var stranger : List.of(elsewhere, prosody, jicofo, jvb, jibri)) stranger.close();
    }

    private List<Stranger> all() {
        return List.of(prosody, jicofo, jvb, jibri);
    }

    private Set<String> states() {
        var states = new TreeSet<String>();
        if (page.at("conference.health.servers") instanceof List<?> servers)
            for (var one : servers) states.add(((Map<?, ?>) one).get("server") + " " + ((Map<?, ?>) one).get("state"));
        return states;
    }

    private static Set<String> all(String state) {
        return new TreeSet<>(Set.of("prosody " + state, "jicofo " + state, "jvb-1 " + state, "jibri-1 " + state));
    }

    private void become(Set<String> wanted) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!states().equals(wanted)) {
            assertTrue(System.nanoTime() < end, () -> wanted + ": " + states());
            world.clock.forward(Duration.ofSeconds(2));
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void oneLineSaysHowTheyAre() {
        become(all("OK"));
        assertEquals("OK", page.at("conference.health.state"));
        jvb.is(Manner.SICK);
        become(new TreeSet<>(Set.of("prosody OK", "jicofo OK", "jvb-1 SICK", "jibri-1 OK")));
        assertEquals("SICK", page.at("conference.health.state"));
        jvb.is(Manner.WELL);
        become(all("OK"));
        world.drawsTheSame(page, "briefing/" + briefing, "staff");
    }

    @Test
    void whatIsNotTheirWordIsUnknownAndDisturbsNothing() {
        become(all("OK"));
        var slowest = new EnumMap<Manner, Duration>(Manner.class);
        long before = heap();
        for (var manner : Manner.values()) {
            if (manner == Manner.WELL || manner == Manner.SICK) continue;
            all().forEach(one -> one.is(Manner.WELL));
            become(all("OK"));
            all().forEach(one -> one.is(manner));
            var worst = Duration.ZERO;
            long end = System.nanoTime() + 30_000_000_000L;
            for (int i = 0; !states().equals(all("UNKNOWN")); i++) {
                assertTrue(System.nanoTime() < end, manner + ": " + states());
                world.clock.forward(Duration.ofSeconds(2));
                long began = System.nanoTime();
                organizer
                        .put("/api/briefings/" + briefing + "/line", Map.of("text", "dòng " + i))
                        .expect(204);
                var took = Duration.ofNanos(System.nanoTime() - began);
                if (took.compareTo(worst) > 0) worst = took;
                page.sees("stage.text", "dòng " + i);
            }
            slowest.put(manner, worst);
            assertNotEquals("OK", page.at("conference.health.state"));
        }
        assertEquals(List.of(), elsewhere.asked(), "nobody follows a redirection");
        long grown = heap() - before;
        // Other stories' worlds live in this process too: what counts is that no endless body is kept.
        assertTrue(grown < 32L << 20, "the heap has grown by " + grown + " bytes");
        for (var one : slowest.entrySet())
            assertTrue(one.getValue().compareTo(Duration.ofSeconds(2)) < 0, "commands took " + slowest);
    }

    /** What is still needed after everything else was thrown away. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    @Test
    void aQuarterOfAnHourBeforeItIsSaidWhatIsWrong() {
        jibri.is(Manner.HTML);
        var start =
                world.clock.instant().plus(Duration.ofMinutes(45)).truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        var next = world.scheduled(organizer, "BRIEFING", start, List.of(), List.of());
        var soon = organizer.follow("briefing/" + next).seesFrame("snapshot");
        world.clock.forward(Duration.between(world.clock.instant(), start.minus(Duration.ofMinutes(16))));
        for (int i = 0; i < 40 && soon.at("conference.health.servers") == null; i++) {
            world.clock.forward(Duration.ofSeconds(1));
            LockSupport.parkNanos(200_000_000);
        }
        world.clock.forward(Duration.ofMinutes(2));
        soon.until("the check", p -> p.at("conference.health.checkedAt") != null);
        assertEquals(List.of("jibri-1"), soon.at("conference.health.wrong"));
        assertTrue(organizer
                .get("/api/briefings/" + next + "/journal")
                .expect(200)
                .text()
                .contains("video.checked"));
        world.drawsTheSame(soon, "briefing/" + next, "staff");
        soon.close();
    }
}

package vn.giaoban.jitsi.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.giaoban.db.Json;
import vn.giaoban.db.LocalPostgres;
import vn.giaoban.db.Migration;
import vn.giaoban.jitsi.standin.Caller;
import vn.giaoban.jitsi.standin.Captures;
import vn.giaoban.story.World;

/** The database is away for some seconds: Jitsi is told so in time, tries again as it does, and the room opens. */
@Timeout(120)
class NoDatabaseTest {
    private static final Duration IN_TIME = Duration.ofSeconds(2);
    /** As Prosody does: three more times, three seconds apart. */
    private static final int RETRIES = 3;

    private static final Duration DELAY = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    @Test
    void theRoomOpensInTheSameClickWhenItIsBackInTime() {
        var postgres = LocalPostgres.start(directory.resolve("postgres"));
        var url = postgres.url();
        Migration.run(url);
        try (var world = World.with(Map.of(
                "GIAOBAN_DATABASE_URL",
                url,
                "GIAOBAN_JITSI_DOMAIN",
                "meet.example.vn",
                "GIAOBAN_JITSI_SECRET",
                "a-secret-of-the-test-with-32-bytes",
                "GIAOBAN_JITSI_EVENTS_SECRET",
                Caller.EVENT_SECRET,
                "GIAOBAN_JITSI_RESERVATION_SECRET",
                Caller.RESERVATION_SECRET))) {
            var id = world.live(world.organizer(), "BRIEFING", List.of(), List.of());
            var room = world.node.rooms().briefings().get(id).videoName();
            var prosody = new Caller(world.base);
            var question = Captures.of("R5", "/api/conference").getFirst().with("flaky-1", room);
            var event = Captures.of("R1", "/api/events/room/created").getFirst().with("ok-phong1", room);
            stop("STOP");
            var answers = new ArrayList<Integer>();
            try {
                for (int i = 0; i < RETRIES; i++) {
                    answers.add(timed(prosody, question));
                    assertEquals(503, prosody.say(event).status(), "an event is tried again too");
                    LockSupport.parkNanos(DELAY.toNanos());
                }
            } finally {
                stop("CONT");
            }
            // The last of the same click.
            LockSupport.parkNanos(500_000_000);
            var said = prosody.say(question);
            assertEquals(List.of(503, 503, 503), answers);
            assertEquals(200, said.status(), said.body());
            var again = Json.parse(prosody.say(question).body());
            assertEquals(
                    Json.parse(said.body()).get("id"), again.get("id"), "what was stored meanwhile is the same room");
            assertEquals(200, prosody.say(event).status());
        } finally {
            postgres.close();
        }
    }

    private static int timed(Caller prosody, Captures.Theirs question) {
        long began = System.nanoTime();
        var said = prosody.say(question);
        var took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(IN_TIME) < 0, "answered after " + took);
        assertTrue(Json.parse(said.body()).get("message") instanceof String);
        return said.status();
    }

    private void stop(String signal) {
        try {
            var pid = java.nio.file.Files.readAllLines(pidFile()).getFirst();
            for (var process : processes(Long.parseLong(pid)))
                new ProcessBuilder("kill", "-" + signal, String.valueOf(process))
                        .start()
                        .waitFor();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Long> processes(long postmaster) {
        var all = new ArrayList<>(List.of(postmaster));
        ProcessHandle.of(postmaster).orElseThrow().descendants().forEach(child -> all.add(child.pid()));
        return all;
    }

    private Path pidFile() throws java.io.IOException {
        try (var files = java.nio.file.Files.walk(directory)) {
            return files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

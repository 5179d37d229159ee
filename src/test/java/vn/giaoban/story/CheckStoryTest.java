package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;

/** A site checks itself, signs, and the control room sees the verdict with its cause. */
class CheckStoryTest {
    private final World world = World.shared();

    static Map<String, Object> steps(double up) {
        var line = Fields.of("outcome", "OK")
                .and("upKbitPerS", up)
                .and("downKbitPerS", 9000)
                .and("roundTripMs", 42.5)
                .and("jitterMs", 3)
                .and("stalls", 0)
                .and("longestStallMs", 0);
        return new HashMap<>(Map.of(
                "camera",
                        Fields.of("outcome", "OK")
                                .and("device", "Logitech C920")
                                .and("width", 1280)
                                .and("height", 720),
                "microphone", Fields.of("outcome", "OK").and("device", "Jabra").and("peakDb", -14.5),
                "speaker", Fields.of("outcome", "OK"),
                "connection",
                        Fields.of("outcome", "OK")
                                .and("path", "LOOPBACK")
                                .and("codecs", List.of("video/VP8", "audio/opus")),
                "line", line,
                "video", Fields.of("outcome", "NOT_CONFIGURED")));
    }

    static Fields check(Instant at, Map<String, Object> steps) {
        return Fields.of("measuredAt", at)
                .and("technician", "Nguyễn Thị Hoa")
                .and("browser", Fields.of("name", "Chromium").and("version", "140"))
                .and("steps", steps);
    }

    @Test
    void aSiteChecksItselfAndTheControlRoomSeesTheVerdictWithItsCause() {
        var organizer = world.organizer();
        var site = world.newEndpoint("Kiểm tra").id();
        var id = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(site));
        var operator = world.operator(site);
        var path = "/api/briefings/" + id + "/endpoints/" + site + "/checks";
        try (var board = organizer.follow("briefing/" + id);
                var own = operator.follow("endpoint/" + site)) {
            var bad = operator.create(path, check(world.clock.instant(), steps(640)))
                    .expect(201);
            assertEquals("BAD", bad.text("verdict"));
            assertEquals("UPLOAD_LOW", bad.text("findings.0.cause"));
            var at = "endpoints." + site + ".check";
            board.until("the cause", p -> "UPLOAD_LOW".equals(p.at(at + ".cause")));
            assertEquals("EXPECTED", board.at("endpoints." + site + ".state"));
            assertEquals(640.0, ((Number) board.at(at + ".figure")).doubleValue());
            assertEquals(800.0, ((Number) board.at(at + ".bound")).doubleValue());
            assertEquals("Nguyễn Thị Hoa", board.at(at + ".by"));
            own.until("its own", p -> "BAD".equals(p.at("briefings." + id + ".check.verdict")));

            world.clock.forward(Duration.ofMinutes(3));
            operator.create(path, check(world.clock.instant(), steps(6400))).expect(201);
            board.until("good", p -> "GOOD".equals(p.at(at + ".verdict")));
            assertEquals("CHECKED", board.at("endpoints." + site + ".state"));
            assertNull(board.at(at + ".cause"));
            world.drawsTheSame(board, "briefing/" + id, "staff");
            world.drawsTheSame(own, "endpoint/" + site, "site");
        }
        var all = organizer.get(path).expect(200);
        assertEquals("GOOD", all.text("items.0.verdict"));
        assertEquals("Logitech C920", all.text("items.0.steps.camera.device"));
        assertEquals(42.5, ((Number) all.get("items.1.steps.line.roundTripMs")).doubleValue());
        assertNull(all.get("items.0.steps.connection.lossPercent"), "not measured is never a figure");
    }

    @Test
    void whatWaitedForTheNetworkIsTakenOnceWithTheHourItWasMeasured() {
        var organizer = world.organizer();
        var site = world.newEndpoint("Mất mạng").id();
        var id = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(site));
        var operator = world.operator(site);
        var path = "/api/briefings/" + id + "/endpoints/" + site + "/checks";
        var measured = world.clock.instant().minus(Duration.ofHours(2));
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var body = check(measured, steps(9000));
        var first = operator.call("POST", path, body, key).expect(201);
        var again = operator.call("POST", path, body, key).expect(201);
        assertEquals(first.text("id"), again.text("id"));
        var all = operator.get(path).expect(200);
        assertEquals(1, ((List<?>) all.get("items")).size());
        assertEquals(true, all.get("items.0.late"));
        assertEquals(Fields.text(measured), all.text("items.0.measuredAt"));

        // One measured earlier that comes still later is kept, and is not what counts.
        operator.create(path, check(measured.minus(Duration.ofHours(1)), steps(10)))
                .expect(201);
        try (var board = organizer.follow("briefing/" + id)) {
            board.until("the newest measured", p -> "GOOD".equals(p.at("endpoints." + site + ".check.verdict")));
            assertTrue(board.at("endpoints." + site + ".check.receivedAt") != null, "and that it came late");
        }
        operator.create(path, check(world.clock.instant().plus(Duration.ofHours(1)), steps(1)))
                .expect(422);
        operator.create(path, check(world.clock.instant().minus(Duration.ofDays(30)), steps(1)))
                .expect(422);
    }

    @Test
    void aCheckIsComparedWithThoseForEarlierBriefings() {
        var organizer = world.organizer();
        var site = world.newEndpoint("So sánh").id();
        var operator = world.operator(site);
        for (double up : new double[] {8000, 9000, 7000}) {
            var earlier = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(site));
            operator.create(
                            "/api/briefings/" + earlier + "/endpoints/" + site + "/checks",
                            check(world.clock.instant(), steps(up)))
                    .expect(201);
            world.clock.forward(Duration.ofMinutes(1));
        }
        var id = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(site));
        var path = "/api/briefings/" + id + "/endpoints/" + site + "/checks";
        operator.create(path, check(world.clock.instant(), steps(3000))).expect(201);
        var all = operator.get(path).expect(200);
        assertEquals(3, ((List<?>) all.get("before")).size());
        assertEquals("UPLOAD", all.text("compared.0.value"));
        assertEquals(8000.0, ((Number) all.get("compared.0.before")).doubleValue());
        assertEquals("WORSE", all.text("compared.0.trend"));
        assertEquals("SAME", all.text("compared.2.trend"));
    }

    @Test
    void aSiteInvitedAgainBeginsWithoutACheckAndADraftHasNone() {
        var organizer = world.organizer();
        var site = world.newEndpoint("Mời lại").id();
        var id = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(site));
        var endpoints = "/api/briefings/" + id + "/endpoints";
        organizer
                .create(endpoints + "/" + site + "/checks", check(world.clock.instant(), steps(9000)))
                .expect(201);
        try (var board = organizer.follow("briefing/" + id)) {
            board.until("checked", p -> p.at("endpoints." + site + ".check") != null);
            organizer.delete(endpoints + "/" + site).expect(204);
            organizer
                    .create(endpoints, Fields.of("endpoints", List.of(site.toString())))
                    .expect(201);
            board.until(
                    "there again",
                    p -> p.at("endpoints." + site + ".name") != null && p.at("endpoints." + site + ".check") == null);
            world.drawsTheSame(board, "briefing/" + id, "staff");
        }
        var draft = organizer
                .create("/api/briefings", world.plan("BRIEFING", "Nháp", world.freeHour(), 60))
                .expect(201);
        organizer
                .create("/api/briefings/" + draft.id() + "/endpoints", Fields.of("endpoints", List.of(site.toString())))
                .expect(201);
        organizer
                .create(
                        "/api/briefings/" + draft.id() + "/endpoints/" + site + "/checks",
                        check(world.clock.instant(), steps(9000)))
                .expect(409);
    }
}

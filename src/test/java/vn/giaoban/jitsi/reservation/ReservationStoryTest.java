package vn.giaoban.jitsi.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Json;
import vn.giaoban.jitsi.standin.Caller;
import vn.giaoban.jitsi.standin.Captures;
import vn.giaoban.jitsi.standin.Captures.Theirs;
import vn.giaoban.story.Someone;
import vn.giaoban.story.World;

/** Jitsi asks whether a room may start: its own calls as they were captured, against our briefings. */
class ReservationStoryTest {
    private static World world;
    private static Someone organizer;
    private static Caller prosody;

    @BeforeAll
    static void start() {
        world = World.with(Map.of(
                "GIAOBAN_JITSI_DOMAIN", "meet.example.vn",
                "GIAOBAN_JITSI_SECRET", "a-secret-of-the-test-with-32-bytes",
                "GIAOBAN_JITSI_RESERVATION_SECRET", Caller.RESERVATION_SECRET,
                "GIAOBAN_JITSI_RESERVATION_MAXOCCUPANTS", "true"));
        organizer = world.organizer();
        prosody = new Caller(world.base);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static Theirs question(String room) {
        return Captures.of("R1", "/api/conference").getFirst().with("ok-phong1", room);
    }

    private static Theirs goodbye(String id) {
        return Captures.of("R1", "/api/conference/").getFirst().with("101", id);
    }

    private static Theirs look(String id) {
        return Captures.of("R8", "/api/conference/111").getFirst().with("111", id);
    }

    private static String room(UUID briefing) {
        return world.node.rooms().briefings().get(briefing).videoName();
    }

    private static UUID scheduled(Instant start) {
        return world.scheduled(
                organizer,
                "BRIEFING",
                start,
                List.of(),
                List.of(world.newEndpoint("Huế").id()));
    }

    private static UUID open() {
        var id = scheduled(world.freeHour());
        organizer.post("/api/briefings/" + id + "/open").expect(200);
        return id;
    }

    private static Map<String, Object> approved(Theirs question) {
        var said = prosody.say(question);
        assertEquals(200, said.status(), said.body());
        return Json.parse(said.body());
    }

    private static void refused(Theirs question, int status, String sentence) {
        var said = prosody.say(question);
        assertEquals(status, said.status(), said.body());
        assertTrue(String.valueOf(Json.parse(said.body()).get("message")).contains(sentence), said.body());
    }

    /** What Prosody demands of an approval; anything else makes it refuse the room with 500. */
    private static void usable(Map<String, Object> answer, String room) {
        assertTrue(answer.get("id") instanceof String id && !id.isEmpty());
        assertEquals(room, answer.get("name"));
        assertTrue(answer.get("mail_owner") instanceof String);
        var until = Instant.parse((String) answer.get("start_time"))
                .plusSeconds(((Number) answer.get("duration")).longValue());
        assertTrue(until.isAfter(world.clock.instant().plus(Duration.ofHours(12))), "we end the meeting, not Jitsi");
        assertEquals(2 + 100, answer.get("max_occupants"), "a site that reconnects counts twice");
        assertTrue(
                answer.keySet().containsAll(Json.parse(question("x").answer()).keySet()));
    }

    @Test
    void anOpenBriefingMayStartAndIsTheSameRoomHoweverOftenItIsAsked() throws Exception {
        var room = room(open());
        var first = approved(question(room));
        usable(first, room);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var again = pool.invokeAll(IntStream.range(0, 5)
                    .mapToObj(i ->
                            (Callable<Object>) () -> approved(question(room)).get("id"))
                    .toList());
            for (var one : again) assertEquals(first.get("id"), one.get());
        }
        var id = (String) first.get("id");
        usable(Json.parse(prosody.say(look(id)).body()), room);
        assertEquals(200, prosody.say(goodbye(id)).status());
        assertEquals(404, prosody.say(look(id)).status());
        assertEquals(200, prosody.say(goodbye(id)).status(), "told twice is told once");
        var next = (String) approved(question(room)).get("id");
        assertNotEquals(id, next, "another meeting");
        prosody.say(goodbye(id));
        assertEquals(200, prosody.say(look(next)).status(), "a late goodbye ends the old one only");
    }

    @Test
    void everyCapturedQuestionIsAnsweredForItsRoom() {
        int asked = 0;
        for (var one : Captures.all())
            for (var call : one.theirs()) {
                if (!call.method().equals("POST") || !call.path().equals("/api/conference")) continue;
                var room = room(open());
                var name = call.body().replaceAll(".*name=([^&]*).*", "$1");
                usable(approved(call.with("name=" + name, "name=" + room)), room);
                asked++;
                var capital = name.matches(".*[A-Z].*");
                refused(call, capital ? 400 : 403, capital ? "chữ thường" : "chưa được đặt lịch");
            }
        assertTrue(asked > 20, "questions: " + asked);
    }

    @Test
    void earlyOffAndOverAreRefusedWithTheReason() {
        var id = scheduled(world.freeHour());
        var briefing = world.node.rooms().briefings().get(id);
        var room = briefing.videoName();
        refused(question(room), 425, "mở cửa lúc");
        organizer.post("/api/briefings/" + id + "/open").expect(200);
        approved(question(room));
        organizer.post("/api/briefings/" + id + "/close").expect(200);
        refused(question(room), 410, "đã kết thúc");
        var draft = organizer
                .create("/api/briefings", world.plan("BRIEFING", "Nháp", world.freeHour(), 60))
                .expect(201)
                .id();
        refused(question(room(draft)), 403, "chưa được lên lịch");
    }

    @Test
    void aMomentBeforeTheDoorsOpenItMayStart() {
        var soon = world.clock.instant().plus(Duration.ofMinutes(30)).plusSeconds(240);
        var id = scheduled(soon);
        assertEquals(
                "SCHEDULED", world.node.rooms().briefings().get(id).status().name());
        usable(approved(question(room(id))), room(id));
    }

    @Test
    void withoutTheSecretNobodyIsAnswered() {
        var room = room(open());
        var call = question(room);
        for (var wrong :
                List.of("Authorization: Bearer WRONG", "Authorization: " + Caller.RESERVATION_SECRET, "X: y")) {
            var headers = new ArrayList<>(call.headers());
            headers.replaceAll(header -> header.startsWith("Authorization") ? wrong : header);
            assertEquals(401, prosody.say(call, headers).status(), wrong);
        }
        assertEquals(
                401,
                prosody.say(look("1"), List.of("Host: x", "Connection: close")).status());
        // The events' secret was not set: nobody is listened to, whatever he shows.
        var event = Captures.of("R1", "/api/events/room/created").getFirst();
        assertEquals(404, prosody.say(event).status());
    }

    @Test
    void whatCannotBeReadIsRefusedAndNothingBreaks() {
        var call = question("x");
        for (var body : List.of(
                "", "name=", "name=%zz", "name=a&name=b", "owner=x", "name=" + "a".repeat(400), "{}", "name=%00")) {
            var bad = new Theirs("POST", "/api/conference", call.headers(), call.body(), 0, "").with(call.body(), body);
            assertEquals(400, prosody.say(bad).status(), body);
        }
        for (var id : List.of("abc", "0", "99999999999999999999", "-1", "%20"))
            assertEquals(404, prosody.say(look(id)).status(), id);
        assertEquals(
                405,
                prosody.say(new Theirs("PUT", "/api/conference", call.headers(), call.body(), 0, ""))
                        .status());
        var long1 = new Theirs("POST", "/api/conference", call.headers(), call.body(), 0, "")
                .with(call.body(), "name=" + "a".repeat(100_000));
        assertEquals(413, prosody.say(long1).status());
    }

    @Test
    void noTwoRoomsWhateverComesBetween() throws Exception {
        var room = room(open());
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            var id = (String) approved(question(room)).get("id");
            ids.add(id);
            if (i % 2 == 1) prosody.say(goodbye(id));
        }
        assertEquals(3, Set.copyOf(ids).size());
        var standing =
                ids.stream().filter(id -> prosody.say(look(id)).status() == 200).collect(Collectors.toSet());
        assertEquals(Set.of(ids.getLast()), standing);
        assertFalse(standing.isEmpty());
    }
}

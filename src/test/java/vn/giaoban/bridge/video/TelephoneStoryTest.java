package vn.giaoban.bridge.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.story.Reply;
import vn.giaoban.story.Someone;
import vn.giaoban.story.World;

/** By telephone into a briefing: the number is told to those who take part, and leads into the room while it is one. */
@Timeout(60)
class TelephoneStoryTest {
    private static World world;
    private static Someone organizer;

    @BeforeAll
    static void start() {
        world = World.with(Map.of(
                "GIAOBAN_JITSI_DOMAIN", "meet.example.vn",
                "GIAOBAN_JITSI_SECRET", "a-secret-of-the-test-with-32-bytes",
                "GIAOBAN_JITSI_DIALIN_NUMBERS", "VN +84 24 7300 0000,VN free 1800 1000",
                "GIAOBAN_JITSI_DIALIN_TRIESPERADDRESSANDMINUTE", "20"));
        organizer = world.organizer();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String path(UUID briefing) {
        return "/api/briefings/" + briefing + "/dial-in";
    }

    private static Reply code(String query) {
        return world.anybody().get("/jitsi/conferenceMapper?" + query);
    }

    @Test
    void theNumberLeadsIntoTheRoomWhileItIsOne() {
        var site = world.newEndpoint("Điện Biên").id();
        var id = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(site));
        var address = world.node.rooms().briefings().get(id).videoName() + "@muc.meet.jitsi";
        var staff = organizer.get(path(id)).expect(200);
        var pin = staff.text("pin");
        assertTrue(pin.matches("[1-9][0-9]{8}"), pin);
        assertEquals("+84 24 7300 0000", staff.get("numbers.0.formattedNumber"));
        assertEquals(true, staff.get("numbers.1.tollFree"));
        assertEquals(
                pin,
                world.operator(site)
                        .get(path(id) + "?endpoint=" + site)
                        .expect(200)
                        .get("pin"));
        world.journalist().get(path(id)).expect(404);

        assertEquals(
                "{\"conference\":\"" + address + "\",\"id\":" + pin + "}",
                code("conference=" + address + "&url=x").expect(200).text());
        var early = code("id=" + pin).expect(200);
        assertEquals(false, early.get("conference"));
        assertTrue(early.text("message").contains("Chưa đến giờ"));
        organizer.post("/api/briefings/" + id + "/open").expect(200);
        assertEquals(address, code("id=" + pin).expect(200).get("conference"));
        organizer.post("/api/briefings/" + id + "/close").expect(200);
        assertEquals(false, code("id=" + pin).expect(200).get("conference"));
        assertEquals(false, organizer.get(path(id)).expect(200).get("offered"));
    }

    @Test
    void aTelephoneExchangeMayAskWithABodyToo() {
        var id = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of());
        organizer.post("/api/briefings/" + id + "/open").expect(200);
        world.clock.forward(Duration.ofMinutes(1));
        var room = world.node.rooms().briefings().get(id).videoName();
        var address = room + "@muc.meet.jitsi";
        int pin = Integer.parseInt(organizer.get(path(id)).expect(200).text("pin"));
        var found = "{\"conference\":\"" + address + "\",\"id\":" + pin + "}";
        for (var asked : List.of(
                Fields.of("id", pin),
                Fields.of("id", "" + pin),
                Fields.of("conference", address),
                Fields.of("conference", address).and("id", 1),
                Fields.of("room", room),
                Fields.of("room", room).and("domain", "muc.meet.jitsi")))
            assertEquals(found, mapped(Json.text(asked)).expect(200).text(), "" + asked);
        // By the query as well the number counts only where it stands alone.
        assertEquals(found, code("id=1&conference=" + address).expect(200).text());
        for (var unknown : List.of("{\"id\":1}", "{\"room\":\"" + room + "\",\"domain\":\"elsewhere.vn\"}"))
            assertEquals(false, mapped(unknown).expect(200).get("conference"), unknown);
        for (var wrong : List.of("", "no", "[]", "{}", "{\"id\":true}", "{\"id\":" + pin + ",\"id\":" + pin + "}"))
            mapped(wrong).expect(400);
        mapped("{\"id\":\"" + "1".repeat(3_000) + "\"}").expect(413);
    }

    private static Reply mapped(String body) {
        return world.anybody().raw("POST", "/jitsi/conferenceMapper", body, Map.of("Content-Type", "application/json"));
    }

    @Test
    void numbersAreInJitsisWords() {
        var numbers = world.anybody().get("/jitsi/phoneNumberList?conference=x").expect(200);
        assertEquals(
                "[{\"countryCode\":\"VN\",\"formattedNumber\":\"+84 24 7300 0000\",\"tollFree\":false},{\"countryCode\":\"VN\",\"formattedNumber\":\"1800 1000\",\"tollFree\":true}]",
                numbers.text());
        assertEquals(
                "https://meet.example.vn",
                numbers.headers().firstValue("access-control-allow-origin").orElseThrow());
    }

    @Test
    void whoTriesNumbersOutComesToAnEnd() {
        world.clock.forward(Duration.ofMinutes(1));
        int refused = 0;
        for (int i = 0; i < 25; i++) {
            var reply = code("id=" + (100_000_000 + i));
            if (reply.status() == 429) refused++;
            else assertEquals(false, reply.expect(200).get("conference"));
        }
        assertEquals(5, refused);
        world.clock.forward(Duration.ofMinutes(1));
        code("id=12").expect(200);
        code("").expect(400);
        assertFalse(
                code("conference=nobody%40muc.meet.jitsi").expect(200).text().contains("\"id\""));
    }

    @Test
    void withoutNumbersNobodyIsGivenAPin() {
        var plain = World.shared();
        var someone = plain.organizer();
        var id = plain.scheduled(someone, "BRIEFING", plain.freeHour(), List.of(), List.of());
        assertEquals("{\"offered\":false}", someone.get(path(id)).expect(200).text());
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.people.Role;

/** One briefing with three people looking on: an organizer, a site and a journalist. */
class FirstStoryTest {
    private final World world = World.shared();

    @Test
    void whatTheOrganizerDoesIsSeenByEverybodyAsFarAsItIsTheirs() {
        var organizer = world.organizer();
        var site = world.newEndpoint("Sở Y tế");
        var operator = world.operator(site.id());
        var journalist = world.journalist();
        var id = world.scheduled(
                organizer,
                "PRESS_CONFERENCE",
                world.freeHour(),
                List.of(
                        World.item("Khai mạc", 5, "PUBLIC"),
                        World.item("Hội ý nội bộ: mật-4711", 10, "STAFF"),
                        World.item("Hỏi đáp", 20, "PRESS")),
                List.of(site.id()));
        var path = "/api/briefings/" + id;

        var control = organizer.follow("briefing/" + id).sees("briefing.status", "SCHEDULED");
        var press = journalist.follow("briefing/" + id).sees("briefing.status", "SCHEDULED");
        var anybody = world.anybody().follow("briefing/" + id).sees("briefing.status", "SCHEDULED");
        var room = operator.follow("endpoint/" + site.id()).sees("briefings." + id + ".state", "EXPECTED");

        organizer.post(path + "/open").expect(200);
        operator.post(path + "/endpoints/" + site.id() + "/join").expect(200);
        control.sees("endpoints." + site.id() + ".state", "CONNECTED").sees("sites.connected", 1);
        anybody.sees("sites.connected", 1);
        room.sees("briefings." + id + ".state", "CONNECTED");

        organizer.post(path + "/start").expect(200);
        var items = (List<?>) organizer.get(path).expect(200).get("agenda.items");
        var ids = items.stream()
                .map(item -> (String) ((Map<?, ?>) item).get("id"))
                .toList();
        organizer.post(path + "/agenda/" + ids.get(0) + "/start").expect(200);
        anybody.sees("agenda.live", ids.get(0));
        organizer.post(path + "/agenda/" + ids.get(1) + "/start").expect(200);
        control.sees("agenda.live", ids.get(1));
        anybody.sees("agenda.items." + ids.get(0) + ".status", "DONE");
        assertNull(anybody.at("agenda.live"), "what is hidden is not live for the public");
        organizer.post(path + "/agenda/" + ids.get(2) + "/start").expect(200);
        press.sees("agenda.live", ids.get(2));

        for (var page : List.of(press, anybody, room)) assertFalse(page.bytes().contains("mật-4711"));
        assertEquals(403, journalist.get(path).status(), "the plan is for those who run it");

        organizer.post(path + "/close").expect(200);
        control.sees("briefing.status", "CLOSED");
        organizer.post(path + "/close").expect(409);
        List.of(control, press, anybody, room).forEach(Page::close);
    }

    @Test
    void aRepeatedPressOfCreateIsOneBriefing() {
        var organizer = world.organizer();
        var plan = world.plan("BRIEFING", "Một lần", world.freeHour(), 30);
        var key = Map.of("Idempotency-Key", "mot-lan-bam-nut-" + System.nanoTime());
        var first = organizer.call("POST", "/api/briefings", plan, key).expect(201);
        var again = organizer.call("POST", "/api/briefings", plan, key).expect(201);
        assertEquals(first.text(), again.text());
        assertEquals(first.etag(), again.etag());
        organizer
                .call("POST", "/api/briefings", Fields.of("a", 1).and("organisation", world.ministry()), key)
                .expect(400);
        plan.and("title", "Khác");
        assertEquals(
                "key-reused",
                organizer.call("POST", "/api/briefings", plan, key).expect(422).problem());
    }

    @Test
    void aProgramNeedsNoOriginAndAPageOfAnotherMayNotCommand() {
        var person = world.person("Chương trình", Role.ORGANIZER, world.ministry(), null);
        var credentials = Json.text(Fields.of("username", person.username()).and("password", World.PASSWORD));
        var anybody = world.anybody();
        anybody.raw("POST", "/api/tokens", credentials, Map.of("Origin", "")).expect(200);
        anybody.raw("POST", "/api/tokens", credentials, Map.of("Origin", "https://evil.example"))
                .expect(403);
        var organizer = world.signedIn(person);
        var plan = Json.text(world.plan("BRIEFING", "Từ trang khác", world.freeHour(), 30));
        var key = "Idempotency-Key";
        organizer
                .raw("POST", "/api/briefings", plan, Map.of("Origin", "", key, "khong-co-nguon-0001"))
                .expect(403);
        organizer
                .raw("POST", "/api/briefings", plan, Map.of("Origin", "null", key, "khong-co-nguon-0002"))
                .expect(403);
        organizer
                .raw("POST", "/api/briefings", plan, Map.of(key, "khong-co-nguon-0003"))
                .expect(201);
    }

    @Test
    void aTitleThatCannotBeReadIsNoTitle() {
        var organizer = world.organizer();
        for (var title : List.of("\u200b", "Giao\u202eban", "Giao\u0007ban"))
            assertEquals(
                    "invalid",
                    organizer
                            .create("/api/briefings", world.plan("BRIEFING", title, world.freeHour(), 30))
                            .problem());
    }
}

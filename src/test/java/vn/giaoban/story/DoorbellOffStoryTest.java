package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;

/** With the bus silent everything still comes, a moment later: on the node that changed it and on another. */
@Timeout(90)
class DoorbellOffStoryTest {
    private static World world;
    private static World other;

    @BeforeAll
    static void open() {
        world = World.with(Map.of("GIAOBAN_CLUSTER_DOORBELL", "false"));
        other = World.with(Map.of("GIAOBAN_CLUSTER_DOORBELL", "false", "GIAOBAN_DATABASE_URL", world.databaseUrl));
    }

    @AfterAll
    static void close() {
        other.close();
        world.close();
    }

    @Test
    void everyChangeComesToEveryPage() {
        var organizer = world.organizer();
        var site = world.newEndpoint("Sở Y tế").id();
        var operator = world.operator(site);
        var id = world.scheduled(
                organizer,
                "PRESS_CONFERENCE",
                world.freeHour(),
                List.of(World.item("Khai mạc", 5, "PUBLIC"), World.item("Hỏi đáp", 20, "PRESS")),
                List.of(site));
        var path = "/api/briefings/" + id;
        var control = organizer.at(other.base).follow("briefing/" + id).sees("briefing.status", "SCHEDULED");
        var anybody = world.anybody().follow("briefing/" + id).sees("briefing.status", "SCHEDULED");
        var press = world.journalist().at(other.base).follow("briefing/" + id).sees("briefing.status", "SCHEDULED");
        var room = operator.at(other.base).follow("endpoint/" + site).sees("briefings." + id + ".state", "EXPECTED");
        var calendar = other.anybody().follow("calendar").sees("briefings." + id + ".status", "SCHEDULED");

        organizer.post(path + "/open").expect(200);
        List.of(control, anybody, press).forEach(page -> page.sees("briefing.status", "OPEN"));
        calendar.sees("briefings." + id + ".status", "OPEN");
        operator.post(path + "/endpoints/" + site + "/join").expect(200);
        control.sees("endpoints." + site + ".state", "CONNECTED");
        room.sees("briefings." + id + ".state", "CONNECTED");
        organizer.post(path + "/start").expect(200);
        var item = organizer.get(path).get("agenda.items.0.id");
        organizer.post(path + "/agenda/" + item + "/start").expect(200);
        List.of(control, anybody, press).forEach(page -> page.sees("agenda.live", item));
        organizer
                .put(path + "/endpoints/" + site + "/line", Fields.of("text", "mời bật micro"))
                .expect(204);
        room.sees("briefings." + id + ".line", "mời bật micro");
        var request = operator.create(path + "/floor", Fields.of("endpoint", site))
                .expect(201)
                .id();
        control.sees("floor.order.0", request);
        organizer.post(path + "/close").expect(200);
        List.of(control, anybody, press).forEach(page -> page.sees("briefing.status", "CLOSED"));
        for (var page : List.of(control, anybody, press, room, calendar)) {
            assertEquals(1, page.frames("snapshot").size(), "patch by patch, as with the bus");
            page.close();
        }
    }
}

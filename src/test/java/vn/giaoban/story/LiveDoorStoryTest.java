package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.people.Role;

/** The door of the live streams: three ways in, who is let in, and what a socket may say. */
@Timeout(60)
class LiveDoorStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    private UUID live() {
        return world.live(organizer, "PRESS_CONFERENCE", List.of(World.item("Hỏi đáp", 5, "PUBLIC")), List.of());
    }

    private void title(UUID id, String title) {
        var item = (Map<?, ?>) organizer.get("/api/briefings/" + id).get("agenda.items.0");
        organizer
                .patch(
                        "/api/briefings/" + id + "/agenda/" + item.get("id"),
                        (String) item.get("etag"),
                        Fields.of("title", title))
                .expect(200);
    }

    /** The fields of one server-sent event. */
    private static Fields event(Wire wire) {
        var event = new Fields();
        for (var line = wire.line(); line != null; line = wire.line()) {
            if (line.isEmpty() && event.containsKey("data")) return event;
            int colon = line.indexOf(": ");
            if (colon > 0) event.and(line.substring(0, colon), line.substring(colon + 2));
        }
        throw new IllegalStateException("the stream ended after " + event);
    }

    @Test
    void eventsCarryTheSameFramesAndResumeWhereTheyWereCut() {
        var id = live();
        String last;
        try (var wire = Wire.to(world.base)) {
            var head = wire.ask("GET", "/live/briefing/" + id, "Accept: text/event-stream", "Accept-Encoding: gzip")
                    .head();
            assertTrue(head.startsWith("HTTP/1.1 200"), head);
            assertTrue(head.contains("text/event-stream"), head);
            assertFalse(head.contains("gzip"), "a deflater for each reader would cost more than the text: " + head);
            var snapshot = event(wire);
            assertEquals("snapshot", snapshot.get("event"));
            title(id, "Một");
            var patch = event(wire);
            while (!patch.get("data").toString().contains("Một")) patch = event(wire);
            assertEquals("patch", patch.get("event"));
            var json = Json.parse((String) patch.get("data"));
            last = json.get("epoch") + "." + json.get("seq");
            assertEquals(last, patch.get("id"));
        }
        title(id, "Hai");
        title(id, "Ba");
        try (var wire = Wire.to(world.base)) {
            wire.ask("GET", "/live/briefing/" + id, "Accept: text/event-stream", "Last-Event-ID: " + last)
                    .head();
            for (var expected : List.of("Hai", "Ba")) {
                var event = event(wire);
                while (event.get("event").equals("head")) event = event(wire);
                assertEquals("patch", event.get("event"));
                assertTrue(event.get("data").toString().contains(expected), event.toString());
            }
        }
    }

    @Test
    void oneLookIsTheNewestSnapshotWithItsTag() {
        var path = "/live/briefing/" + live();
        var look = world.anybody().get(path).expect(200);
        assertEquals("snapshot", look.text("type"));
        assertEquals("\"" + look.get("epoch") + "." + look.get("seq") + "\"", look.etag());
        assertEquals(
                "public, max-age=1", look.headers().firstValue("cache-control").orElse(""));
        var same = world.anybody().call("GET", path, null, Map.of("If-None-Match", look.etag()));
        assertEquals(304, same.status());
        assertEquals("", same.text());
        assertEquals(look.etag(), same.etag());
        var mine = organizer.get(path).expect(200);
        assertEquals("no-store", mine.headers().firstValue("cache-control").orElse(""));
        assertEquals(
                200,
                organizer
                        .call("GET", path, null, Map.of("If-None-Match", look.etag() + "x"))
                        .status());
    }

    @Test
    void whoComesInTheMomentOfPublishingIsLetIn() {
        var chair = world.person("Chủ trì", Role.CHAIR, world.ministry(), null);
        var plan = world.plan("PRESS_CONFERENCE", "Vừa lên lịch", world.freeHour(), 30);
        var id = organizer
                .create("/api/briefings", plan.and("chair", chair.id()))
                .expect(201)
                .text("id");
        var path = "/api/briefings/" + id;
        organizer.get("/live/briefing/" + id).expect(200);
        world.anybody().get("/live/briefing/" + id).expect(404);
        organizer
                .call(
                        "POST",
                        path + "/schedule",
                        null,
                        Map.of("If-Match", organizer.get(path).etag()))
                .expect(200);
        world.anybody().get("/live/briefing/" + id).expect(200);
    }

    @Test
    void oneSocketFollowsUpToTwentyStreams() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 20; i++)
            ids.add(organizer
                    .create("/api/briefings", world.plan("BRIEFING", "Nháp " + i, world.freeHour(), 30))
                    .expect(201)
                    .text("id"));
        var page = organizer.follow("person/me").seesFrame("snapshot");
        for (var id : ids) page.send(Fields.of("type", "follow").and("stream", "briefing/" + id));
        var refused = page.seesFrame("refused").frames("refused").getFirst();
        assertEquals(429, refused.get("status"));
        var late = refused.get("stream").toString(); // all were asked for at once
        ids.remove(late.substring("briefing/".length()));
        page.until("twenty pictures", p -> p.frames("snapshot").size() == 20);

        page.send(Fields.of("type", "unfollow").and("stream", "briefing/" + ids.getFirst()));
        page.send(Fields.of("type", "follow").and("stream", late));
        page.until("the one that came late", p -> p.view(late) != null);
        page.send(Fields.of("type", "unfollow").and("stream", "briefing/" + ids.get(1)));
        page.send(Fields.of("type", "follow").and("stream", "briefing/" + UUID.randomUUID()));
        page.until("a refusal", p -> p.frames("refused").size() == 2);
        assertEquals(404, page.frames("refused").getLast().get("status"));
        page.send(Fields.of("type", "follow").and("stream", "calendar").and("audience", "staff"));
        page.until("a refusal", p -> p.frames("refused").size() == 3);
        assertEquals(403, page.frames("refused").getLast().get("status"));
        page.send(Fields.of("type", "follow").and("stream", "calendar").and("audience", "public"));
        page.until("the calendar: the socket lives on", p -> p.view("calendar") != null);
        page.close();
    }

    @Test
    void whatIsNoFrameClosesTheSocket() {
        for (var bad : List.of(
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{\"type\":1}",
                "{\"type\":null}",
                "{\"type\":\"command\"}",
                "{\"type\":\"follow\"}",
                "{\"type\":\"follow\",\"stream\":7}",
                "{\"type\":\"follow\",\"stream\":\"../person/me\"}",
                "{\"type\":\"follow\",\"stream\":\"calendar\",\"after\":{}}",
                "{\"type\":\"unfollow\"}",
                "{\"type\":\"renew\",\"token\":[]}",
                "[".repeat(20_000))) {
            var page = organizer.follow("person/me").seesFrame("snapshot");
            page.send(bad);
            assertEquals(4400, page.closed(), bad.substring(0, Math.min(60, bad.length())));
        }
        var binary = organizer.follow("person/me").seesFrame("snapshot");
        binary.sendBinary(new byte[] {1, 2, 3});
        assertEquals(4400, binary.closed());
    }

    @Test
    void whoTalksTooMuchIsCutOff() {
        var page = organizer.follow("person/me").seesFrame("snapshot");
        try {
            // Twice the limit, so that it is passed within one minute of the server's clock.
            for (int i = 0; i < 202; i++)
                page.send(Fields.of("type", "unfollow").and("stream", "calendar"));
        } catch (RuntimeException closedMeanwhile) {
            // what was still on its way found the door shut
        }
        assertEquals(4429, page.closed());
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.agenda.AgendaItem;
import vn.giaoban.db.Json;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Audience;
import vn.giaoban.live.Fold;

/** A reader who does not read costs the others nothing and the node little, and ends with the right picture all the same. */
@Timeout(120)
class SlowReaderStoryTest {
    /** What the kernel takes on both sides, beside the 64 KiB that are ours. */
    private static final int KERNEL = 900_000;

    private static World world;

    @BeforeAll
    static void open() {
        world = World.with(Map.of(
                "GIAOBAN_LIVE_UNWRITABLEMS",
                "2500",
                "GIAOBAN_LIVE_RINGFRAMES",
                "64",
                "GIAOBAN_LIVE_HEADFRAMEMS",
                "2000"));
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private final Someone organizer = world.organizer();
    private final UUID briefing = world.live(organizer, "PRESS_CONFERENCE", List.of(), List.of());
    private final String stream = "briefing/" + briefing;
    private final List<UUID> items = new ArrayList<>();

    private void fill() {
        for (int i = 0; i < 60; i++)
            items.add(world.node
                    .rooms()
                    .agenda()
                    .add(
                            Actor.SYSTEM,
                            briefing,
                            new AgendaItem.Text("Mục số " + i, "", 5, "Người nói " + i, null, Audience.PUBLIC),
                            null)
                    .id());
    }

    /** Every item at another place and hour: some twelve thousand bytes. */
    private void shuffle(int times) {
        for (int i = 0; i < times; i++) {
            Collections.rotate(items, 7);
            var etag = organizer.get("/api/briefings/" + briefing).text("agenda.etag");
            world.node.rooms().agenda().order(Actor.SYSTEM, briefing, etag, items);
        }
    }

    private Wire unread() {
        var wire = new Wire(world.base, 4_096);
        wire.upgrade("/live/" + stream);
        assertEquals(101, wire.status());
        return wire;
    }

    private static String order(Map<String, Object> view) {
        return Json.text(Map.of("agenda", view.get("agenda")));
    }

    @Test
    void whoNeverReadsIsLetGoWithAWordAndTheOthersSeeEverything() {
        fill();
        var page = world.anybody().follow(stream).seesFrame("snapshot");
        try (var slow = unread();
                var events = new Wire(world.base, 4_096)) {
            events.ask("GET", "/live/" + stream, "Accept: text/event-stream");
            long begun = System.nanoTime();
            for (int sent = 0; sent < 200 || System.nanoTime() - begun < 6_500_000_000L; sent++) shuffle(1);
            page.until(
                    "the last order", p -> items.getFirst().toString().equals(String.valueOf(p.at("agenda.order.0"))));
            assertTrue(
                    page.bytes().length() > 2 * KERNEL,
                    "enough was said to fill every buffer: " + page.bytes().length());
            assertEquals(1, page.frames("snapshot").size(), "who reads gets each patch");
            int received = 0;
            int closed = 0;
            Wire.Frame last = null;
            for (var frame = slow.frame(); frame != null; frame = slow.frame()) {
                received += frame.payload().length;
                if (frame.opcode() == 1) last = frame;
                else if (frame.opcode() == 8) closed = frame.closeCode();
            }
            assertEquals(4408, closed, "whoever reads on at last is told why");
            assertNotNull(last);
            assertEquals("slow", Json.parse(last.text()).get("reason"));
            assertTrue(received < KERNEL, "what waited for who does not read: " + received);
            assertTrue(events.unread() < KERNEL, "events no less");
        }
        world.anybody().get("/health/ready").expect(200);
        assertEquals(
                order(page.view()),
                order(world.anybody().follow(stream).seesFrame("snapshot").view()));
    }

    @Test
    void whoReadsAgainInTimeCatchesUpWithoutAGap() {
        fill();
        var page = world.anybody().follow(stream).seesFrame("snapshot");
        try (var slow = unread()) {
            shuffle(60);
            var wanted = items.getFirst().toString();
            page.until("the last order", p -> wanted.equals(String.valueOf(p.at("agenda.order.0"))));
            var view = new HashMap<String, Object>();
            long seq = -1;
            while (!wanted.equals(String.valueOf(Reply.at(view, "agenda.order.0")))) {
                var frame = slow.frame();
                assertNotNull(frame, "cut off at " + seq);
                if (frame.opcode() != 1) continue;
                var json = Json.parse(frame.text());
                if (json.get("type").equals("head")) continue;
                long next = ((Number) json.get("seq")).longValue();
                Map<String, Object> now;
                if (json.get("type").equals("snapshot")) now = Shape.object(json.get("view"));
                else {
                    assertEquals(seq + 1, next, "no gap");
                    now = Fold.apply(view, Shape.object(json.get("patch")));
                }
                view.clear();
                view.putAll(now);
                seq = next;
            }
            assertEquals(order(page.view()), order(view));
        }
    }

    @Test
    void whoWasAwayTooLongGetsThePictureInsteadOfThePatches() {
        fill();
        var page = world.anybody().follow(stream).seesFrame("snapshot");
        page.cut();
        shuffle(80);
        var back = world.anybody().resume(page).seesFrame("snapshot");
        back.until("the last order", p -> items.getFirst().toString().equals(String.valueOf(p.at("agenda.order.0"))));
        assertTrue(back.frames("patch").size() < 80, "the ring no longer reaches back");
    }

    @Test
    void theNewestNumberAndTheClockAreToldAgainAndAgain() {
        var page = organizer.follow(stream).seesFrame("snapshot");
        page.until("two heads", p -> p.frames("head").size() >= 2);
        for (var head : page.frames("head")) assertEquals(page.position(), head.get("epoch") + "." + head.get("seq"));
        var first =
                java.time.Instant.parse((String) page.frames("head").getFirst().get("now"));
        assertTrue(
                java.time.Duration.between(first, world.clock.instant()).abs().toSeconds() < 10);
        page.close();
    }
}

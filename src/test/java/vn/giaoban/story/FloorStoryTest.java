package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;

/** Asking to speak: one order for everybody, one holder, and every site knows its own place. */
class FloorStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();
    private final UUID here = world.newEndpoint("Nghệ An").id();
    private final UUID there = world.newEndpoint("Cao Bằng").id();
    private final Someone atHere = world.operator(here);
    private final Someone atThere = world.operator(there);

    @Test
    void theServerDecidesTheOrderAndOneHoldsTheFloor() {
        var id = live("PRESS_CONFERENCE");
        var control = organizer.follow("briefing/" + id);
        var press = world.journalist().follow("briefing/" + id).sees("briefing.status", "LIVE");
        var mine = atHere.follow("endpoint/" + here);
        var theirs = atThere.follow("endpoint/" + there);
        var delegate = atHere.create(
                        path(id) + "/endpoints/" + here + "/delegates", Fields.of("name", "Nguyễn Văn Mật-8812"))
                .expect(201)
                .id();

        var first = ask(atHere, id, Fields.of("endpoint", here).and("topic", "Thiếu thuốc"));
        var second = ask(atThere, id, Fields.of("endpoint", there));
        var third = ask(atHere, id, Fields.of("endpoint", here).and("delegate", delegate));
        control.sees("floor.order", List.of(first, second, third))
                .sees("floor.requests." + first + ".topic", "Thiếu thuốc")
                .sees("floor.requests." + third + ".delegate", "Nguyễn Văn Mật-8812");
        mine.sees("floor." + id + ".place", 1).sees("floor." + id + ".request", first);
        theirs.sees("floor." + id + ".place", 2);

        organizer.post(path(id) + "/floor/" + second + "/give").expect(200);
        control.sees("floor.holder", second).sees("floor.order", List.of(first, third));
        theirs.sees("floor." + id + ".status", "SPEAKING").sees("floor." + id + ".place", null);
        mine.sees("floor." + id + ".place", 1);
        world.clock.forward(Duration.ofSeconds(30));
        organizer.post(path(id) + "/floor/" + first + "/give").expect(200);
        control.sees("floor.holder", first).sees("floor.requests." + second + ".status", "DONE");
        assertTrue(((Number) control.at("floor.requests." + second + ".spokenMs")).longValue() >= 30_000);
        theirs.sees("floor." + id, null);
        organizer.post(path(id) + "/floor/" + second + "/give").expect(409);

        var taken = organizer.post(path(id) + "/floor/" + first + "/take").expect(200);
        assertEquals("DONE", taken.get("status"));
        control.sees("floor.holder", null);
        mine.sees("floor." + id + ".request", third);
        atHere.post(path(id) + "/floor/" + third + "/withdraw").expect(200);
        control.sees("floor.order", List.of());
        mine.sees("floor." + id, null);
        assertEquals(
                "request-state",
                organizer
                        .post(path(id) + "/floor/" + third + "/take")
                        .expect(409)
                        .problem());

        world.drawsTheSame(control, "briefing/" + id, "staff");
        world.drawsTheSame(mine, "endpoint/" + here, "site");
        assertFalse(press.bytes().contains("floor"), "not the value, not the key");
        assertFalse(press.bytes().contains("8812"));
        List.of(control, press, mine, theirs).forEach(Page::close);
    }

    @Test
    void closingEndsWhoSpeaksAndSendsHomeWhoWaits() {
        var id = live("BRIEFING");
        var mine = atHere.follow("endpoint/" + here);
        var speaking = ask(atHere, id, Fields.of("endpoint", here));
        var waiting = ask(atThere, id, Fields.of("endpoint", there));
        organizer.post(path(id) + "/floor/" + speaking + "/give").expect(200);
        mine.sees("floor." + id + ".status", "SPEAKING");
        world.clock.forward(Duration.ofSeconds(20));
        organizer.post(path(id) + "/close").expect(200);
        mine.sees("floor." + id, null);

        var timing = organizer.get(path(id) + "/timing").expect(200);
        assertEquals(1, ((List<?>) timing.get("speaking")).size(), "who only waited has not spoken");
        assertEquals(here.toString(), timing.get("speaking.0.endpoint"));
        assertEquals(1, timing.get("speaking.0.times"));
        assertTrue(((Number) timing.get("speaking.0.spokenMs")).longValue() >= 20_000);
        var control = organizer.follow("briefing/" + id).sees("briefing.status", "CLOSED");
        assertEquals("DONE", control.at("floor.requests." + speaking + ".status"));
        assertNull(control.at("floor.requests." + waiting));
        assertEquals(
                "doors-closed",
                atHere.create(path(id) + "/floor", Fields.of("endpoint", here))
                        .expect(409)
                        .problem());
        world.drawsTheSame(control, "briefing/" + id, "staff");
        mine.close();
        control.close();
    }

    @Test
    void whoLeavesNoLongerWaits() {
        var id = live("BRIEFING");
        ask(atHere, id, Fields.of("endpoint", here));
        var request = ask(atThere, id, Fields.of("endpoint", there));
        var control = organizer.follow("briefing/" + id);
        var theirs = atThere.follow("endpoint/" + there).sees("floor." + id + ".place", 2);
        atHere.post(path(id) + "/endpoints/" + here + "/leave").expect(200);
        control.sees("floor.order", List.of(request));
        theirs.sees("floor." + id + ".place", 1);
        assertEquals(
                "not-joined",
                atHere.create(path(id) + "/floor", Fields.of("endpoint", here))
                        .expect(409)
                        .problem());
        control.close();
        theirs.close();
    }

    @Test
    void aDelegateWhoGoesTakesHisRequestWithHim() {
        var id = live("BRIEFING");
        var delegate = atHere.create(path(id) + "/endpoints/" + here + "/delegates", Fields.of("name", "Lê Thị C"))
                .expect(201)
                .id();
        ask(atHere, id, Fields.of("endpoint", here).and("delegate", delegate));
        var mine = atHere.follow("endpoint/" + here).sees("floor." + id + ".place", 1);
        atHere.delete(path(id) + "/endpoints/" + here + "/delegates/" + delegate)
                .expect(204);
        mine.sees("floor." + id, null);
        assertEquals(
                "/delegate",
                atHere.create(path(id) + "/floor", Fields.of("endpoint", here).and("delegate", delegate))
                        .expect(422)
                        .get("errors.0.pointer"));
        mine.close();
    }

    @Test
    void oneRaisedHandForEachSpeakerHoweverOftenItIsPressed() {
        var id = live("BRIEFING");
        var key = Map.of("Idempotency-Key", "gio-tay-" + UUID.randomUUID());
        var body = Fields.of("endpoint", here);
        var once = atHere.call("POST", path(id) + "/floor", body, key).expect(201);
        assertEquals(
                once.text(),
                atHere.call("POST", path(id) + "/floor", body, key).expect(201).text());
        assertEquals(
                "already-waiting",
                atHere.create(path(id) + "/floor", body).expect(409).problem());
    }

    @Test
    void whatIsNotTheirsIsRefused() {
        var id = scheduled("BRIEFING");
        assertEquals(
                "doors-closed",
                atHere.create(path(id) + "/floor", Fields.of("endpoint", here))
                        .expect(409)
                        .problem());
        organizer.post(path(id) + "/open").expect(200);
        assertEquals(
                "not-joined",
                atHere.create(path(id) + "/floor", Fields.of("endpoint", here))
                        .expect(409)
                        .problem());
        atHere.post(path(id) + "/endpoints/" + here + "/join").expect(200);
        var request = ask(atHere, id, Fields.of("endpoint", here));
        var foreign = atThere.create(path(id) + "/endpoints/" + there + "/delegates", Fields.of("name", "D"))
                .expect(201)
                .id();
        atHere.create(path(id) + "/floor", Fields.of("endpoint", here).and("delegate", foreign))
                .expect(422);
        atThere.create(path(id) + "/floor", Fields.of("endpoint", here)).expect(403);
        atThere.post(path(id) + "/floor/" + request + "/withdraw").expect(403);
        atHere.post(path(id) + "/floor/" + request + "/give").expect(403);
        atHere.post(path(id) + "/floor/" + request + "/take").expect(403);
        world.journalist().post(path(id) + "/floor/" + request + "/withdraw").expect(404);
        world.anybody().post(path(id) + "/floor/" + request + "/give").expect(401);
        organizer.post(path(id) + "/floor/" + UUID.randomUUID() + "/give").expect(404);
        var other = live("BRIEFING");
        organizer.post(path(other) + "/floor/" + request + "/give").expect(404);
        organizer.post(path(id) + "/floor/" + request + "/withdraw").expect(200);
    }

    @Test
    void twoWhoGiveAtOnceGiveToOneAfterTheOther() throws Exception {
        var id = live("BRIEFING");
        var a = ask(atHere, id, Fields.of("endpoint", here));
        var b = ask(atThere, id, Fields.of("endpoint", there));
        var threads = List.of(a, b).stream()
                .map(request -> Thread.ofVirtual()
                        .start(() -> organizer
                                .post(path(id) + "/floor/" + request + "/give")
                                .expect(200)))
                .toList();
        for (var thread : threads) thread.join();
        var control = organizer.follow("briefing/" + id).seesFrame("snapshot");
        var holder = control.at("floor.holder");
        assertEquals("DONE", control.at("floor.requests." + (holder.equals(a) ? b : a) + ".status"));
        control.close();
    }

    private UUID scheduled(String kind) {
        return world.scheduled(
                organizer, kind, world.freeHour(), List.of(World.item("Khai mạc", 5, "SITE")), List.of(here, there));
    }

    /** Live, with both sites in their places. */
    private UUID live(String kind) {
        var id = scheduled(kind);
        organizer.post(path(id) + "/open").expect(200);
        atHere.post(path(id) + "/endpoints/" + here + "/join").expect(200);
        atThere.post(path(id) + "/endpoints/" + there + "/join").expect(200);
        organizer.post(path(id) + "/start").expect(200);
        return id;
    }

    private static String ask(Someone who, UUID briefing, Fields body) {
        return who.create(path(briefing) + "/floor", body).expect(201).text("id");
    }

    private static String path(UUID briefing) {
        return "/api/briefings/" + briefing;
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;

/** The sites are called one after another, and everybody concerned sees it. */
class RollCallStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    @Test
    void ofSixtyThreeFiveAreDeadAndThreeAreMuteAndAllEightAreListed() {
        var sites = new ArrayList<UUID>();
        for (int i = 0; i < 63; i++) sites.add(world.newEndpoint("Điểm cầu").id());
        var id = live(sites);
        var dead = Set.copyOf(List.of(sites.get(3), sites.get(17), sites.get(18), sites.get(40), sites.get(62)));
        var mute = Set.copyOf(List.of(sites.get(0), sites.get(33), sites.get(61)));
        var control = organizer.follow("briefing/" + id);
        organizer.create(calls(id), Fields.of("seconds", 20)).expect(201);
        assertEquals(
                "roll-call-runs",
                organizer.create(calls(id), Map.of()).expect(409).problem());
        for (var site : sites) {
            control.sees("rollCall.current.endpoint", site);
            // Nobody says anything for the dead; for the mute somebody presses "no answer"; the others are heard.
            if (dead.contains(site)) {
                world.clock.forward(Duration.ofSeconds(21));
                world.node.rooms().due().run();
            } else mark(id, site, mute.contains(site) ? "NO_ANSWER" : "PRESENT").expect(200);
        }
        control.sees("rollCall.status", "ROUND_OVER").sees("rollCall.present", 55);
        var eight = new HashSet<>(dead);
        eight.addAll(mute);
        assertEquals(eight, missing(control));
        assertNull(organizer.get(calls(id)).get("items.0.sites.3.by"), "nobody said so: the time was up");
        control.sees("endpoints." + sites.get(3) + ".roll.timedOut", true)
                .sees("endpoints." + sites.get(0) + ".roll.result", "NO_ANSWER");
        // The mute ones found their microphones.
        organizer.post(calls(id) + "/resume").expect(200);
        control.sees("rollCall.round", 2).sees("rollCall.of", 8).sees("rollCall.current.endpoint", sites.get(0));
        for (var site : sites.stream().filter(eight::contains).toList())
            mark(id, site, mute.contains(site) ? "PRESENT" : "NO_ANSWER").expect(200);
        control.sees("rollCall.present", 58);
        organizer.post(calls(id) + "/stop").expect(200);
        control.sees("rollCall.status", "ENDED");
        assertEquals(dead, missing(control));
        world.drawsTheSame(control, "briefing/" + id, "staff");
        organizer.post(path(id) + "/close").expect(200);
        var list = organizer.get(path(id) + "/attendance").expect(200);
        assertEquals(58, list.get("totals.attended"), "heard without a page is there all the same");
        assertEquals("Thư ký", list.get("sites.0.rollCalls.0.by"));
        assertEquals("NO_ANSWER", list.get("sites.3.rollCalls.0.result"));
        assertTrue(organizer.get(path(id) + "/attendance.csv").text().contains("Có mặt "));
        control.close();
    }

    @Test
    void theSiteSeesThatItIsCalledAndWhoReloadsGoesOnWhereItWas() {
        var here = world.newEndpoint("Quảng Bình").id();
        var next = world.newEndpoint("Quảng Trị").id();
        var id = live(List.of(here, next));
        var atHere = world.operator(here);
        var mine = atHere.follow("endpoint/" + here);
        var board = atHere.follow("briefing/" + id, "?audience=site");
        organizer.create(calls(id), Map.of()).expect(201);
        board.sees("rollCall.current.endpoint", here).sees("rollCall.next.0.endpoint", next);
        assertNull(board.at("rollCall.present"), "sums are the staff's");
        mark(id, here, "PRESENT").expect(200);
        mine.sees("briefings." + id + ".roll.result", "PRESENT");
        board.sees("rollCall.current.endpoint", next);
        organizer.post(calls(id) + "/pause").expect(200);
        // Another computer: all of it is in the database.
        var chair = world.signedIn(world.person("Chủ trì", vn.giaoban.people.Role.CHAIR, world.ministry(), null));
        var other = chair.follow("briefing/" + id)
                .sees("rollCall.status", "PAUSED")
                .sees("rollCall.current.endpoint", next)
                .sees("rollCall.until", null);
        chair.post(calls(id) + "/resume").expect(200);
        // The time was up a moment before the key was pressed: the site that was meant is marked, nobody else.
        world.clock.forward(Duration.ofSeconds(16));
        var late = organizer
                .post(calls(id) + "/mark", Fields.of("endpoint", next).and("result", "PRESENT"))
                .expect(200);
        assertEquals(2, late.get("present"));
        atHere.post(calls(id) + "/stop").expect(403);
        var list = organizer.get(calls(id)).expect(200);
        assertEquals(1, ((List<?>) list.get("items")).size());
        world.drawsTheSame(mine, "endpoint/" + here, "site");
        List.of(mine, board, other).forEach(Page::close);
        organizer.post(path(id) + "/close").expect(200);
    }

    @Test
    void theDoorsCloseOnARollCallAndASiteMayBeTakenOffWhileItIsCalled() {
        var first = world.newEndpoint("Một").id();
        var second = world.newEndpoint("Hai").id();
        var id = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(first, second));
        assertEquals(
                "doors-closed",
                organizer.create(calls(id), Map.of()).expect(409).problem());
        organizer.post(path(id) + "/open").expect(200);
        organizer.create(calls(id), Map.of("seconds", 600)).expect(201);
        var control = organizer.follow("briefing/" + id).sees("rollCall.current.endpoint", first);
        organizer.delete(path(id) + "/endpoints/" + first).expect(204);
        control.sees("rollCall.current.endpoint", second).sees("rollCall.sites", 1);
        world.drawsTheSame(control, "briefing/" + id, "staff");
        organizer.post(path(id) + "/start").expect(200);
        organizer.post(path(id) + "/close").expect(200);
        control.sees("rollCall.status", "ENDED");
        assertEquals("roll-call-over", mark(id, second, "PRESENT").expect(409).problem());
        world.drawsTheSame(control, "briefing/" + id, "staff");
        control.close();
    }

    private UUID live(List<UUID> sites) {
        return world.live(organizer, "BRIEFING", List.of(World.item("Khai mạc", 5, "SITE")), sites);
    }

    private Reply mark(UUID id, UUID endpoint, String result) {
        return organizer.post(
                calls(id) + "/mark", Fields.of("endpoint", endpoint).and("result", result));
    }

    private static Set<UUID> missing(Page control) {
        return ((List<?>) control.at("rollCall.missing"))
                .stream()
                        .map(site -> UUID.fromString((String) Reply.at(site, "endpoint")))
                        .collect(Collectors.toSet());
    }

    private static String calls(UUID id) {
        return path(id) + "/roll-calls";
    }

    private static String path(UUID id) {
        return "/api/briefings/" + id;
    }
}

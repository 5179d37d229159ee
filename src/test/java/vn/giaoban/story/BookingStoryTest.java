package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.briefing.Overruns;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Actor;
import vn.giaoban.people.Role;

/** Nobody and nothing is in two briefings at once, and running over is never refused but seen. */
@Timeout(60)
class BookingStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    private String planned(Someone who, UUID organisation, Instant start, Fields more, List<UUID> endpoints) {
        var chair = world.person("Chủ trì", Role.CHAIR, world.ministry(), null);
        var plan = world.plan("BRIEFING", "Cuộc họp lúc " + start, start, 60)
                .and("organisation", organisation)
                .and("chair", chair.id());
        more.forEach(plan::and);
        var path = "/api/briefings/"
                + who.create("/api/briefings", plan).expect(201).id();
        if (!endpoints.isEmpty())
            who.create(
                            path + "/endpoints",
                            Fields.of(
                                    "endpoints",
                                    endpoints.stream().map(UUID::toString).toList()))
                    .expect(201);
        return path;
    }

    private static Reply schedule(Someone who, String path) {
        return who.call(
                "POST",
                path + "/schedule",
                null,
                Map.of("If-Match", who.get(path).etag()));
    }

    @Test
    void whatIsTakenIsNamed() {
        var site = world.newEndpoint("Điểm cầu").id();
        var person = world.person("Ông Tư", Role.CHAIR, world.ministry(), null);
        var room = world.node.rooms().directory().registerRoom("Phòng " + UUID.randomUUID(), Actor.SYSTEM);
        var start = world.freeHour();
        var first = planned(
                organizer,
                world.ministry(),
                start,
                Fields.of("secretary", person.id()).and("room", room.id()),
                List.of(site));
        schedule(organizer, first).expect(200);
        var shared = Map.of(
                "endpoint", planned(organizer, world.ministry(), start.plusSeconds(1_800), new Fields(), List.of(site)),
                "person",
                        planned(
                                organizer,
                                world.ministry(),
                                start.plusSeconds(1_800),
                                Fields.of("operator", person.id()),
                                List.of()),
                "room",
                        planned(
                                organizer,
                                world.ministry(),
                                start.minusSeconds(1_800),
                                Fields.of("room", room.id()),
                                List.of()));
        shared.forEach((kind, path) -> {
            var refused = schedule(organizer, path).expect(409);
            assertEquals("conflict", refused.problem());
            assertTrue(refused.text("conflict.resource").startsWith(kind), refused.text());
            assertEquals(first, "/api/briefings/" + refused.get("conflict.briefing"));
            assertEquals("DRAFT", organizer.get(path).get("status"), "nothing half done");
        });
        var later =
                planned(organizer, world.ministry(), start.plus(Duration.ofMinutes(74)), new Fields(), List.of(site));
        schedule(organizer, later).expect(409);
        var afterBuffer =
                planned(organizer, world.ministry(), start.plus(Duration.ofMinutes(75)), new Fields(), List.of(site));
        schedule(organizer, afterBuffer).expect(200);
        organizer
                .create(
                        afterBuffer + "/endpoints",
                        Fields.of(
                                "endpoints", List.of(world.newEndpoint("Y").id().toString())))
                .expect(201);
        organizer
                .call(
                        "POST",
                        first + "/cancel",
                        Fields.of("reason", "bận"),
                        Map.of("If-Match", organizer.get(first).etag()))
                .expect(200);
        schedule(organizer, shared.get("person")).expect(200);
    }

    @Test
    void whatTheAskerMayNotSeeIsNotTold() {
        var site = world.newEndpoint("Điểm cầu chung").id();
        var start = world.freeHour();
        var secret = planned(
                organizer,
                world.ministry(),
                start,
                Fields.of("visibility", "STAFF").and("title", "Mật-77"),
                List.of(site));
        schedule(organizer, secret).expect(200);
        var elsewhere = world.department("01").organisation();
        var stranger = world.signedIn(world.person("Thư ký sở", Role.ORGANIZER, elsewhere, null));
        var refused = schedule(stranger, planned(stranger, elsewhere, start, new Fields(), List.of(site)))
                .expect(409);
        assertEquals("conflict", refused.problem());
        assertNotNull(refused.get("conflict.name"));
        assertNull(refused.get("conflict.briefing"));
        assertTrue(
                !refused.text().contains("Mật-77") && !refused.text().contains(secret.substring(15)), refused.text());
    }

    @Test
    void ofTwoWhoScheduleAtOneInstantOneWins() throws Exception {
        var other = world.organizer();
        for (int round = 0; round < 6; round++) {
            var sites =
                    List.of(world.newEndpoint("A").id(), world.newEndpoint("B").id());
            var start = world.freeHour();
            var calls = new ArrayList<Callable<Reply>>();
            for (int i = 0; i < 4; i++) {
                var who = i % 2 == 0 ? organizer : other;
                var path = planned(
                        who,
                        world.ministry(),
                        start.plusSeconds(i * 600L),
                        new Fields(),
                        i % 2 == 0 ? sites : sites.reversed());
                var etag = who.get(path).etag();
                calls.add(() -> who.call("POST", path + "/schedule", null, Map.of("If-Match", etag)));
            }
            var replies = PlanningStoryTest.atOnce(calls);
            assertEquals(
                    1, replies.stream().filter(reply -> reply.status() == 200).count(), replies.toString());
            for (var reply : replies)
                if (reply.status() != 200) {
                    assertEquals("conflict", reply.expect(409).problem());
                    assertNotNull(reply.get("conflict.title"));
                }
        }
    }

    @Test
    void runningOverRaisesTheAlarmThatNamesWhatComesNext() {
        var site = world.newEndpoint("Hội trường").id();
        var start = world.freeHour();
        var first = planned(organizer, world.ministry(), start, new Fields(), List.of(site));
        organizer.create(first + "/agenda", World.item("Báo cáo", 60, "SITE")).expect(201);
        schedule(organizer, first).expect(200);
        var next = planned(
                organizer,
                world.ministry(),
                start.plus(Duration.ofMinutes(90)),
                Fields.of("title", "Cuộc sau"),
                List.of(site));
        schedule(organizer, next).expect(200);
        organizer.post(first + "/open").expect(200);
        organizer.post(first + "/start").expect(200);
        var control = organizer
                .follow(first.substring(5).replace("briefings", "briefing"))
                .sees("briefing.status", "LIVE");
        assertNull(control.at("briefing.overrun"));
        // Days before its hour the story's clock cannot run over: what is expected is said as the agenda says it.
        var rooms = world.node.rooms();
        new Overruns(rooms.journal(), rooms.briefings(), world.node.settings().briefing())
                .watch(UUID.fromString(first.substring(15)), start.plus(Duration.ofMinutes(100)));
        control.sees("briefing.overrun.title", "Cuộc sau").sees("briefing.overrun.briefing", next.substring(15));
        organizer.create(first + "/agenda", World.item("Thêm nữa", 60, "SITE")).expect(201);
        assertEquals(200, organizer.post(first + "/close").status(), "never refused");
        control.sees("briefing.overrun", null);
    }
}

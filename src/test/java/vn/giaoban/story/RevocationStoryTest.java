package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import vn.giaoban.journal.Actor;
import vn.giaoban.people.Person;
import vn.giaoban.people.Role;

/**
 * Whoever is no longer who he was loses what was his within five seconds: on open pages and on a node that no bell
 * reaches. The two nodes share a database and nothing else.
 */
@Timeout(60)
class RevocationStoryTest {
    private static World world;
    private static World other;

    @BeforeAll
    static void open() {
        world = World.with(Map.of());
        other = World.with(Map.of("GIAOBAN_DATABASE_URL", world.databaseUrl, "GIAOBAN_CLUSTER_DOORBELL", "false"));
    }

    @AfterAll
    static void close() {
        other.close();
        world.close();
    }

    private final Someone organizer = world.organizer();
    private final UUID briefing = world.live(
            organizer,
            "PRESS_CONFERENCE",
            List.of(World.item("Hỏi đáp", 5, "PUBLIC"), World.item("mật-815", 5, "STAFF")),
            List.of());
    private final String stream = "briefing/" + briefing;

    private final Person person = world.person("Cô Lan", Role.ORGANIZER, world.ministry(), null);
    private final Someone lan = world.signedIn(person);
    private final Someone lanElsewhere = lan.at(other.base);

    private static void within(Duration most, Runnable seen) {
        long begun = System.nanoTime();
        seen.run();
        assertTrue(System.nanoTime() - begun <= most.toNanos(), "took longer than " + most);
    }

    private static void refusedSoon(Someone who, String path, int status) {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (who.get(path).status() != status) assertTrue(System.nanoTime() < end, "still let in after 5 s");
    }

    private static void edit(Person person, Fields change) {
        var administrator = world.administrator();
        var now = administrator.get("/api/people/" + person.id()).expect(200);
        administrator.patch("/api/people/" + person.id(), now.etag(), change).expect(200);
    }

    @Test
    void signingOutClosesEveryPageOfTheSession() {
        var here = lan.follow(stream).seesFrame("snapshot");
        var there = lanElsewhere.follow(stream).seesFrame("snapshot");
        lanElsewhere.get("/api/session").expect(200);
        lan.delete("/api/session").expect(204);
        within(Duration.ofSeconds(5), () -> {
            assertEquals(4401, here.closed());
            assertEquals(4401, there.closed());
        });
        assertEquals("revoked", there.frames("bye").getFirst().get("reason"));
        refusedSoon(lanElsewhere, "/api/session", 401);
        assertNull(lanElsewhere.follow(stream).seesFrame("snapshot").at("endpoints"), "now one of the public");
    }

    @Test
    void whoIsDisabledIsOutEverywhere() {
        var program =
                world.anybody().asProgram(person.username(), World.PASSWORD).at(other.base);
        var pages = List.of(
                lan.follow(stream).seesFrame("snapshot"),
                lanElsewhere.follow(stream).seesFrame("snapshot"),
                program.follow(stream).seesFrame("snapshot"));
        edit(person, Fields.of("disabled", true));
        within(Duration.ofSeconds(5), () -> pages.forEach(page -> assertEquals(4401, page.closed())));
        refusedSoon(lanElsewhere, "/api/session", 401);
        refusedSoon(program, "/api/session", 401);
        assertEquals(401, program.follow(stream).refused(), "a program does not go on as nobody");
    }

    @Test
    void anotherRoleNarrowsThePictureOrTakesItAway() {
        var planned = "briefing/" + world.live(organizer, "BRIEFING", List.of(), List.of());
        var page = lanElsewhere.follow(stream).until("all", p -> p.bytes().contains("mật-815"));
        var asStaff = lanElsewhere.follow(stream, "?audience=staff").seesFrame("snapshot");
        var internal = lanElsewhere.follow(planned).seesFrame("snapshot");
        var several = lanElsewhere.follow("person/me").seesFrame("snapshot");
        several.send(Fields.of("type", "follow").and("stream", planned));
        several.until("the second", p -> p.view(planned) != null);
        edit(
                person,
                Fields.of("roles", List.of(Fields.of("role", "JOURNALIST").and("organisation", world.ministry()))));
        within(Duration.ofSeconds(5), () -> {
            page.until("a narrower picture", p -> p.frames("snapshot").size() == 2);
            assertEquals(4403, asStaff.closed());
            assertEquals(4403, internal.closed());
            several.seesFrame("refused");
        });
        assertFalse(page.view().toString().contains("mật-815"));
        assertTrue(page.view().toString().contains("Hỏi đáp"));
        assertEquals(planned, several.frames("refused").getFirst().get("stream"));
        refusedSoon(lanElsewhere, "/api/briefings/" + briefing, 403);
    }

    @Test
    void aSiteTakenOffTheListIsASiteNoMore() {
        var site = world.newEndpoint("Bệnh viện");
        var id = world.scheduled(organizer, "PRESS_CONFERENCE", world.freeHour(), List.of(), List.of(site.id()));
        organizer.post("/api/briefings/" + id + "/open").expect(200);
        var there = world.operator(site.id()).at(other.base);
        organizer
                .put("/api/briefings/" + id + "/line", Fields.of("text", "chỉ cho các điểm cầu"))
                .expect(204);
        var page = there.follow("briefing/" + id).sees("stage.text", "chỉ cho các điểm cầu");
        organizer.delete("/api/briefings/" + id + "/endpoints/" + site.id()).expect(204);
        within(Duration.ofSeconds(5), () -> page.until("what the public sees", p -> p.at("stage") == null));
    }

    @Test
    void whoIsRelievedOfItsOfficesLosesTheWholePlan() {
        var secretary = world.person("Thư ký được cử", null, null, null);
        var there = world.signedIn(secretary).at(other.base);
        var path = "/api/briefings/" + briefing;
        organizer
                .patch(path, organizer.get(path).etag(), Fields.of("secretary", secretary.id()))
                .expect(200);
        var page = there.follow(stream).until("all", p -> p.bytes().contains("mật-815"));
        var without = new java.util.HashMap<String, Object>();
        without.put("secretary", null);
        organizer.patch(path, organizer.get(path).etag(), without).expect(200);
        within(
                Duration.ofSeconds(5),
                () -> page.until("less", p -> !p.view().toString().contains("mật-815")));
        refusedSoon(there, path, 403);
    }

    @Test
    void aTokenEndsUnlessItIsRenewedOnTheSocket() {
        var program = world.anybody().asProgram(person.username(), World.PASSWORD);
        var lazy = program.follow(stream).seesFrame("snapshot");
        var busy = program.follow(stream).seesFrame("snapshot");
        world.clock.forward(Duration.ofMinutes(9));
        var token = program.post("/api/tokens/renew").expect(200).text("token");
        busy.send(Fields.of("type", "renew").and("token", token));
        var foreign =
                world.anybody().asProgram(world.person("Khác", null, null, null).username(), World.PASSWORD);
        var thief = program.follow(stream).seesFrame("snapshot");
        thief.send(Fields.of("type", "renew").and("token", foreign.bearer()));
        assertEquals(4401, thief.closed(), "another's token is none");

        world.clock.forward(Duration.ofMinutes(2));
        assertEquals(4401, lazy.closed());
        assertEquals("expired", lazy.frames("bye").getFirst().get("reason"));
        world.node.rooms().briefings().line(new Actor("test"), briefing, "vẫn còn đây");
        busy.sees("stage.text", "vẫn còn đây");
        assertEquals(1, busy.frames("snapshot").size(), "the position was kept");
    }
}

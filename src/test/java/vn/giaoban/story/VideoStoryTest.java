package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.people.Role;

/** The way into the video room: who may, as whom, and only while the doors are open. */
class VideoStoryTest {
    private static World world;
    private final Someone organizer = world.organizer();
    private final UUID here = world.newEndpoint("Nghệ An").id();

    @BeforeAll
    static void start() {
        world = World.with(Map.of(
                "GIAOBAN_JITSI_DOMAIN",
                "meet.example.vn",
                "GIAOBAN_JITSI_SECRET",
                "a-secret-of-the-test-with-32-bytes"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void onlyWhileTheDoorsAreOpen() {
        var id = scheduled("BRIEFING");
        assertEquals("doors-closed", enter(organizer, id).expect(409).problem());
        organizer.post(path(id) + "/open").expect(200);
        enter(organizer, id).expect(200);
        organizer.post(path(id) + "/start").expect(200);
        enter(organizer, id).expect(200);
        organizer.post(path(id) + "/close").expect(200);
        assertEquals("doors-closed", enter(organizer, id).expect(409).problem());
    }

    @Test
    void everybodyEntersAsWhatHeIs() {
        var id = open("PRESS_CONFERENCE");
        var control = enter(organizer, id).expect(200);
        assertEquals("meet.example.vn", control.get("domain"));
        assertEquals(true, control.get("moderator"));
        var room = control.text("room");
        assertTrue(room.matches("gb-[a-z2-7]{25}"), room);
        assertEquals(room, claims(control).get("room"));
        assertEquals("owner", Reply.at(claims(control), "context.user.affiliation"));

        var site = enterAt(world.operator(here), id, here).expect(200);
        assertEquals(false, site.get("moderator"));
        assertEquals(here.toString(), Reply.at(claims(site), "context.user.id"));
        assertEquals("member", Reply.at(claims(site), "context.user.affiliation"));
        assertEquals(site.get("displayName"), Reply.at(claims(site), "context.user.name"));

        var journalist = enter(world.journalist(), id).expect(200);
        assertEquals("visitor", Reply.at(claims(journalist), "context.user.role"));
        assertEquals(false, journalist.get("moderator"));

        var spokesperson = enter(
                        world.signedIn(world.person("Người phát ngôn", Role.SPOKESPERSON, world.ministry(), null)), id)
                .expect(200);
        assertEquals(false, spokesperson.get("moderator"));
        assertNull(Reply.at(claims(spokesperson), "context.user.role"), "takes part, does not look on");

        var asSite = enterAt(organizer, id, here).expect(200);
        assertEquals(false, asSite.get("moderator"), "who sits down as a site is one");
    }

    @Test
    void whoHasNoPartInItStaysOutside() {
        var id = open("BRIEFING");
        world.anybody().post(path(id) + "/video", Map.of()).expect(401);
        enter(world.journalist(), id).expect(404);
        enter(world.signedIn(world.person("Xem", Role.VIEWER, world.ministry(), null)), id)
                .expect(403);
        enter(world.operator(here), id).expect(403);
        var elsewhere = world.newEndpoint("Ngoài").id();
        enterAt(world.operator(elsewhere), id, elsewhere).expect(404);
        enterAt(world.operator(elsewhere), id, here).expect(404);
        enterAt(organizer, id, elsewhere).expect(404);
        enter(organizer, UUID.randomUUID()).expect(404);
    }

    @Test
    void noStreamCarriesTheRoomsName() {
        var id = open("PRESS_CONFERENCE");
        var room = enter(organizer, id).expect(200).text("room");
        var page = organizer.follow("briefing/" + id).seesFrame("snapshot");
        assertFalse(page.bytes().contains(room));
        page.close();
    }

    @Test
    void withoutJitsiThereIsPlainlyNoVideo() {
        var plain = World.shared();
        var someone = plain.organizer();
        var id = plain.scheduled(someone, "BRIEFING", plain.freeHour(), List.of(), List.of());
        assertEquals(
                "{\"configured\":false}",
                someone.post(path(id) + "/video", Map.of()).expect(200).text());
        plain.journalist().post(path(id) + "/video", Map.of()).expect(404);
    }

    private UUID scheduled(String kind) {
        return world.scheduled(organizer, kind, world.freeHour(), List.of(), List.of(here));
    }

    private UUID open(String kind) {
        var id = scheduled(kind);
        organizer.post(path(id) + "/open").expect(200);
        return id;
    }

    private static Reply enter(Someone who, UUID briefing) {
        return who.post(path(briefing) + "/video", Map.of());
    }

    private static Reply enterAt(Someone who, UUID briefing, UUID endpoint) {
        return who.post(path(briefing) + "/video", Fields.of("endpoint", endpoint));
    }

    private static Map<String, Object> claims(Reply reply) {
        return Json.parse(
                new String(Base64.getUrlDecoder().decode(reply.text("token").split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private static String path(UUID briefing) {
        return "/api/briefings/" + briefing;
    }
}

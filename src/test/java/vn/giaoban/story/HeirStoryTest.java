package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.people.Role;

/** A site ends before a briefing that has it, and its heir cannot simply step in: the planner learns what to do. */
class HeirStoryTest {
    private final World world = World.shared();
    private final Someone administrator = world.administrator();
    private final Someone organizer = world.organizer();

    private UUID planned(Instant start, UUID hub, UUID... sites) {
        var id = organizer
                .create(
                        "/api/briefings",
                        world.plan("BRIEFING", "Giao ban sau sáp nhập", start, 60)
                                .and("hub", hub)
                                .and(
                                        "chair",
                                        world.person("Chủ trì", Role.CHAIR, world.ministry(), null)
                                                .id()))
                .expect(201)
                .id();
        organizer
                .create(
                        "/api/briefings/" + id + "/endpoints",
                        Fields.of(
                                "endpoints",
                                List.of(sites).stream().map(UUID::toString).toList()))
                .expect(201);
        return id;
    }

    private void ends(Endpoint old, LocalDate on, Endpoint heir) {
        var path = "/api/endpoints/" + old.id();
        administrator
                .call(
                        "POST",
                        path + "/end",
                        Fields.of("on", on.toString()).and("successor", heir.id()),
                        Map.of("If-Match", administrator.get(path).expect(200).etag()))
                .expect(200);
    }

    private static Map<?, ?> warning(Reply briefing, UUID endpoint) {
        return briefing.get("warnings") instanceof List<?> all
                ? all.stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> one.get("endpoint").equals(endpoint.toString()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    @Test
    void aHeirWhoIsTakenAndAHubThatEndsAreLeftToThePlannerWhoIsToldWhatToDo() {
        var old = world.newEndpoint("Sở Y tế cũ");
        var heir = world.newEndpoint("Sở Y tế mới");
        var hub = world.newEndpoint("Hội trường cũ");
        var newHub = world.newEndpoint("Hội trường mới");
        var free = world.newEndpoint("Trung tâm cũ");
        var freeHeir = world.newEndpoint("Trung tâm mới");
        var start = world.freeHour();
        var elsewhere = world.scheduled(organizer, "BRIEFING", start, List.of(), List.of(heir.id()));
        var id = planned(start, hub.id(), hub.id(), old.id(), free.id());
        var path = "/api/briefings/" + id;
        organizer
                .call(
                        "POST",
                        path + "/schedule",
                        null,
                        Map.of("If-Match", organizer.get(path).expect(200).etag()))
                .expect(200);
        assertNull(organizer.get(path).expect(200).get("warnings"));

        var lastDay = LocalDate.ofInstant(start, Directory.ZONE).minusDays(1);
        ends(old, lastDay, heir);
        ends(hub, lastDay, newHub);
        ends(free, lastDay, freeHeir);
        // Whose heir is free is followed by him; with that all that was due has been tried.
        var warned = organizer.until(path, r -> {
            world.node.rooms().due().run();
            return r.text().contains(freeHeir.id().toString());
        });
        assertNull(warning(warned, free.id()), "nothing is left to do");
        var site = warning(warned, old.id());
        assertEquals("ENDED", site.get("kind"));
        assertEquals(old.name(), site.get("name"));
        assertEquals(lastDay.toString(), site.get("until"));
        assertEquals(heir.name(), site.get("heir"), "who would take its place");
        assertNull(site.get("hub"));
        var centre = warning(warned, hub.id());
        assertEquals(true, centre.get("hub"));
        assertEquals(newHub.name(), centre.get("heir"));
        assertNull(organizer.get("/api/briefings/" + elsewhere).expect(200).get("warnings"));

        // What he is told to do ends it.
        organizer.delete(path + "/endpoints/" + old.id()).expect(204);
        organizer
                .patch(path, organizer.get(path).expect(200).etag(), Fields.of("hub", newHub.id()))
                .expect(200);
        organizer.delete(path + "/endpoints/" + hub.id()).expect(204);
        assertNull(organizer.get(path).expect(200).get("warnings"));
    }
}

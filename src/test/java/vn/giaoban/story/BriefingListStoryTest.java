package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Finding briefings again, and planning the next one like the last. */
@Timeout(60)
class BriefingListStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    private String draft(String title) {
        return "/api/briefings/"
                + organizer
                        .create("/api/briefings", world.plan("BRIEFING", title, world.freeHour(), 60))
                        .expect(201)
                        .id();
    }

    @Test
    void aCopyIsADraftOfItsOwn() {
        var site = world.newEndpoint("Sở");
        var id = world.live(
                organizer,
                "TRAINING",
                List.of(World.item("Một", 5, "SITE").and("speaker", "Bà Hoa")),
                List.of(site.id()));
        var path = "/api/briefings/" + id;
        organizer.create(path + "/agenda", World.item("Chen thêm", 5, "SITE")).expect(201);
        organizer
                .post(path + "/agenda/" + organizer.get(path).get("agenda.items.0.id") + "/start")
                .expect(200);
        var copy = organizer.create(path + "/copy", Map.of()).expect(201);
        assertEquals("DRAFT", copy.get("status"));
        assertEquals("PLANNED", copy.get("agenda.items.0.status"));
        assertEquals("Bà Hoa", copy.get("agenda.items.0.speaker"));
        assertNull(copy.get("agenda.items.1"), "what was put in late is not planned again");
        assertEquals(site.id().toString(), copy.get("invitations.0.endpoint"));
        assertNotEquals(organizer.get(path).get("agenda.items.0.id"), copy.get("agenda.items.0.id"));
        assertTrue(copy.text("plannedStart").compareTo(organizer.get(path).text("plannedStart")) > 0);
        assertFalse(world.anybody().get("/api/briefings").text().contains(copy.text("id")));
    }

    @Test
    void listsAreFilteredSearchedAndPaged() {
        var word = "quy" + System.nanoTime();
        var ids = new HashSet<String>();
        for (int i = 0; i < 7; i++)
            ids.add(draft("Hoà Bình " + word + " số " + i).substring("/api/briefings/".length()));
        for (var q : List.of("hoa binh " + word, "HÒA BÌNH " + word, word + " hoà", "hoabinh" + word))
            assertEquals(7, found("q=" + text(q)).size(), q);
        assertEquals(0, found("q=" + text(word + " không có")).size());
        assertEquals(1, found("q=" + text(word + " so 3")).size());
        var seen = new ArrayList<String>();
        var next = "";
        for (int pages = 0; next != null; pages++) {
            assertTrue(pages < 5);
            var page = organizer.get("/api/briefings?limit=3&q=" + word + next).expect(200);
            for (var item : (List<?>) page.get("items")) seen.add((String) ((Map<?, ?>) item).get("id"));
            next = page.get("next") == null ? null : "&after=" + text(page.text("next"));
        }
        assertEquals(7, seen.size());
        assertEquals(ids, new HashSet<>(seen));
        assertEquals(0, found("status=SCHEDULED&q=" + word).size());
        assertEquals(7, found("status=DRAFT&kind=BRIEFING&q=" + word).size());
        assertEquals(0, found("kind=TRAINING&q=" + word).size());
        for (var nobody : List.of(
                world.journalist(),
                world.anybody(),
                world.operator(world.newEndpoint("X").id())))
            assertEquals(
                    List.of(),
                    nobody.get("/api/briefings?q=" + word).expect(200).get("items"));
        assertEquals(
                List.of(),
                foreigner().get("/api/briefings?q=" + word).expect(200).get("items"),
                "another's drafts");
    }

    private Someone foreigner() {
        return world.signedIn(world.person(
                "Sở khác",
                vn.giaoban.people.Role.ORGANIZER,
                world.department("01").organisation(),
                null));
    }

    private List<?> found(String query) {
        return (List<?>) organizer.get("/api/briefings?" + query).expect(200).get("items");
    }

    private static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;

/** What each circle sees of a briefing, and what it cannot even notice. */
@Timeout(60)
class SightStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    private String live(String kind, Fields... items) {
        return "/api/briefings/" + world.live(organizer, kind, List.of(items), List.of());
    }

    private static String stream(String path) {
        return path.replace("/api/briefings/", "briefing/");
    }

    @Test
    void aHiddenEditLeavesNoTraceInTheNumbersOfThoseBelow() {
        var path = live(
                "PRESS_CONFERENCE",
                World.item("Khai mạc", 5, "PUBLIC"),
                World.item("Hội ý", 5, "STAFF"),
                World.item("Cho các điểm cầu", 5, "SITE"));
        var staff = organizer.follow(stream(path)).seesFrame("snapshot");
        var press = world.journalist().follow(stream(path)).seesFrame("snapshot");
        var anybody = world.anybody().follow(stream(path)).seesFrame("snapshot");
        long pressBefore = press.seq();
        long publicBefore = anybody.seq();
        long staffBefore = staff.seq();
        for (int i = 0; i < 5; i++) {
            edit(path, 1, Fields.of("title", "mật-" + i));
            edit(path, 2, Fields.of("speaker", "Bà " + i));
        }
        edit(path, 0, Fields.of("title", "Khai mạc và giới thiệu"));
        for (var page : List.of(staff, press, anybody))
            page.until("the title", p -> p.bytes().contains("giới thiệu"));
        assertEquals(publicBefore + 1, anybody.seq());
        assertEquals(pressBefore + 1, press.seq());
        assertEquals(staffBefore + 11, staff.seq());
        assertFalse(anybody.bytes().contains("mật") || anybody.bytes().contains("Bà "));
        assertEquals(List.of(), dense(press), "no gap");
    }

    private static List<Long> dense(Page page) {
        var seqs = page.frames("patch").stream()
                .map(f -> ((Number) f.get("seq")).longValue())
                .toList();
        return seqs.stream()
                .filter(seq -> seq != seqs.getFirst() + seqs.indexOf(seq))
                .toList();
    }

    private Reply edit(String path, int place, Fields change) {
        var item = (Map<?, ?>) organizer.get(path).expect(200).get("agenda.items." + place);
        return organizer
                .patch(path + "/agenda/" + item.get("id"), (String) item.get("etag"), change)
                .expect(200);
    }

    @Test
    void whatIsHiddenGoesFromOpenPagesAndComesBackOnNewOnes() {
        var path = live("PRESS_CONFERENCE", World.item("Hỏi đáp", 5, "PUBLIC"));
        var anybody = world.anybody();
        var shown = anybody.follow(stream(path)).sees("briefing.status", "LIVE");
        var press = world.journalist().follow(stream(path)).sees("briefing.status", "LIVE");

        visible(path, "PRESS");
        shown.seesFrame("bye");
        assertEquals(4404, shown.closed());
        assertEquals("gone", shown.frames("bye").getFirst().get("reason"));
        assertTrue(shown.view().isEmpty(), "nothing of it is left on the page: " + shown.view());
        assertEquals(404, anybody.follow(stream(path)).refused());
        edit(path, 0, Fields.of("title", "Chỉ báo chí"));
        press.until("the new title", p -> p.bytes().contains("Chỉ báo chí"));

        visible(path, "PUBLIC");
        var again = eventually(() -> anybody.follow(stream(path)), page -> page.refused() == 0);
        again.until("the title as it is now", p -> p.bytes().contains("Chỉ báo chí"));
        assertTrue(again.seq() > shown.seq(), "the numbers go on");
        assertEquals(again.view().keySet(), press.view().keySet());
    }

    private void visible(String path, String to) {
        organizer
                .patch(path, organizer.get(path).etag(), Fields.of("visibility", to))
                .expect(200);
    }

    /** What a node remembers of a briefing for a moment may let the first try find the door as it was. */
    private static <T> T eventually(java.util.function.Supplier<T> look, java.util.function.Predicate<T> seen) {
        long end = System.nanoTime() + 10_000_000_000L;
        for (var found = look.get(); ; found = look.get())
            if (seen.test(found) || System.nanoTime() > end) return found;
    }

    @Test
    void aNarrowerPictureIsAskedForAndOthersAreRefusedAlike() {
        var path = live("PRESS_CONFERENCE", World.item("Chỉ báo chí", 5, "PRESS"), World.item("Mật", 5, "STAFF"));
        var through = organizer.follow(stream(path), "?audience=press").sees("briefing.status", "LIVE");
        assertTrue(through.bytes().contains("Chỉ báo chí") && !through.bytes().contains("Mật"));
        assertNull(through.at("endpoints"));
        var journalist = world.journalist();
        assertEquals(403, journalist.follow(stream(path), "?audience=staff").refused());
        assertEquals(
                403, world.anybody().follow(stream(path), "?audience=press").refused());

        var draft = organizer
                .create("/api/briefings", world.plan("PRESS_CONFERENCE", "Nháp", world.freeHour(), 30))
                .expect(201);
        var sitesOnly = live("BRIEFING");
        var unknown = world.anybody().get("/live/briefing/" + UUID.randomUUID()).expect(404);
        for (var nothing : List.of("briefing/" + draft.id(), stream(sitesOnly), "endpoint/" + UUID.randomUUID(), "x/y"))
            for (var asked : List.of("", "?audience=public", "?audience=staff", "?audience=nobody")) {
                var reply = world.anybody().get("/live/" + nothing + asked).expect(404);
                assertEquals(unknown.text(), reply.text());
                var headers = new java.util.TreeMap<>(reply.headers().map());
                assertEquals(new java.util.TreeMap<>(unknown.headers().map()), headers);
            }
        assertNotEquals(404, organizer.get("/live/briefing/" + draft.id()).status());
    }
}

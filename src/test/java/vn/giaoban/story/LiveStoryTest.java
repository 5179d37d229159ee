package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;

/** What a page sees of a briefing: the whole picture, each change after it, nothing twice, nothing that is not its own. */
@Timeout(60)
class LiveStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    private String live(String kind, Fields... items) {
        return "/api/briefings/" + world.live(organizer, kind, List.of(items), List.of());
    }

    private static String stream(String path) {
        return path.replace("/api/briefings/", "briefing/");
    }

    private void line(String path, String text) {
        organizer.put(path + "/line", Fields.of("text", text)).expect(204);
    }

    @Test
    void aPageThatWasAwayGetsOneAfterTheOtherWhatItMissed() {
        var path = live("BRIEFING");
        var page = organizer.follow(stream(path)).sees("briefing.status", "LIVE");
        line(path, "còn 5 phút");
        page.sees("stage.text", "còn 5 phút").cut();
        line(path, "còn 4 phút");
        line(path, "còn 3 phút");
        line(path, "còn 2 phút");

        var back = organizer.resume(page).sees("stage.text", "còn 2 phút");
        assertEquals(List.of(), back.frames("snapshot"));
        assertEquals(3, back.frames("patch").size());
        organizer.follow(stream(path)).until("the same", fresh -> back.view().equals(fresh.view()));
    }

    @Test
    void anyPositionLeadsToTheWholePicture() {
        var path = live("BRIEFING");
        var page = organizer.follow(stream(path)).sees("briefing.status", "LIVE");
        line(path, "một");
        page.sees("stage.text", "một").cut();
        var epoch = page.position().split("\\.")[0];
        long head = page.seq();
        for (var after : List.of(
                epoch + ".-1",
                epoch + "." + (head + 1),
                epoch + ".9007199254740992",
                epoch + ".99999999999999999999",
                "other." + head,
                "other.0",
                epoch,
                epoch + ".",
                ".",
                "%00.1",
                "x".repeat(300))) {
            // A shared snapshot may be a moment old; the patches after it follow at once.
            var back = organizer.resume(page, after).seesFrame("snapshot").sees("stage.text", "một");
            assertEquals(page.view(), back.view(), after);
            back.close();
        }
        var current = organizer.resume(page).seesFrame("head");
        assertEquals(List.of(), current.frames("snapshot"));
        line(path, "hai");
        current.sees("stage.text", "hai");
        var behind = organizer.resume(page, epoch + "." + (head - 1)).sees("stage.text", "hai");
        assertEquals(List.of(), behind.frames("snapshot"), "two patches are shorter than the picture");
        var fromNothing = organizer
                .follow(stream(path), "?after=" + epoch + ".0")
                .until("something", p -> !p.frames().isEmpty());
        var first = fromNothing.frames().getFirst();
        assertTrue(first.get("type").equals("snapshot") || first.get("seq").equals(1), "from the very first: " + first);
    }

    @Test
    void twoPeopleEditAtOnceAndEverybodySeesWhatStands() throws Exception {
        var path = live("PRESS_CONFERENCE", World.item("A", 5, "PUBLIC"), World.item("B", 5, "PUBLIC"));
        var other = world.organizer();
        var pages = List.of(organizer.follow(stream(path)), world.anybody().follow(stream(path)));
        pages.forEach(page -> page.seesFrame("snapshot"));
        var items = (List<?>) organizer.get(path).get("agenda.items");
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> first = () -> write(organizer, path, items.get(0));
            Callable<Integer> second = () -> write(other, path, items.get(0));
            Callable<Integer> third = () -> write(other, path, items.get(1));
            int won = 0;
            for (var done : both.invokeAll(List.of(first, second, third))) won += done.get();
            assertEquals(30, won);
        }
        var last = (List<?>) organizer.get(path).get("agenda.items");
        assertTrue(
                etag(last.get(0)).contains("21") && etag(last.get(1)).contains("11"),
                "each win is one version: " + last);
        for (var page : pages)
            for (var item : last) {
                var is = (Map<?, ?>) item;
                page.sees("agenda.items." + is.get("id") + ".title", is.get("title"));
            }
    }

    /** Ten wins against whatever the other does: a stale version is answered with the present one. */
    private static int write(Someone who, String path, Object item) {
        var id = ((Map<?, ?>) item).get("id");
        var etag = etag(item);
        int won = 0;
        for (int i = 0; i < 200 && won < 10; i++) {
            var reply = who.patch(
                    path + "/agenda/" + id, etag, Fields.of("title", who.hashCode() + " " + UUID.randomUUID()));
            if (reply.status() == 200) won++;
            else assertEquals(reply.expect(412).get("current.etag"), reply.etag());
            etag = reply.etag();
        }
        return won;
    }

    private static String etag(Object item) {
        return (String) ((Map<?, ?>) item).get("etag");
    }
}

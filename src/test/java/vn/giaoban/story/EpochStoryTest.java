package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.journal.Keeper;
import vn.giaoban.live.StreamKey;

/** Pictures from checkpoints, and a database that is not the one whose numbers were shown. */
@Timeout(60)
class EpochStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    private String live() {
        return "/api/briefings/"
                + world.live(
                        organizer,
                        "PRESS_CONFERENCE",
                        List.of(World.item("A", 5, "PUBLIC")),
                        List.of(world.newEndpoint("Sở").id()));
    }

    private static String subject(String path) {
        return path.replace("/api/briefings/", "briefing/");
    }

    private void line(String path, String text) {
        organizer.put(path + "/line", Fields.of("text", text)).expect(204);
    }

    @Test
    void aPictureReadFromACheckpointIsTheOneThatTheFactsGive() {
        var rooms = world.node.rooms();
        var keeper = new Keeper(rooms.db(), world.clock, 1);
        for (int after : new int[] {0, 1, 5}) {
            var path = live();
            for (int i = 0; i < 4; i++) {
                line(path, "dòng " + i);
                while (keeper.checkpoints() > 0 && i % 2 == 0) {}
            }
            for (int i = 0; i < after; i++) line(path, "sau " + i);
            var kept = rooms.db()
                    .row(
                            "SELECT count(*) AS n FROM stream_checkpoint WHERE stream = $1 AND audience = 'staff'",
                            subject(path));
            assertTrue(kept.getLong("n") >= 1 && kept.getLong("n") <= 2, "the last two are kept: " + kept.getLong("n"));
            var facts = rooms.journal().paint(subject(path)).get(new StreamKey(subject(path), "staff"));
            assertEquals(
                    Json.text(facts),
                    Json.text(
                            organizer.get("/live/" + subject(path)).expect(200).get("view")));
        }
    }

    @Test
    void aNewEpochGivesEverybodyASnapshot() {
        var path = live();
        var page = organizer.follow(subject(path)).sees("briefing.status", "LIVE");
        var before = page.position();
        world.node.rooms().keeper().raiseEpochs();
        page.until("another epoch", p -> p.frames("snapshot").size() > 1);
        assertNotEquals(before.split("\\.")[0], page.position().split("\\.")[0]);
        line(path, "đi tiếp");
        page.sees("stage.text", "đi tiếp");
        organizer.resume(page, before).sees("stage.text", "đi tiếp").seesFrame("snapshot");
    }

    @Test
    void anOlderStateRestoredUnderneathIsShownToEverybody() {
        var path = live();
        line(path, "còn 3 phút");
        var page = organizer.follow(subject(path)).sees("stage.text", "còn 3 phút");
        line(path, "còn 1 phút");
        page.sees("stage.text", "còn 1 phút");
        // As a backup of a moment ago would have it.
        var mine = " WHERE stream = '" + subject(path) + "'";
        TestDatabase.asOwner(
                world.databaseUrl,
                "DELETE FROM stream_patch p USING stream_head h" + mine.replace("stream", "h.stream")
                        + " AND p.stream = h.stream AND p.audience = h.audience AND p.seq = h.seq AND h.audience = 'staff'",
                "UPDATE stream_head SET seq = seq - 1" + mine + " AND audience = 'staff'");
        page.sees("stage.text", "còn 3 phút");
        assertTrue(page.frames("snapshot").size() > 1);
        assertEquals(UUID.fromString(path.substring(15)), organizer.get(path).id());
    }
}

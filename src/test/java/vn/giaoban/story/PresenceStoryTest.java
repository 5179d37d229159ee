package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Chain;

/** A site's place at the table: taken by pressing, kept by its page's line, and told by edges only. */
@Timeout(90)
class PresenceStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();
    private final UUID site = world.newEndpoint("Sở Y tế").id();
    private final Someone operator = world.operator(site);
    private final UUID briefing = world.live(organizer, "BRIEFING", List.of(), List.of(site));
    private final String path = "/api/briefings/" + briefing;
    private final String mine = path + "/endpoints/" + site;
    private final Page board = organizer.follow("briefing/" + briefing).seesFrame("snapshot");

    private Page joined() {
        var page = operator.follow("endpoint/" + site).seesFrame("snapshot");
        operator.post(mine + "/join").expect(200);
        return sees(page, "CONNECTED");
    }

    private Page sees(Page page, String state) {
        board.sees("endpoints." + site + ".state", state);
        return page == null ? null : page.sees("briefings." + briefing + ".state", state);
    }

    private List<?> intervals() {
        return (List<?>) organizer.get(path + "/attendance").expect(200).get("sites.0.intervals");
    }

    private long edges(String verb) {
        return new Chain(world.node.rooms().db())
                .entries("briefing/" + briefing, 0, 200).stream()
                        .filter(entry -> entry.verb().equals(verb))
                        .count();
    }

    /** Until the node's beat has written down which lines it holds: what follows is then an edge, not a beginning. */
    private void held() {
        var lines = "SELECT count(*) AS n FROM follower WHERE stream = $1 AND expires_at > clock_timestamp()";
        long end = System.nanoTime() + 15_000_000_000L;
        while (world.node.rooms().db().row(lines, "endpoint/" + site).getLong("n") == 0)
            assertTrue(System.nanoTime() < end, "no line was written down");
    }

    @Test
    void aLineThatIsCutIsLostAndComesBackIntoTheSameInterval() {
        var page = joined();
        board.sees("sites.connected", 1).sees("sites.lost", 0);
        held();
        page.cut();
        sees(null, "LOST");
        board.sees("sites.connected", 0).sees("sites.lost", 1).sees("endpoints." + site + ".losses", 1);
        assertNotNull(((Map<?, ?>) intervals().getFirst()).get("to"));
        var back = sees(operator.follow("endpoint/" + site), "CONNECTED");
        board.sees("sites.lost", 0).sees("endpoints." + site + ".losses", 1);
        assertEquals(1, intervals().size(), "a reconnect is no second visit");
        assertNull(((Map<?, ?>) intervals().getFirst()).get("to"));
        assertEquals(2, edges("bridge.lines"), "one edge for the loss and one for the return");
        assertEquals(1, edges("bridge.joined"));
        back.close();
    }

    @Test
    void aLineThatFallsSilentIsLostWithoutAGoodbyeAndFoundWhenItAnswers() {
        try (var silent = Wire.to(world.base)) { // answers no ping, as a line that is cut without a word
            silent.upgrade("/live/endpoint/" + site, "Origin: " + world.base, "Cookie: " + operator.cookie());
            assertEquals(101, silent.status());
            operator.post(mine + "/join").expect(200);
            sees(null, "CONNECTED");
            held();
            silent.pong();
            long begun = System.nanoTime();
            sees(null, "LOST");
            long ms = (System.nanoTime() - begun) / 1_000_000;
            assertTrue(
                    ms < 5_000, "after the last sign of life four seconds of silence, and one to tell it, not " + ms);
            silent.pong();
            sees(null, "CONNECTED");
        }
    }

    @Test
    void twoPagesOfOneSiteAreOneLine() {
        var first = joined();
        var second = operator.follow("endpoint/" + site).seesFrame("snapshot");
        held();
        first.close();
        first.closed();
        operator.create(mine + "/delegates", Fields.of("name", "Bà Hai").and("title", "Giám đốc"))
                .expect(201);
        board.sees("endpoints." + site + ".delegates", 1).sees("endpoints." + site + ".state", "CONNECTED");
        assertEquals(0, edges("bridge.lines"));
        second.close();
    }

    @Test
    void severalDelegatesSitBehindOneSite() {
        var page = joined();
        var ids = new ArrayList<UUID>();
        for (var name : List.of("Bà Hai", "Ông Ba", "Cô Tư"))
            ids.add(operator.create(mine + "/delegates", Fields.of("name", name))
                    .expect(201)
                    .id());
        board.sees("endpoints." + site + ".delegates", 3).sees("sites.delegates", 3);
        operator.delete(mine + "/delegates/" + ids.getFirst()).expect(204);
        board.sees("endpoints." + site + ".delegates", 2);
        operator.delete(mine + "/delegates/" + ids.getFirst()).expect(404);
        var other = world.newEndpoint("Sở khác").id();
        organizer
                .create(path + "/endpoints", Fields.of("endpoints", List.of(other.toString())))
                .expect(201);
        operator.create(path + "/endpoints/" + other + "/delegates", Fields.of("name", "Lạ"))
                .expect(403);
        page.close();
    }

    @Test
    void leavingAndClosingEndTheIntervals() {
        var page = joined();
        held();
        operator.post(mine + "/leave").expect(200);
        sees(page, "EXPECTED");
        operator.post(mine + "/leave").expect(409);
        assertNotNull(((Map<?, ?>) intervals().getFirst()).get("to"));
        operator.post(mine + "/join").expect(200);
        sees(page, "CONNECTED");
        organizer.post(path + "/close").expect(200);
        page.sees("briefings." + briefing + ".status", "CLOSED");
        var frozen = organizer.get(path + "/attendance").expect(200);
        for (var interval : (List<?>) frozen.get("sites.0.intervals")) assertNotNull(((Map<?, ?>) interval).get("to"));
        assertEquals(1, ((List<?>) frozen.get("sites.0.intervals")).size(), "back within a minute");
        operator.post(mine + "/join").expect(409);
        assertEquals(0, edges("bridge.lines"));
        page.close();
    }

    @Test
    void theLinesOfANodeThatDiedExpireByThemselves() {
        operator.post(mine + "/join").expect(200);
        // What a node leaves behind that is killed between two beats.
        world.node
                .rooms()
                .db()
                .query(
                        "INSERT INTO follower (socket, stream, node, person, expires_at) VALUES ('x', $1, 'dead', 'p', clock_timestamp() + interval '4 seconds')",
                        "endpoint/" + site);
        sees(null, "CONNECTED");
        held();
        sees(null, "LOST");
        assertEquals(1, edges("bridge.lines"));
    }
}

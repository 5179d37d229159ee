package vn.giaoban.bridge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Json;

/** Whose microphone, whose hand, and which page may say so: the rules without a table. */
class RosterTest {
    private static final UUID HERE = new UUID(0, 1);
    private static final UUID THERE = new UUID(0, 2);
    private static final UUID NAMESAKE = new UUID(0, 3);
    private static final Roster.Sites SITES =
            Roster.Sites.of(Map.of(HERE, "Nghệ An", THERE, "Cao Bằng", NAMESAKE, "Cao Bằng"));
    private static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");
    private static final UUID PAGE = new UUID(7, 7);

    private static Report report(String json) {
        return Report.of(Json.parse("{\"page\":\"" + PAGE + "\",\"n\":3," + json + "}"));
    }

    private static Roster roster(String seats) {
        return Roster.EMPTY.next(report("\"seats\":[" + seats + "]"), SITES, NOW);
    }

    private static String seat(String id, UUID user, long hand) {
        return "{\"id\":\"" + id + "\",\"user\":\"" + user + "\",\"name\":\"x\",\"hand\":" + hand + "}";
    }

    @Test
    void aSiteIsKnownByTheTokenElseByANameThatOneSiteHas() {
        assertEquals(HERE, SITES.of(HERE.toString(), "ganz anders"));
        assertEquals(HERE, SITES.of(null, "Nghệ An"));
        assertEquals(HERE, SITES.of("", "Nghệ An"));
        assertNull(SITES.of(null, "Cao Bằng"), "two are called so");
        assertNull(SITES.of(null, "Nghệ An 2"));
        assertNull(
                SITES.of(new UUID(9, 9).toString(), "Nghệ An"), "who has a token of ours is not somebody by his name");
    }

    @Test
    void aModeratorIsNoSite() {
        var roster = roster("{\"id\":\"a\",\"name\":\"Nghệ An\",\"moderator\":true,\"hand\":5}");
        assertNull(roster.seats().getFirst().endpoint());
        assertEquals(0, roster.unheard(List.of()).count());
    }

    @Test
    void theFirstHandIsHeardFirstAndEachOnce() {
        var roster = roster(seat("a", HERE, 200) + "," + seat("b", THERE, 100) + "," + seat("c", NAMESAKE, 0));
        assertEquals(
                List.of("b", "a"),
                roster.unheard(List.of()).map(Seat::participant).toList());
        var heard = List.of(new Hand("b", 100, THERE, null, true));
        assertEquals(List.of("a"), roster.unheard(heard).map(Seat::participant).toList());
        var again = roster(seat("b", THERE, 300));
        assertEquals(1, again.unheard(heard).count(), "raised anew is another hand");
    }

    @Test
    void loweredIsWhatTheSameConnectionShowsLowered() {
        var hand = new Hand("a", 200, HERE, new UUID(1, 1), false);
        assertFalse(hand.loweredIn(roster(seat("a", HERE, 200))));
        assertTrue(hand.loweredIn(roster(seat("a", HERE, 0))));
        assertTrue(hand.loweredIn(roster(seat("a", HERE, 201))), "another hand already");
        assertFalse(hand.loweredIn(roster("")), "the line was cut");
        assertFalse(hand.loweredIn(roster(seat("b", HERE, 0))), "back on another connection");
        assertTrue(roster(seat("a", HERE, 0) + "," + seat("b", HERE, 9)).raised(HERE), "its other device's is up");
    }

    @Test
    void recordingHasTheHourAtWhichWeHeardOfIt() {
        var on = Roster.EMPTY.next(report("\"seats\":[],\"recording\":true"), SITES, NOW);
        assertEquals(NOW, on.recordingAt());
        var later = on.next(report("\"seats\":[],\"recording\":true"), SITES, NOW.plusSeconds(9));
        assertEquals(NOW, later.recordingAt());
        assertNull(later.next(report("\"seats\":[]"), SITES, NOW).recordingAt());
    }

    @Test
    void ofOneThatIsNamedTwiceTheLastCounts() {
        var roster = roster(seat("a", HERE, 1) + "," + seat("a", THERE, 2));
        assertEquals(1, roster.seats().size());
        assertEquals(THERE, roster.seats().getFirst().endpoint());
    }

    @Test
    void aReportIsKnownByItsContentWithoutItsNumber() {
        var first = report("\"seats\":[" + seat("a", HERE, 1) + "]");
        var other = Report.of(Json.parse("{\"n\":4,\"seats\":[" + seat("a", HERE, 1) + "],\"page\":\"" + PAGE + "\"}"));
        assertEquals(first.digest(), other.digest());
        assertFalse(first.digest()
                .equals(report("\"seats\":[" + seat("a", HERE, 2) + "]").digest()));
    }

    @Test
    void aLeaseLastsAsLongAsItsPageSpeaks() {
        var life = Duration.ofSeconds(5);
        var lease = new Lease(PAGE, "Thư ký", NOW, NOW, 3);
        assertTrue(lease.stands(NOW.plusMillis(4_999), life));
        assertFalse(lease.stands(NOW.plusSeconds(5), life));
        assertFalse(lease.lapsed().stands(NOW, life));
        assertTrue(lease.hasHeard(report("\"seats\":[]")));
        assertFalse(new Lease(PAGE, "", NOW, NOW, 2).hasHeard(report("\"seats\":[]")));
        assertFalse(new Lease(new UUID(8, 8), "", NOW, NOW, 9).hasHeard(report("\"seats\":[]")));
        assertTrue(lease.tooSoon(NOW.plusMillis(399), Duration.ofMillis(400)));
        assertFalse(lease.tooSoon(NOW.plusMillis(400), Duration.ofMillis(400)));
    }
}

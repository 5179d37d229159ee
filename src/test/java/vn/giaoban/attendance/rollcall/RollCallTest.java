package vn.giaoban.attendance.rollcall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.giaoban.attendance.rollcall.RollCall.Result.NO_ANSWER;
import static vn.giaoban.attendance.rollcall.RollCall.Result.PRESENT;
import static vn.giaoban.attendance.rollcall.RollCall.Result.SKIPPED;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import vn.giaoban.attendance.rollcall.RollCall.Status;
import vn.giaoban.http.Refusal;

/** The rules of calling sites one after another. */
class RollCallTest {
    private static final Instant T0 = Instant.parse("2026-12-01T01:00:00Z");
    private static final UUID SECRETARY = UUID.randomUUID();

    @Test
    void theCallStepsThroughTheSitesAndReturnsToTheMissing() {
        var sites = sites(3);
        var call = begun(sites);
        assertEquals(sites.getFirst(), call.current());
        assertEquals(sites.subList(1, 3), call.next(2));
        call = call.marked(sites.get(0), PRESENT, SECRETARY, at(2)).marked(sites.get(1), NO_ANSWER, SECRETARY, at(4));
        assertEquals(sites.get(2), call.current());
        call = call.marked(sites.get(2), SKIPPED, SECRETARY, at(5));
        assertEquals(Status.ROUND_OVER, call.status());
        assertNull(call.current());
        assertEquals(sites.subList(1, 3), call.missing());
        call = call.resumed(5, at(9));
        assertEquals(2, call.round());
        assertEquals(sites.get(1), call.current());
        call = call.marked(sites.get(1), PRESENT, SECRETARY, at(10)).marked(sites.get(2), PRESENT, SECRETARY, at(11));
        assertEquals(Status.ENDED, call.status(), "nobody is missing");
        assertEquals(at(11), call.endedAt());
        assertEquals(2, call.marks().get(sites.get(2)).round());
    }

    @Test
    void whoseTimeIsUpHasNotAnsweredAndOnlyHe() {
        var sites = sites(3);
        var call = begun(sites);
        assertSame(call, call.at(at(9)), "ten seconds are not over");
        var up = call.at(at(3_600));
        assertEquals(new RollCall.Mark(NO_ANSWER, 1, at(10), null), up.marks().get(sites.getFirst()));
        assertEquals(sites.get(1), up.current(), "an hour of nobody looking calls nobody");
        assertEquals(at(3_610), up.until());
    }

    @Test
    void whatIsPressedAMomentTooLateMarksTheSiteThatWasMeant() {
        var sites = sites(3);
        var late = begun(sites).at(at(10)).marked(sites.getFirst(), PRESENT, SECRETARY, at(10));
        assertTrue(late.here(sites.getFirst()));
        assertEquals(sites.get(1), late.current(), "the next one is still being called");
        assertEquals(at(20), late.until());
        assertThrows(Refusal.class, () -> late.marked(sites.get(2), SKIPPED, SECRETARY, at(11)));
        assertThrows(Refusal.class, () -> late.marked(UUID.randomUUID(), PRESENT, SECRETARY, at(11)));
    }

    @Test
    void aPauseStopsTheTimeAndGivesAllOfItAfterwards() {
        var sites = sites(2);
        var paused = begun(sites).paused(at(8));
        assertNull(paused.until());
        assertSame(paused, paused.at(at(1_000)));
        assertEquals(sites.getFirst(), paused.current());
        assertEquals(at(1_010), paused.resumed(5, at(1_000)).until());
        assertThrows(Refusal.class, () -> paused.paused(at(9)));
        assertTrue(paused.marked(sites.getFirst(), PRESENT, SECRETARY, at(9)).here(sites.getFirst()));
    }

    @Test
    void backIsTheOneBeforeAndFromTheEndOfARoundItsLast() {
        var sites = sites(2);
        var call = begun(sites);
        assertEquals(sites.getFirst(), call.back(at(1)).current());
        var second = call.marked(sites.get(0), NO_ANSWER, SECRETARY, at(1));
        assertEquals(sites.getFirst(), second.back(at(2)).current());
        var over = second.marked(sites.get(1), NO_ANSWER, SECRETARY, at(3));
        assertEquals(sites.get(1), over.back(at(4)).current());
        assertEquals(Status.CALLING, over.back(at(4)).status());
    }

    @Test
    void roundsHaveAnEndAndSoHasTheCall() {
        var sites = sites(1);
        var over = begun(sites).marked(sites.getFirst(), NO_ANSWER, SECRETARY, at(1));
        assertThrows(Refusal.class, () -> over.resumed(1, at(2)));
        var ended = over.stopped(at(3));
        assertEquals(sites, ended.missing());
        assertThrows(Refusal.class, () -> ended.stopped(at(4)));
        assertThrows(Refusal.class, () -> ended.marked(sites.getFirst(), PRESENT, SECRETARY, at(4)));
        assertThrows(Refusal.class, () -> begun(List.of()));
    }

    @Test
    void whoIsNoLongerInvitedIsCalledNoMore() {
        var sites = sites(3);
        var call = begun(sites).marked(sites.get(0), PRESENT, SECRETARY, at(1));
        assertEquals(sites.get(2), call.without(sites.get(1), at(2)).current(), "the called one went: the next");
        assertEquals(sites.get(1), call.without(sites.get(0), at(2)).current(), "one before went: the same");
        assertEquals(
                Status.ENDED,
                call.without(sites.get(1), at(2)).without(sites.get(2), at(2)).status(),
                "all who are left are here");
    }

    @Test
    void whereNobodyIsLeftOfARoundNobodyIsGoneBackTo() {
        var sites = sites(2);
        var second = begun(sites)
                .marked(sites.get(0), PRESENT, SECRETARY, at(1))
                .marked(sites.get(1), NO_ANSWER, SECRETARY, at(2))
                .resumed(5, at(3));
        var empty = second.marked(sites.get(0), NO_ANSWER, SECRETARY, at(4)).without(sites.get(1), at(5));
        assertEquals(Status.ROUND_OVER, empty.status());
        assertThrows(Refusal.class, () -> empty.back(at(6)));
        assertEquals(sites.get(0), empty.resumed(5, at(7)).current());
        assertEquals(0, second.without(sites.get(1), at(5)).place());
    }

    /** Whatever is pressed in whatever order: nobody is lost, nobody is called who is not asked, and it can always end. */
    @Property(tries = 500)
    void whateverIsPressed(
            @ForAll @IntRange(min = 1, max = 70) int many,
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 9) Integer> keys) {
        var sites = sites(many);
        var call = begun(sites);
        var said = new HashSet<UUID>();
        long second = 0;
        for (int key : keys) {
            var now = at(second += key + 1);
            var current = call.current();
            try {
                var next = switch (key) {
                    case 0, 1, 2, 3 ->
                        call.marked(current == null ? sites.getFirst() : current, PRESENT, SECRETARY, now);
                    case 4 -> call.marked(current == null ? sites.getLast() : current, NO_ANSWER, SECRETARY, now);
                    case 5 -> call.marked(current == null ? sites.getLast() : current, SKIPPED, SECRETARY, now);
                    case 6 -> call.back(now);
                    case 7 -> call.paused(now);
                    case 8 -> call.resumed(9, now);
                    default -> call.at(now);
                };
                if (key < 4) said.add(current == null ? sites.getFirst() : current);
                if (key == 4 || key == 5) said.remove(current == null ? sites.getLast() : current);
                if (key == 9 && next != call) said.remove(current);
                call = next;
            } catch (Refusal refused) {
                // As it stood: that is checked below.
            }
            assertEquals(sites, call.sites());
            var missing = new HashSet<>(call.missing());
            var present = new HashSet<>(sites);
            present.removeAll(missing);
            assertEquals(said, present);
            if (call.current() != null) assertTrue(call.queue().contains(call.current()));
            if (call.ended()) assertEquals(List.of(), call.missing());
            assertEquals(call.status() == Status.CALLING, call.until() != null);
        }
        if (!call.ended())
            assertEquals(call.missing(), call.stopped(at(second + 1)).missing());
    }

    private static RollCall begun(List<UUID> sites) {
        return RollCall.begun(UUID.randomUUID(), 1, sites, 10, T0);
    }

    private static List<UUID> sites(int many) {
        return IntStream.range(0, many).mapToObj(i -> UUID.randomUUID()).toList();
    }

    private static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }
}

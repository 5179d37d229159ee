package vn.giaoban.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.giaoban.bridge.Invitation.Check;
import vn.giaoban.bridge.Invitation.State;
import vn.giaoban.briefing.Status;
import vn.giaoban.http.Refusal;

/** The state of a site is what one rule makes of the facts. */
class InvitationTest {
    private static final Instant T = Instant.parse("2026-12-01T01:00:00Z");
    private final Invitation expected = Invitation.of(UUID.randomUUID(), UUID.randomUUID());
    private final Invitation joined = expected.joined(Status.LIVE, T);

    @ParameterizedTest
    @CsvSource({
        // taken, lost, weak, phone, support, check
        "false, false, false, false, false, NONE, EXPECTED",
        "false, false, false, false, false, BAD,  EXPECTED",
        "false, false, false, false, false, GOOD, CHECKED",
        "false, false, false, false, true,  GOOD, IN_SUPPORT",
        "false, false, false, true,  false, NONE, ON_PHONE",
        "true,  false, false, false, false, BAD,  CONNECTED",
        "true,  false, true,  false, false, GOOD, WEAK",
        "true,  true,  false, false, false, GOOD, LOST",
        "true,  true,  true,  false, false, GOOD, LOST",
        "true,  false, true,  false, true,  GOOD, IN_SUPPORT",
        "true,  true,  false, false, true,  GOOD, LOST",
        "true,  true,  false, true,  true,  GOOD, ON_PHONE",
        "true,  false, true,  true,  false, GOOD, ON_PHONE"
    })
    void theStateFollowsFromTheFacts(
            boolean taken, boolean lost, boolean weak, boolean phone, boolean support, Check check, State state) {
        assertEquals(state, of(taken, lost, weak, phone, support, check).state());
    }

    private Invitation of(boolean taken, boolean lost, boolean weak, boolean phone, boolean support, Check check) {
        return new Invitation(
                expected.briefing(),
                expected.endpoint(),
                taken ? T : null,
                null,
                new SiteLine(taken, false, lost ? T : null),
                weak ? T : null,
                phone ? new Invitation.Phone("024 3846 4416", T) : null,
                support,
                check,
                0,
                "",
                null);
    }

    @Property
    void whoIsReachedByPhoneIsPresentWhateverItsLineDoes(
            @ForAll boolean taken, @ForAll boolean lost, @ForAll boolean weak, @ForAll boolean support) {
        assertEquals(
                State.ON_PHONE, of(taken, lost, weak, true, support, Check.NONE).state());
    }

    @Test
    void aLineThatIsLostAndFoundIsCountedOnce() {
        var lost = joined.weak(true, T).lost(T.plusSeconds(9));
        assertEquals(State.LOST, lost.state());
        assertEquals(1, lost.losses());
        assertEquals(State.CONNECTED, lost.found().state(), "weakness is measured anew");
        assertEquals(T, lost.found().joinedAt());
    }

    @Test
    void leavingTakesTheLineButNotTheCheck() {
        var left = joined.checked(true).left(T.plusSeconds(60));
        assertEquals(State.CHECKED, left.state());
        assertThrows(Refusal.class, () -> left.left(T.plusSeconds(61)));
        assertThrows(Refusal.class, () -> expected.joined(Status.CLOSED, T));
    }

    @Test
    void aRoomSystemTakesItsPlaceByTheConferenceAlone() {
        var there = expected.inVideo(Status.OPEN, T, T.plusSeconds(2));
        assertEquals(State.CONNECTED, there.state());
        assertEquals(T, there.joinedAt());
        assertSame(there, there.inVideo(Status.OPEN, T, T.plusSeconds(30)), "said again");
        assertEquals(
                State.EXPECTED, there.outOfVideo(Status.OPEN, T.plusSeconds(40)).state(), "only tried");
        var lost = there.outOfVideo(Status.LIVE, T.plusSeconds(40));
        assertEquals(State.LOST, lost.state());
        assertEquals(
                State.CONNECTED,
                lost.inVideo(Status.LIVE, T.plusSeconds(50), T.plusSeconds(51)).state());
    }

    @Test
    void aCutPageIsLostAlthoughTheConferenceStillShowsIt() {
        var lost =
                joined.inVideo(Status.LIVE, T.plusSeconds(1), T.plusSeconds(1)).lost(T.plusSeconds(20));
        assertEquals(
                State.LOST,
                lost.inVideo(Status.LIVE, T.plusSeconds(1), T.plusSeconds(50)).state());
        assertEquals(State.LOST, lost.outOfVideo(Status.LIVE, T.plusSeconds(80)).state());
        assertEquals(1, lost.outOfVideo(Status.LIVE, T.plusSeconds(80)).losses());
        var stillThere =
                lost.inVideo(Status.LIVE, T.plusSeconds(1), T.plusSeconds(20).plus(SiteLine.AFTERGLOW));
        assertEquals(State.CONNECTED, stillThere.state(), "only its page was closed");
        assertEquals(
                State.CONNECTED,
                lost.inVideo(Status.LIVE, T.plusSeconds(25), T.plusSeconds(26)).state(),
                "came anew");
    }

    @Test
    void whatTheConferenceSaysLateOfSomebodyWhoHasLeftBringsNobodyBack() {
        var left = joined.left(T.plusSeconds(60));
        assertSame(left, left.inVideo(Status.LIVE, T.plusSeconds(5), T.plusSeconds(61)));
        assertSame(left, left.outOfVideo(Status.LIVE, T.plusSeconds(61)));
        assertSame(expected, expected.inVideo(Status.CLOSED, T, T));
    }

    @Test
    void whoIsNotThereIsNotWeak() {
        assertEquals(State.EXPECTED, expected.weak(true, T).state());
        assertEquals(State.LOST, joined.lost(T).weak(true, T).state());
        assertNull(joined.line().lostAt());
    }
}

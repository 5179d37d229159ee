package vn.giaoban.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.giaoban.live.line.Frame;
import vn.giaoban.live.line.FrameLog;
import vn.giaoban.live.line.Position;

/** Who is served from the log and who gets the whole picture, and when a picture is drawn anew. */
class TailTest {
    private static final Instant NOON = Instant.parse("2026-12-01T05:00:00Z");

    private final LiveMeters meters = new LiveMeters();
    private final Tail tail = new Tail(
            new StreamKey("calendar", "public"), true, new FrameLog(new FrameLog.Budget(1 << 20), 64, 1 << 20));

    private TailTest begins(long at) {
        tail.reset(new Position("e", at), Map.of("n", at), List.of());
        return this;
    }

    private void patches(int many) {
        for (int i = 0; i < many; i++) {
            long seq = tail.log.head().seq() + 1;
            tail.append(new Tail.Patch(new Position("e", seq), NOON, "{\"n\":" + seq + "}"));
        }
    }

    private Frame snapshot(long known, long atMs) {
        var from = known < 0 ? null : new Position("e", known);
        return tail.snapshot(from, atMs, 250, NOON.plusMillis(atMs), meters);
    }

    private static String text(Frame frame) {
        return frame.text().toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void atTheEdgesOfTheNumbersWhoCannotBeServedFromTheLogIsNot() {
        for (long begin : new long[] {0, 1_000, (1L << 31) - 20, (1L << 53) - 20}) {
            begins(begin).patches(40);
            long head = begin + 40;
            for (long seq : new long[] {begin, begin + 1, head - 1, head})
                assertTrue(reaches("e", seq), "after " + seq);
            for (long seq : new long[] {
                begin - 1, head + 1, head + 64, 1L << 54, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE, -1
            }) if (seq < begin || seq > head) assertFalse(reaches("e", seq), "after " + seq + " of " + head);
            for (long seq = begin; seq <= head; seq++) assertFalse(reaches("E", seq));
        }
        assertFalse(tail.reaches(null));
    }

    private boolean reaches(String epoch, long seq) {
        return tail.reaches(new Position(epoch, seq));
    }

    @Test
    void aPositionIsAnEpochAndANumberAndNothingElseIsOne() {
        assertEquals(new Position("e", 0), Position.of("e.0"));
        assertEquals(new Position("a.b", Long.MAX_VALUE), Position.of("a.b." + Long.MAX_VALUE));
        for (var none : new String[] {
            null,
            "",
            ".",
            "e",
            "e.",
            ".5",
            "e.-1",
            "e.1.",
            "e.1e3",
            "e.0x1",
            "e. 1",
            "e.9223372036854775808",
            "e.1".repeat(20)
        }) assertNull(Position.of(none), none);
        var at = new Position("k3f9", 41);
        assertEquals(at, Position.of(at.toString()));
    }

    @Test
    void aFewPatchesAreSentHoweverShortThePictureIsAndManyOnlyWhereTheyAreShorter() {
        begins(0).patches(40);
        assertTrue(reaches("e", 0), "as long as there is no picture");
        snapshot(-1, 0);
        assertTrue(reaches("e", 40 - 15));
        assertFalse(reaches("e", 40 - 16), "sixteen are longer than this picture");
    }

    @Test
    void aPictureIsSharedForAWhileAndWhileNothingIsNew() {
        begins(0).patches(1);
        var first = snapshot(-1, 0);
        assertSame(first, snapshot(-1, 1_900), "nothing is new");
        patches(3);
        assertNotSame(first, snapshot(-1, 1_901));
        var second = snapshot(-1, 1_901);
        patches(3);
        assertSame(second, snapshot(-1, 2_150), "and on from there by the log");
        assertNotSame(second, snapshot(-1, 2_151));
        assertEquals(7, snapshot(-1, 2_151).position().seq());
    }

    @Test
    void aPictureThatTheLogDoesNotGoOnFromIsDrawnAnew() {
        begins(0).patches(1);
        var first = snapshot(-1, 0);
        patches(64);
        assertSame(first, snapshot(-1, 10));
        patches(1);
        assertEquals(66, snapshot(-1, 20).position().seq());
    }

    /** His screen would go back, and then forward again over what he has already. */
    @Test
    void nobodyGetsAPictureThatIsOlderThanHisOwn() {
        begins(0).patches(1);
        var first = snapshot(-1, 0);
        patches(30);
        assertSame(first, snapshot(1, 10));
        assertEquals(31, snapshot(2, 10).position().seq());
        patches(1);
        assertEquals(31, snapshot(31, 10).position().seq(), "shared again");
        assertEquals(31, snapshot(33, 10).position().seq(), "from a future that is not ours");
    }

    @Test
    void aPictureTellsTheServersClockAndNotThatOfAnHourAgo() {
        begins(0).patches(1);
        snapshot(-1, 0);
        assertTrue(text(snapshot(-1, 3_600_000)).contains("\"now\":\"2026-12-01T06:00:00.000Z\""));
    }
}

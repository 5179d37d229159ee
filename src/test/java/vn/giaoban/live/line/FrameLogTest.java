package vn.giaoban.live.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a log holds, from the first frame through every turn of its ring: the newest, all of them, and nothing else. */
class FrameLogTest {
    private static final int LOGS = 3;

    /** One thing that its writer does to one of the logs. */
    sealed interface Deed {
        int log();
    }

    record Append(int log, int times, int size) implements Deed {}

    record Reset(int log, String epoch, long seq) implements Deed {}

    record Release(int log) implements Deed {}

    @Provide
    Arbitrary<Deed> deeds() {
        var logs = Arbitraries.integers().between(0, LOGS - 1);
        var appends = Combinators.combine(
                        logs,
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.integers().between(0, 900))
                .as(Append::new);
        // Where numbers are small, where an int ends, where JavaScript's whole numbers end.
        var starts = Arbitraries.of(0L, 1L, 7L, 1_000L, (1L << 31) - 3, (1L << 32) - 9, (1L << 53) - 5);
        var resets = Combinators.combine(logs, Arbitraries.of("a", "b"), starts).as(Reset::new);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, appends),
                net.jqwik.api.Tuple.of(1, resets),
                net.jqwik.api.Tuple.of(1, logs.map(Release::new)));
    }

    /** The same promises, kept in the simplest way. */
    private static final class Kept {
        final ArrayDeque<Frame> frames = new ArrayDeque<>();
        Position head = new Position("0", 0);

        long bytes() {
            return frames.stream().mapToLong(Frame::size).sum();
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aLogHoldsTheNewestFramesWithinItsLimits(
            @ForAll @Size(max = 60) List<@From("deeds") Deed> deeds,
            @ForAll @IntRange(min = 1, max = 70) int mostFrames,
            @ForAll @IntRange(min = 500, max = 20_000) int mostBytes,
            @ForAll @IntRange(min = 500, max = 40_000) int most) {
        var budget = new FrameLog.Budget(most);
        var logs = new FrameLog[LOGS];
        var kept = new Kept[LOGS];
        for (int i = 0; i < LOGS; i++) {
            logs[i] = new FrameLog(budget, mostFrames, mostBytes);
            logs[i].reset(new Position("0", 0));
            kept[i] = new Kept();
        }
        int room = Math.max(8, Integer.highestOneBit(mostFrames));
        for (var deed : deeds) {
            var log = logs[deed.log()];
            var mine = kept[deed.log()];
            switch (deed) {
                case Append append -> {
                    for (int i = 0; i < append.times; i++) {
                        var frame = frame(new Position(mine.head.epoch(), mine.head.seq() + 1), append.size);
                        log.append(frame);
                        mine.head = frame.position();
                        if (mine.frames.size() == room) mine.frames.removeFirst();
                        mine.frames.addLast(frame);
                        while (mine.frames.size() > 1 && (mine.bytes() > mostBytes || sum(kept) > most))
                            mine.frames.removeFirst();
                    }
                }
                case Reset reset -> {
                    log.reset(mine.head = new Position(reset.epoch, reset.seq));
                    mine.frames.clear();
                }
                case Release release -> {
                    log.release();
                    mine.frames.clear();
                }
            }
            assertEquals(sum(kept), budget.used(), "the budget is the sum of what is held");
            for (int i = 0; i < LOGS; i++) holds(logs[i], kept[i]);
        }
    }

    private static long sum(Kept[] all) {
        long sum = 0;
        for (var one : all) sum += one.bytes();
        return sum;
    }

    private static void holds(FrameLog log, Kept kept) {
        var head = kept.head;
        assertEquals(head, log.head());
        long first = head.seq() - kept.frames.size(); // the oldest position from which one may go on
        var at = new Position(head.epoch(), first);
        for (var frame : kept.frames) {
            assertSame(frame, log.next(at));
            at = frame.position();
        }
        for (long seq : new long[] {
            Long.MIN_VALUE,
            -2,
            -1,
            0,
            first - 1,
            head.seq(),
            head.seq() + 1,
            head.seq() + 8,
            1L << 53,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE
        }) {
            if (seq >= first && seq < head.seq()) continue;
            var outside = new Position(head.epoch(), seq);
            assertNull(log.next(outside), () -> "after " + outside + " of " + head);
            assertEquals(seq >= head.seq(), log.endsAt(outside));
            assertEquals(seq <= head.seq(), log.reaches(outside));
            assertEquals(seq == head.seq(), log.isHead(outside));
        }
        for (long seq = first - 1; seq <= head.seq() + 1; seq++) {
            var other = new Position("another", seq);
            assertNull(log.next(other));
            assertTrue(!log.endsAt(other) && !log.reaches(other) && !log.isHead(other));
        }
    }

    @Example
    void aRingThatIsFullHasLostExactlyTheOldest() {
        for (int most : new int[] {8, 16, 512}) {
            var log = new FrameLog(new FrameLog.Budget(1 << 30), most, 1 << 30);
            log.reset(new Position("e", 0));
            for (long seq = 1; seq <= 3L * most + 5; seq++) {
                log.append(frame(new Position("e", seq), 10));
                long oldest = Math.max(0, seq - most);
                assertEquals(
                        oldest + 1,
                        log.next(new Position("e", oldest)).position().seq());
                if (oldest > 0) assertNull(log.next(new Position("e", oldest - 1)));
            }
        }
    }

    @Example
    void theNewestIsThereHoweverLargeItIsAndWhoeverElseHoldsTheMemory() {
        var budget = new FrameLog.Budget(1_000);
        var greedy = new FrameLog(budget, 8, 1 << 20);
        var other = new FrameLog(budget, 8, 100);
        greedy.reset(new Position("e", 0));
        other.reset(new Position("e", 0));
        greedy.append(frame(new Position("e", 1), 50_000));
        for (long seq = 1; seq < 40; seq++) {
            other.append(frame(new Position("e", seq), 2_000));
            assertEquals(seq, other.next(new Position("e", seq - 1)).position().seq());
            assertNull(seq < 2 ? null : other.next(new Position("e", seq - 2)));
        }
        assertEquals(1, greedy.next(new Position("e", 0)).position().seq());
        other.release();
        greedy.release();
        assertEquals(0, budget.used());
    }

    static Frame frame(Position at, int size) {
        return Frame.patch("s", at, java.time.Instant.EPOCH, "{\"x\":\"" + "y".repeat(size) + "\"}");
    }
}

package vn.giaoban.live.line;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * One writer and readers at whatever moment of its appends: each step of a reader is the next frame, the end, or a
 * position that the ring has really left behind. The interleavings are searched by a model checker, the ring at the
 * moments where it grows and where it turns.
 */
public class FrameLogRaceTest { // public, for the model checker
    private static final int RING = 16;
    private static final Frame[] FRAMES = new Frame[2 * RING];

    static {
        System.setProperty("lincheck.logLevel", "ERROR"); // it warns of each record that it cannot look into
        for (int i = 1; i < FRAMES.length; i++) FRAMES[i] = FrameLogTest.frame(new Position("e", i), 1);
    }

    /** What may be done to a log, by whom. */
    public abstract static class Model {
        private final FrameLog log = new FrameLog(new FrameLog.Budget(1 << 20), RING, 1 << 20);

        /** {@code before}: so many frames are there already. */
        Model(int before) {
            log.reset(new Position("e", 0));
            for (int i = 1; i <= before; i++) log.append(FRAMES[i]);
        }

        @Operation(nonParallelGroup = "writer")
        public void publish() {
            log.append(FRAMES[(int) log.head().seq() + 1]);
        }

        @Operation(nonParallelGroup = "readers")
        public void fromTheOldest() {
            follow(log.head().seq() - RING);
        }

        @Operation(nonParallelGroup = "readers")
        public void fromTheHead() {
            follow(log.head().seq() - 1);
        }

        private void follow(long from) {
            var at = new Position("e", Math.max(0, from));
            while (!log.endsAt(at)) {
                var next = log.next(at);
                if (next == null) {
                    // The writer drops the oldest before it says that there is a new head.
                    if (log.head().seq() < at.seq() + RING) throw new IllegalStateException("not there after " + at);
                    return;
                }
                if (next.position().seq() != at.seq() + 1)
                    throw new IllegalStateException(next.position() + " after " + at);
                at = next.position();
            }
        }
    }

    /** Full: each frame more takes the place of the oldest. */
    public static class Turning extends Model {
        public Turning() {
            super(RING);
        }
    }

    /** The ring has its first eight, and grows with the next. */
    public static class Growing extends Model {
        public Growing() {
            super(8);
        }
    }

    @Test
    void whereItTurnsEveryStepIsRight() {
        check(Turning.class);
    }

    @Test
    void whereItGrowsEveryStepIsRight() {
        check(Growing.class);
    }

    private static void check(Class<?> model) {
        new ModelCheckingOptions()
                .iterations(6)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(model);
    }
}

package vn.giaoban.db;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When the database is not worth asking, and when it is again. */
class BreakerTest {
    private final Breaker breaker = new Breaker();
    private long now = 1;

    private void silent(int calls) {
        for (int i = 0; i < calls; i++) {
            assertTrue(breaker.lets(now));
            breaker.unanswered(now);
        }
    }

    @Test
    void aFewCallsWithoutAnAnswerMeanNothing() {
        silent(Breaker.SILENT_CALLS - 1);
        assertFalse(breaker.answered());
        silent(Breaker.SILENT_CALLS - 1);
        assertTrue(breaker.lets(now));
    }

    @Test
    void afterEnoughOfThemOneTriesAtTimes() {
        silent(Breaker.SILENT_CALLS - 1);
        assertTrue(breaker.unanswered(now));
        assertFalse(breaker.lets(now));
        now += Breaker.TRY_NANOS;
        assertTrue(breaker.lets(now));
        assertFalse(breaker.lets(now), "one is enough");
        assertFalse(breaker.unanswered(now), "said once");
        now += Breaker.TRY_NANOS - 1;
        assertFalse(breaker.lets(now));
        now += 1;
        assertTrue(breaker.lets(now));
    }

    @Test
    void oneAnswerEndsIt() {
        silent(Breaker.SILENT_CALLS);
        assertTrue(breaker.answered());
        assertTrue(breaker.lets(now));
        silent(Breaker.SILENT_CALLS - 1);
        assertTrue(breaker.lets(now));
    }
}

package vn.giaoban.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** So many in a second, a second's worth at once, and never one more: whoever asks, whenever, from wherever. */
class BucketTest {
    static final long SECOND = 1_000_000_000L;

    @Property(tries = 500)
    void inNoSpanOfTimeAreThereMoreThanItIsWorthAndOneSecond(
            @ForAll @IntRange(min = 1, max = 10_000) int perSecond,
            @ForAll long begun, // the machine's clock may stand anywhere, and go over its end
            @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 3 * SECOND) Long> pauses) {
        var bucket = new Bucket(perSecond, begun);
        long now = begun;
        long taken = 0;
        double worth = perSecond;
        for (long pause : pauses) {
            now += pause;
            worth = Math.min(perSecond, worth + pause * 1e-9 * perSecond);
            long most = (long) (worth + 1e-3);
            long got = 0;
            for (int i = 0; i <= 50 && bucket.take(now); i++) got++;
            assertTrue(Math.abs(Math.min(51, most) - got) <= 1, () -> "of " + most);
            assertTrue(got <= worth + 1e-2 * perSecond, "never more");
            worth -= got;
            taken += got;
        }
        assertTrue(taken <= perSecond + (now - begun) * 1e-9 * perSecond + 1);
    }

    @Example
    void aSecondsWorthAtOnceAndThenOneByOne() {
        var bucket = new Bucket(5_000, 0);
        for (int i = 0; i < 5_000; i++) assertTrue(bucket.take(0));
        assertFalse(bucket.take(0));
        assertFalse(bucket.take(199_999));
        assertTrue(bucket.take(200_000));
        assertFalse(bucket.take(200_000));
        for (int i = 0; i < 5_000; i++)
            assertTrue(bucket.take(3_600 * SECOND), "an hour is worth no more than a second");
        assertFalse(bucket.take(3_600 * SECOND));
    }

    @Example
    void manyThreadsGetNoMoreThanOne() throws InterruptedException {
        var now = new AtomicLong();
        var bucket = new Bucket(1_000, 0);
        var got = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int t = 0; t < 8; t++)
                threads.execute(() -> {
                    // Each asks 20,000 times while the clock goes on by two seconds in all.
                    for (int i = 0; i < 20_000; i++) if (bucket.take(now.addAndGet(12_500))) got.incrementAndGet();
                });
        }
        assertEquals(2 * SECOND, now.get());
        assertTrue(got.get() <= 1_000 + 2_000, "more than allowed: " + got);
        assertTrue(got.get() >= 1_000 + 1_900, "a good part less than allowed: " + got);
    }
}

package vn.giaoban.bench.load;

/** Counts of delays, in buckets less than one per cent wide; adding one allocates nothing. */
public final class Delays {
    /** 2^7 buckets to each doubling, in microseconds; the last ends beyond an hour. */
    private static final int BITS = 7;

    private static final int SIZE = (33 - BITS) << BITS;

    private final int[] counts = new int[SIZE];
    private long count;
    private long largest;

    public void add(long nanos) {
        add(nanos, 1);
    }

    private void add(long nanos, int times) {
        counts[bucket(Math.max(0, nanos) / 1_000)] += times;
        count += times;
        if (nanos > largest) largest = nanos;
    }

    /** All of the other's, each less by so much: the same arrivals seen from a later moment. */
    public void addAll(Delays other, long lessNanos) {
        for (int i = 0; i < SIZE; i++)
            if (other.counts[i] > 0) add(Math.max(0, middle(i) * 1_000 - lessNanos), other.counts[i]);
        largest = Math.max(largest, other.largest - lessNanos);
    }

    public long count() {
        return count;
    }

    public long largest() {
        return largest;
    }

    public double largestMs() {
        return largest / 1e6;
    }

    /** The delay that this part of all does not exceed, in milliseconds. */
    public double atMs(double part) {
        long wanted = Math.max(1, (long) Math.ceil(count * part));
        for (int i = 0; i < SIZE; i++) {
            wanted -= counts[i];
            if (wanted <= 0) return Math.min(middle(i) / 1e3, largestMs());
        }
        return Double.NaN;
    }

    private static int bucket(long micros) {
        int high = 63 - Long.numberOfLeadingZeros(micros | 1);
        if (high < BITS) return (int) micros;
        int bucket = ((high - BITS + 1) << BITS) + (int) (micros >>> (high - BITS)) - (1 << BITS);
        return Math.min(bucket, SIZE - 1);
    }

    private static long middle(int bucket) {
        int doubling = bucket >>> BITS;
        if (doubling < 2) return bucket;
        int shift = doubling - 1;
        long low = (long) ((bucket & (1 << BITS) - 1) + (1 << BITS)) << shift;
        return low + (1L << shift >> 1);
    }
}

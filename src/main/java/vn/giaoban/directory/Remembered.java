package vn.giaoban.directory;

import java.time.Duration;
import java.util.function.Supplier;

/** Something that hardly ever changes, read again only when what is remembered has grown old. */
final class Remembered<T> {
    private final Supplier<T> reader;
    private final long lifeNanos;
    private volatile Read<T> last;
    private int forgotten;

    private record Read<T>(T value, long at) {}

    Remembered(Duration life, Supplier<T> reader) {
        this.lifeNanos = life.toNanos();
        this.reader = reader;
    }

    /** Two that ask at once may both read; that is cheaper than one waiting for the other inside a transaction. */
    T get() {
        var known = last;
        if (known != null && System.nanoTime() - known.at() < lifeNanos) return known.value();
        int before = forgotten();
        var fresh = new Read<>(reader.get(), System.nanoTime());
        keep(fresh, before);
        return fresh.value();
    }

    private synchronized int forgotten() {
        return forgotten;
    }

    /** What was read before it was forgotten may be the old. */
    private synchronized void keep(Read<T> fresh, int before) {
        if (forgotten == before) last = fresh;
    }

    synchronized void forget() {
        forgotten++;
        last = null;
    }
}

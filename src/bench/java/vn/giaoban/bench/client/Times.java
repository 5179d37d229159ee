package vn.giaoban.bench.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long each of many things took, in milliseconds; from any thread. */
public final class Times {
    private final List<Double> all = new ArrayList<>();

    public synchronized void add(double ms) {
        all.add(ms);
    }

    public synchronized int count() {
        return all.size();
    }

    /** The time that this part of all does not exceed. */
    public synchronized double at(double part) {
        if (all.isEmpty()) return Double.NaN;
        all.sort(null);
        return all.get(Math.max(0, (int) Math.ceil(all.size() * part) - 1));
    }

    /** For people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "p50 %.0f ms, p99 %.0f ms, max %.0f ms, of %d", at(0.5), at(0.99), at(1), count());
    }
}

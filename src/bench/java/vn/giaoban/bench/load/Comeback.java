package vn.giaoban.bench.load;

import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** All readers lose their line and come back where they were: how long until each is connected and has all there is. */
final class Comeback {
    private final Sockets sockets;
    private final AtomicInteger gone = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
    private final AtomicInteger drained = new AtomicInteger();

    Comeback(Sockets sockets) {
        this.sockets = sockets;
    }

    /** Cut by us; each dials again after any part of the spread, as the web client does. */
    String fromCut(int spreadMs, int timeoutSeconds) throws Exception {
        sockets.whenCut(line -> {
            gone.incrementAndGet();
            later(line, ThreadLocalRandom.current().nextLong(spreadMs + 1L));
        });
        long begun = System.nanoTime();
        sockets.cut();
        double seconds = current(begun, timeoutSeconds);
        return said("seconds=%.3f refused=%d failed=%d", seconds, sockets.refused(), sockets.failed());
    }

    /** Told to go by the server; each comes to the other port after the delay that it was given. */
    String fromGoodbye(int port, int timeoutSeconds) throws Exception {
        sockets.moveTo(port);
        sockets.whenCut(line -> {
            gone.incrementAndGet();
            if (line.retryAfterMs() > 0) delays.add(line.retryAfterMs());
            if (line.closeCode() == 1001) drained.incrementAndGet();
            later(line, line.retryAfterMs());
        });
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        while (gone.get() == 0) {
            if (System.nanoTime() > end) throw new TimeoutException("nobody was told to go");
            TimeUnit.MILLISECONDS.sleep(1);
        }
        double seconds = current(System.nanoTime(), timeoutSeconds);
        var told = delays.stream().mapToLong(Long::longValue).sorted().toArray();
        return said(
                "seconds=%.3f told=%d distinct=%d least=%d most=%d drained=%d refused=%d failed=%d",
                seconds,
                told.length,
                delays.stream().distinct().count(),
                told.length == 0 ? 0 : told[0],
                told.length == 0 ? 0 : told[told.length - 1],
                drained.get(),
                sockets.refused(),
                sockets.failed());
    }

    private void later(Line line, long ms) {
        line.loop.schedule(() -> sockets.dial(line), ms, TimeUnit.MILLISECONDS);
    }

    /** From the beginning until everybody was gone, is here, and has what the quickest had when the last one came. */
    private double current(long begun, int timeoutSeconds) throws Exception {
        long end = begun + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        int all = sockets.lines().size();
        while (gone.get() < all || sockets.open() < all) pause(end);
        long newest = sockets.score().quickest();
        while (sockets.score().slowest() < newest) pause(end);
        return (System.nanoTime() - begun) / 1e9;
    }

    private void pause(long end) throws Exception {
        if (System.nanoTime() > end)
            throw new TimeoutException(gone + " went, " + sockets.open() + " of "
                    + sockets.lines().size() + " are back; " + sockets.refused() + " refused, " + sockets.failed()
                    + " failed, " + sockets.lastRefusal());
        TimeUnit.MILLISECONDS.sleep(5);
    }

    private static String said(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}

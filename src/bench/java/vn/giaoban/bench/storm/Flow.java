package vn.giaoban.bench.storm;

import java.util.concurrent.TimeUnit;

/** Publishes to a stream some times a second until it is closed. */
public final class Flow implements AutoCloseable {
    /** What publishes one change. */
    public interface Change {
        void publish() throws Exception;
    }

    private final Thread thread;
    private volatile boolean over;
    private volatile Exception failure;

    public Flow(Change change, int perSecond) {
        thread = Thread.startVirtualThread(() -> {
            try {
                long due = System.nanoTime();
                while (!over) {
                    change.publish();
                    due += TimeUnit.SECONDS.toNanos(1) / perSecond;
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                }
            } catch (Exception e) {
                failure = e;
            }
        });
    }

    @Override
    public void close() throws Exception {
        over = true;
        thread.join();
        if (failure != null) throw failure;
    }
}

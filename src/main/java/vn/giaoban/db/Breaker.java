package vn.giaoban.db;

/**
 * Whether the database, or another server, is worth asking. After some calls in a row that got no answer, two a second try and all others
 * are told at once, instead of each paying its deadline and holding a connection meanwhile; the first answer ends that.
 */
public final class Breaker {
    static final int SILENT_CALLS = 5;
    static final long TRY_NANOS = 500_000_000;

    private final long tryNanos;
    private volatile int silent;
    private long triedAt;

    Breaker() {
        this(TRY_NANOS);
    }

    /** {@code tryNanos}: one call in so long a time tries whether the silence has ended. */
    public Breaker(long tryNanos) {
        this.tryNanos = tryNanos;
    }

    /** Whether a call may ask now; who asks this answers with one of the two below. */
    public boolean lets(long nanos) {
        return silent < SILENT_CALLS || tries(nanos);
    }

    private synchronized boolean tries(long nanos) {
        if (silent < SILENT_CALLS) return true;
        if (nanos - triedAt < tryNanos) return false;
        triedAt = nanos;
        return true;
    }

    /** True where this ended a silence. */
    public boolean answered() {
        return silent > 0 && ends();
    }

    private synchronized boolean ends() {
        boolean open = silent >= SILENT_CALLS;
        silent = 0;
        return open;
    }

    /** True where this began a silence. */
    public synchronized boolean unanswered(long nanos) {
        if (silent >= SILENT_CALLS) return false;
        triedAt = nanos;
        return ++silent == SILENT_CALLS;
    }
}

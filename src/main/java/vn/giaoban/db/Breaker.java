package vn.giaoban.db;

/**
 * Whether the database is worth asking. After some calls in a row that got no answer, two a second try and all others
 * are told at once, instead of each paying its deadline and holding a connection meanwhile; the first answer ends that.
 */
final class Breaker {
    static final int SILENT_CALLS = 5;
    static final long TRY_NANOS = 500_000_000;

    private volatile int silent;
    private long triedAt;

    /** Whether a call may ask now; who asks this answers with one of the two below. */
    boolean lets(long nanos) {
        return silent < SILENT_CALLS || tries(nanos);
    }

    private synchronized boolean tries(long nanos) {
        if (silent < SILENT_CALLS) return true;
        if (nanos - triedAt < TRY_NANOS) return false;
        triedAt = nanos;
        return true;
    }

    /** True where this ended a silence. */
    boolean answered() {
        return silent > 0 && ends();
    }

    private synchronized boolean ends() {
        boolean open = silent >= SILENT_CALLS;
        silent = 0;
        return open;
    }

    /** True where this began a silence. */
    synchronized boolean unanswered(long nanos) {
        if (silent >= SILENT_CALLS) return false;
        triedAt = nanos;
        return ++silent == SILENT_CALLS;
    }
}

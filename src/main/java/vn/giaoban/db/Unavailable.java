package vn.giaoban.db;

/** The database cannot be asked at the moment: the caller may try again. */
public final class Unavailable extends RuntimeException {
    private final boolean outcomeUnknown;

    public Unavailable(String message, Throwable cause, boolean outcomeUnknown) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** The commit was sent and nobody knows whether it took place: repeat with the same key. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}

package vn.giaoban.db;

/** Why the node cannot start, in one sentence that tells the person at the keyboard what to do; printed without a stack trace. */
public final class CannotStart extends RuntimeException {
    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

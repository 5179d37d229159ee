package vn.giaoban.jitsi.lint.config;

/** A file that cannot be read as what its name says it is; the message is one line for whoever wrote it. */
public final class Unreadable extends RuntimeException {
    public Unreadable(String message) {
        super(message);
    }
}

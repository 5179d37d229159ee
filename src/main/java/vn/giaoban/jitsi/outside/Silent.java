package vn.giaoban.jitsi.outside;

import java.util.Locale;

/** A server of Jitsi's gave no answer that can be used, and why. Nothing is known then: neither that it is well nor that it is not. */
public final class Silent extends Exception {
    /** Why. */
    public enum Why {
        /** Nobody takes the connection, or the name is unknown. */
        UNREACHABLE,
        /** Not within the deadline, to the last byte. */
        SLOW,
        /** Not asked: it has been silent before, and its next turn is to come. */
        RESTING,
        /** More than we take. */
        TOO_LONG,
        /** Sends us elsewhere, or wraps what it says. */
        ELSEWHERE,
        /** Says something, but not what this server would say. */
        GARBAGE
    }

    private final Why why;

    public Silent(Why why) {
        super(why.name().toLowerCase(Locale.ROOT), null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    /** It is there and says something: what is wrong is this one answer. */
    public boolean spoke() {
        return why == Why.TOO_LONG || why == Why.ELSEWHERE || why == Why.GARBAGE;
    }
}

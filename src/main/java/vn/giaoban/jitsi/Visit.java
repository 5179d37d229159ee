package vn.giaoban.jitsi;

import java.time.Instant;

/** One person or site on the way into a video room: which room, since when it is open, and as whom. */
public record Visit(String room, Instant opening, String subject, String id, String name, Part part) {
    public enum Part {
        /** Runs the conference: mutes, admits, records. */
        MODERATOR,
        /** Is seen and heard. */
        MEMBER,
        /** Sees and hears. */
        VISITOR
    }

    boolean moderates() {
        return part == Part.MODERATOR;
    }
}

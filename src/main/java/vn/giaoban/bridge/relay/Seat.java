package vn.giaoban.bridge.relay;

import java.util.UUID;

/** One participant in the video room as a moderator's page sees it; {@code endpoint} null: no invited site. */
record Seat(
        String participant,
        UUID endpoint,
        String name,
        boolean moderator,
        boolean audioMuted,
        boolean videoMuted,
        long hand) {
    boolean raised() {
        return hand > 0;
    }

    Seat nobody() {
        return new Seat(participant, null, name, moderator, audioMuted, videoMuted, hand);
    }
}

package vn.giaoban.bridge.relay;

import java.util.UUID;

/**
 * One raising of a hand, told apart from the next by the hour that Jitsi gives it. {@code request}: what the floor made
 * of it; null where the site already waited or spoke.
 */
record Hand(String participant, long hand, UUID endpoint, UUID request, boolean down) {
    boolean is(Seat seat) {
        return participant.equals(seat.participant()) && hand == seat.hand();
    }

    /**
     * Lowered is what the same connection shows lowered. One that is gone has not lowered its hand: its line was cut,
     * and the site keeps its place.
     */
    boolean loweredIn(Roster roster) {
        return roster.seats().stream().anyMatch(seat -> participant.equals(seat.participant()) && !is(seat));
    }

    Hand lowered() {
        return new Hand(participant, hand, endpoint, request, true);
    }
}

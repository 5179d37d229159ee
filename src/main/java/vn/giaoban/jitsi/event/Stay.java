package vn.giaoban.jitsi.event;

import java.time.Instant;

/**
 * One visit of one connection to a room.
 *
 * @param who the id in his token, empty where nobody told it
 * @param to null while he is there as far as we know
 * @param toSure whether an event said so, not only a look at who is there or what came later
 */
public record Stay(
        String room,
        String breakout,
        String nick,
        String occupant,
        String who,
        String name,
        Instant from,
        boolean fromSure,
        Instant to,
        boolean toSure) {
    public boolean open() {
        return to == null;
    }
}

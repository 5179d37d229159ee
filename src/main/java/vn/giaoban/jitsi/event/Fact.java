package vn.giaoban.jitsi.event;

import java.time.Instant;

/**
 * One thing that Jitsi told or showed of a room. Told twice it is one; what follows from many does not depend on their
 * order.
 *
 * @param breakout the side room's id, empty for the main one
 * @param nick the first eight letters of the occupant's id, by which the lists of who is there call him
 * @param occupant his connection's full address, empty where only the nick was seen
 * @param at since when; of DESTROYED when it was created; of SEEN and GONE the hour of the look
 * @param till until when; null where that was not said
 * @param who the id in his token: an endpoint or a person
 */
record Fact(
        String room,
        String breakout,
        Kind kind,
        String nick,
        String occupant,
        Instant at,
        Instant till,
        String who,
        String name) {

    /** What was told. */
    enum Kind {
        CREATED,
        DESTROYED,
        JOINED,
        LEFT,
        /** Stands in the list of everybody that a destroyed room tells: the truth. */
        LISTED,
        /** Is in a list of who is there now, and nobody had told us. */
        SEEN,
        /** Is no longer in such a list, and nobody had told us. */
        GONE
    }

    static Fact ofRoom(String room, String breakout, Kind kind, Instant at, Instant till) {
        return new Fact(room, breakout, kind, "", "", at, till, "", "");
    }

    static Fact look(String room, Kind kind, String nick, Instant at, String name) {
        return new Fact(room, "", kind, nick, "", at, null, "", name);
    }
}

package vn.giaoban.directory.map;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who took part in briefings that are over; the room that knows invitations counts. */
public interface Participation {
    /** The key of the sum of all. */
    String ALL = "*";

    /** An endpoint belongs to what the key names from one day to another, both included. */
    record Stay(UUID endpoint, LocalDate from, LocalDate to, String key) {}

    /** In how many briefings any of them was invited, how many invitations that were, and how many came. */
    record Count(int briefings, int invited, int joined) {
        static final Count NONE = new Count(0, 0, 0);
    }

    /** By key, and the sum of all. */
    Map<String, Count> count(List<Stay> stays, LocalDate from, LocalDate to);
}

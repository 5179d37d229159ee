package vn.giaoban.bridge;

import java.util.Map;
import java.util.UUID;

/** How many named delegates sit at each site of a briefing; known to the room that keeps their names. */
public interface Seats {
    Map<UUID, Integer> taken(UUID briefing);

    int taken(UUID briefing, UUID endpoint);
}

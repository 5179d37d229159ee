package vn.giaoban.bridge;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How many named delegates sit at each site of a briefing; known to the room that keeps their names. */
public interface Seats {
    Map<UUID, Integer> taken(UUID briefing);

    int taken(UUID briefing, UUID endpoint);

    /** Who they are, for the plan and for the site itself. */
    Map<UUID, List<Map<String, Object>>> seated(UUID briefing);

    List<Map<String, Object>> seated(UUID briefing, UUID endpoint);
}

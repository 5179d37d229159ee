package vn.giaoban.bridge.reply;

import java.util.Map;
import java.util.UUID;

/** How many delegates each site has registered; known to the room that keeps their names. */
public interface Registered {
    int registered(UUID briefing, UUID endpoint);

    Map<UUID, Integer> registered(UUID briefing);
}

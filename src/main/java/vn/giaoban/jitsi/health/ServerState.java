package vn.giaoban.jitsi.health;

import java.util.Map;
import vn.giaoban.db.Fields;

/**
 * How one server of Jitsi's was found. What gave no answer that it would give is unknown, never well.
 *
 * @param why a short word, empty where it is well
 */
public record ServerState(String server, State state, String why, Map<String, Double> figures) {
    /** The later, the worse. */
    public enum State {
        OK,
        UNKNOWN,
        SICK
    }

    static ServerState ok(String server, Map<String, Double> figures) {
        return new ServerState(server, State.OK, "", figures);
    }

    static ServerState sick(String server, String why) {
        return new ServerState(server, State.SICK, why, Map.of());
    }

    static ServerState unknown(String server, String why) {
        return new ServerState(server, State.UNKNOWN, why, Map.of());
    }

    public Fields view() {
        return Fields.of("server", server).and("state", state).and("why", why);
    }
}

package vn.giaoban;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;

/**
 * Whether this node should be asked, and what it waits for if not. Every condition is looked up in memory: a probe never
 * waits for the database, and a thousand of them ask it nothing.
 */
final class Health {
    private final Map<String, BooleanSupplier> conditions = new LinkedHashMap<>();
    private volatile String waiting = "start";

    /** A condition by the name under which it is missed; asked from any thread. */
    synchronized Health needs(String name, BooleanSupplier holds) {
        conditions.put(name, holds);
        return this;
    }

    /** From now on the conditions alone decide. */
    void started() {
        waiting = null;
    }

    void stopping() {
        waiting = "stop";
    }

    boolean isStopping() {
        return "stop".equals(waiting);
    }

    synchronized List<String> missing() {
        var missing = new ArrayList<String>();
        if (waiting != null) missing.add(waiting);
        else
            conditions.forEach((name, holds) -> {
                if (!holds.getAsBoolean()) missing.add(name);
            });
        return missing;
    }

    Answer ready() {
        var missing = missing();
        return missing.isEmpty()
                ? new Answer(200, Map.of(), Fields.of("ready", true))
                : new Answer(
                        503,
                        Map.of("Retry-After", "1"),
                        Fields.of("ready", false).and("waitsFor", missing));
    }

    /** Whoever can say so is. */
    Answer live() {
        return new Answer(200, Map.of(), Fields.of("live", true));
    }
}

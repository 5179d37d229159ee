package vn.giaoban.journal;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.db.Columns;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;
import vn.giaoban.db.Unavailable;

/**
 * Carries out what is due. Any node may claim an act; it is applied in the very transaction that marks it done, so it
 * takes place exactly once, and a claim of a dead node falls back with its connection.
 */
public final class DueActs {
    private static final Logger log = LoggerFactory.getLogger(DueActs.class);
    private static final int TRIES = 10;

    private final Db db;
    private final Clock clock;
    private final Consumer<Duration> late;
    private final Map<String, BiConsumer<String, Map<String, Object>>> acts = new HashMap<>();

    /** {@code late}: told after each act how long after its hour it was done. */
    public DueActs(Db db, Clock clock, Consumer<Duration> late) {
        this.db = db;
        this.clock = clock;
        this.late = late;
    }

    /** A room says how its act is done: (subject, detail). An act that no longer fits the state must do nothing. */
    public DueActs on(String act, BiConsumer<String, Map<String, Object>> apply) {
        acts.put(act, apply);
        return this;
    }

    /** Does everything that is due by now; returns how many acts were done. */
    public int run() {
        int done = 0;
        while (one()) done++;
        return done;
    }

    private boolean one() {
        var claimed = new UUID[1];
        try {
            return db.transaction(() -> {
                var row = db.row(
                        """
                        SELECT id, at, act, subject, detail FROM due_act
                        WHERE done_at IS NULL AND at <= $1 AND failed < $2 AND act = ANY ($3)
                        ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED""", Columns.time(clock.instant()), TRIES, acts.keySet().toArray(String[]::new));
                if (row == null) return false;
                claimed[0] = row.getUUID("id");
                acts.get(row.getString("act")).accept(row.getString("subject"), Json.parse(row.getString("detail")));
                var now = clock.instant();
                db.query("UPDATE due_act SET done_at = $2 WHERE id = $1", claimed[0], Columns.time(now));
                var due = row.getOffsetDateTime("at").toInstant();
                db.afterCommit(() -> late.accept(Duration.between(due, now)));
                return true;
            });
        } catch (Unavailable e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("due act {}", claimed[0], e);
            if (claimed[0] == null) return false;
            // It waits a little longer after each failure, and never holds up the acts behind it.
            db.query(
                    "UPDATE due_act SET failed = failed + 1, at = at + interval '2 seconds' WHERE id = $1", claimed[0]);
            return true;
        }
    }
}

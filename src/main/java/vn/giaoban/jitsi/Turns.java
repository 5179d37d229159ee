package vn.giaoban.jitsi;

import static vn.giaoban.db.Columns.time;

import java.time.Clock;
import java.time.Duration;
import vn.giaoban.db.Db;

/** Lets one node do for all what is enough to be done once. */
public final class Turns {
    private final Db db;
    private final Clock clock;

    public Turns(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** True for one node, once in so long a time. */
    public boolean mine(String what, Duration every) {
        var now = clock.instant();
        return db.query("""
                                INSERT INTO video_turn AS t (what, at) VALUES ($1, $2)
                                ON CONFLICT (what) DO UPDATE SET at = excluded.at WHERE t.at <= $3""", what, time(now), time(now.minus(every))).rowCount() > 0;
    }
}

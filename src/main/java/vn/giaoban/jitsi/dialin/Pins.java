package vn.giaoban.jitsi.dialin;

import java.security.SecureRandom;
import java.util.UUID;
import vn.giaoban.db.Db;

/** One number for each briefing that a telephone can reach: nine digits, drawn at random, no two alike, gone with the briefing. */
public final class Pins {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LEAST = 100_000_000;
    private static final int AS_MANY = 900_000_000;
    private static final int TRIES = 5;

    private final PinSql sql;

    public Pins(Db db) {
        this.sql = new PinSql(db);
    }

    /** The briefing's, made where there is none yet. */
    public String of(UUID briefing, String room) {
        for (int i = 0; i < TRIES; i++) {
            var pin = sql.of(briefing);
            if (pin != null) return pin;
            sql.insert(briefing, room, String.valueOf(LEAST + RANDOM.nextInt(AS_MANY)));
        }
        throw new IllegalStateException("no free number");
    }

    /** Null where it opens nothing. */
    String room(String pin) {
        return sql.room(pin);
    }

    public void release(UUID briefing) {
        sql.delete(briefing);
    }
}

package vn.giaoban.jitsi.key;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Db;

/**
 * The keys for one kind of token, made and turned by themselves, shared by all nodes through the database. Entrance and
 * command never share one: whoever may enter could command otherwise.
 */
public final class SigningKeys {
    private final String purpose;
    private final Settings.Jitsi settings;
    private final Db db;
    private final Clock clock;
    private final KeySql sql;

    /** What a token is signed with: the key's id, and the signature of a text. */
    public record Signed(String kid, java.util.function.Function<String, byte[]> by) {}

    /** {@code purpose}: "login" or "system". */
    public SigningKeys(String purpose, Settings.Jitsi settings, Db db, Clock clock) {
        this.purpose = "jitsi-" + purpose;
        this.settings = settings;
        this.db = db;
        this.clock = clock;
        this.sql = new KeySql(db);
    }

    private KeyRing ring() {
        return new KeyRing(
                sql.of(purpose),
                Duration.ofDays(settings.keyDays()),
                Duration.ofMinutes(settings.keyLeadMinutes()),
                Duration.ofMinutes(settings.tokenMinutes()));
    }

    /** Whose turn it is to sign. */
    public Signed signing() {
        var key = ring().signing(clock.instant());
        if (key == null) {
            turn();
            key = ring().signing(clock.instant());
        }
        return new Signed(key.id(), key::sign);
    }

    /** The public half by its file name; null where there is none, or its last token has run out. */
    String shown(String fileName) {
        return ring().shown(clock.instant()).stream()
                .filter(key -> key.fileName().equals(fileName))
                .map(SigningKey::publicPem)
                .findFirst()
                .orElse(null);
    }

    /** Makes the next key in time, and forgets those that nobody needs. */
    public void turn() {
        var now = clock.instant();
        var seen = ring();
        seen.spent(now).forEach(sql::delete);
        if (!seen.due(now)) return;
        var id = purpose + "-" + UUID.randomUUID().toString().substring(0, 8);
        // Made outside of the lock: it takes a while.
        var next = SigningKey.make(id, now);
        db.transaction(() -> {
            sql.lock(purpose);
            if (ring().due(now)) sql.insert(purpose, next);
            return null;
        });
    }
}

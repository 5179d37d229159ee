package vn.giaoban.people.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Db;
import vn.giaoban.http.Refusal;

/** Counts the tries at passwords, by account and by address, on all nodes together; too many within an hour must wait. */
public final class Attempts {
    private static final Duration WINDOW = Duration.ofHours(1);

    private final Db db;
    private final Clock clock;
    private final int perAccount;
    private final int perAddress;

    /** One try that was let through. */
    public record Attempt(String account, String address, OffsetDateTime at) {}

    public Attempts(Db db, Clock clock, Settings.SignIn settings) {
        this.db = db;
        this.clock = clock;
        this.perAccount = settings.triesPerAccountAndHour();
        this.perAddress = settings.triesPerAddressAndHour();
    }

    /** Counts the try before it is made, so that many at once are not counted as one; refuses with 429. */
    public Attempt admit(String username, String address) {
        var attempt = new Attempt(
                "account:" + username.toLowerCase(Locale.ROOT),
                "address:" + network(address),
                clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        return db.transaction(() -> {
            count(attempt.account(), perAccount, attempt.at());
            count(attempt.address(), perAddress, attempt.at());
            return attempt;
        });
    }

    /** It was the right password: the account's tries are forgotten, the address keeps those at other accounts. */
    public void forgive(Attempt attempt) {
        db.query("DELETE FROM sign_in_attempt WHERE who = $1", attempt.account());
        db.query("DELETE FROM sign_in_attempt WHERE who = $1 AND at = $2", attempt.address(), attempt.at());
    }

    /** A refused try is not counted: who goes on trying does not lock the owner out for longer. */
    private void count(String who, int limit, OffsetDateTime at) {
        db.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", who);
        var row = db.row("""
                SELECT count(*) AS tries, min(at) AS first FROM (
                  SELECT at FROM sign_in_attempt WHERE who = $1 AND at > $2 ORDER BY at DESC LIMIT $3
                ) recent""", who, since(at), limit);
        if (row.getLong("tries") >= limit) {
            long wait = Duration.between(at, row.getOffsetDateTime("first").plus(WINDOW))
                            .toSeconds()
                    + 1;
            throw new Refusal(429, "too-many-tries", Map.of("minutes", (wait + 59) / 60)).retryAfter(wait);
        }
        db.query("INSERT INTO sign_in_attempt (who, at) VALUES ($1, $2)", who, at);
    }

    private static OffsetDateTime since(OffsetDateTime at) {
        return at.minus(WINDOW);
    }

    /** Of IPv6 the first half: one household has 2^64 addresses. */
    static String network(String address) {
        if (!address.contains(":")) return address;
        try {
            var bytes = InetAddress.getByName(address).getAddress();
            if (bytes.length == 4) return InetAddress.getByAddress(bytes).getHostAddress();
            return HexFormat.of().formatHex(bytes, 0, 8);
        } catch (UnknownHostException e) {
            return address;
        }
    }
}

package vn.giaoban.people.session;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Db;

/**
 * Opens, finds and ends sessions. What it found it remembers for at most {@link #REMEMBERED}, so that an ending
 * takes effect on every node within five seconds, whether or not anybody tells it. Its futures may be asked for on
 * an event loop.
 */
public final class Sessions {
    /** Shorter than the five seconds that are promised, by the time of a slow answer of the database. */
    static final Duration REMEMBERED = Duration.ofSeconds(3);

    /** Sockets and requests move the time of last use at most this often. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private static final int SECRET_BYTES = 32;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionSql sql;
    private final Clock clock;
    private final Duration lifetime;
    private final Duration idle;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();
    private volatile long tidiedAt = System.nanoTime();

    /** A session, and for a browser the secret of its cookie, which stands nowhere else. */
    public record Opened(Session session, String secret) {}

    private record Remembered(Session session, long atNanos) {
        boolean fresh() {
            return System.nanoTime() - atNanos < REMEMBERED.toNanos();
        }
    }

    public Sessions(Db db, Clock clock, Settings.SignIn settings) {
        this.sql = new SessionSql(db);
        this.clock = clock;
        this.lifetime = Duration.ofHours(settings.sessionHours());
        this.idle = Duration.ofMinutes(settings.idleMinutes());
    }

    public Opened open(UUID person, int personVersion, Session.Kind kind, String agent) {
        var now = now();
        var session = new Session(UUID.randomUUID(), person, personVersion, kind, now, now.plus(lifetime), agent);
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        var secret = kind == Session.Kind.BROWSER
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                : null;
        sql.insert(session, secret == null ? null : digest(secret));
        return new Opened(session, secret);
    }

    /** The running session of a cookie, or null. */
    public Future<Session> byCookie(String secret) {
        if (!SECRET.matcher(secret).matches()) return Future.succeededFuture();
        var digest = digest(secret);
        return find(HexFormat.of().formatHex(digest), () -> sql.bySecret(digest, now(), idleSince()));
    }

    /** The running session of a program, or null. */
    public Future<Session> byId(UUID id) {
        return find(id.toString(), () -> sql.byId(id, now(), idleSince()));
    }

    /**
     * Of the sessions that live sockets hold: those that have ended (their value is null), and those whose person
     * has changed, with the present version. Asked straight from the database, in one query whatever their number;
     * a session with an open socket is in use.
     *
     * @param held each session with the version its person was at
     */
    public Future<Map<UUID, Integer>> changed(Map<UUID, Integer> held) {
        if (held.isEmpty()) return Future.succeededFuture(Map.of());
        return sql.changed(held, now(), idleSince(), now().minus(SEEN_EVERY))
                .onSuccess(changed -> forget(changed.keySet()));
    }

    public List<Session> of(UUID person) {
        return sql.of(person, now(), idleSince());
    }

    /** Whether there was such a running session of this person. */
    public boolean end(UUID session, UUID person) {
        var ended = sql.end(session, person, now());
        forget(Set.of(session));
        return ended;
    }

    /** Ends every session of the person but one, which may be null. */
    public void endAll(UUID person, UUID except) {
        sql.endAll(person, except, now());
        forgetThoseOf(person);
    }

    /** Something has changed about the person: this node at least knows at once. */
    public void forgetThoseOf(UUID person) {
        remembered.values().removeIf(r -> r.session().person().equals(person));
    }

    private Future<Session> find(String key, Supplier<Future<SessionSql.Found>> ask) {
        var known = remembered.get(key);
        if (known != null && known.fresh() && known.session().expiresAt().isAfter(now()))
            return Future.succeededFuture(known.session());
        // The age counts from before the question: an answer that was long on its way is old when it comes.
        long askedAt = System.nanoTime();
        return ask.get().map(found -> {
            forgetOld();
            if (found == null) {
                remembered.remove(key);
                return null;
            }
            remembered.put(key, new Remembered(found.session(), askedAt));
            if (found.seenAt().isBefore(now().minus(SEEN_EVERY)))
                sql.seen(found.session().id(), now());
            return found.session();
        });
    }

    private void forget(Set<UUID> sessions) {
        if (!sessions.isEmpty())
            remembered.values().removeIf(r -> sessions.contains(r.session().id()));
    }

    private void forgetOld() {
        if (System.nanoTime() - tidiedAt < REMEMBERED.toNanos()) return;
        tidiedAt = System.nanoTime();
        remembered.values().removeIf(r -> !r.fresh());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Instant idleSince() {
        return now().minus(idle);
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

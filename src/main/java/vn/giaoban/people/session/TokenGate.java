package vn.giaoban.people.session;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import vn.giaoban.db.Json;
import vn.giaoban.http.Refusal;

/**
 * Makes the tokens of programs and lets in only what it made: everything about a token is known beforehand, so
 * everything is demanded, and whatever is there besides is refused. The library that verifies the signature would
 * by itself accept unsigned tokens where it has no key, and tokens without an end; it never sees those.
 */
public final class TokenGate {
    private static final int MAX_LENGTH = 4096;
    private static final int SIGNATURE_BYTES = 64;
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(15);
    /** By how much the clocks of two nodes may differ. */
    private static final Duration LEEWAY = Duration.ofSeconds(10);

    private static final String ALGORITHM = "ES256";
    private static final String ISSUER = "giaoban";
    private static final String AUDIENCE = "giaoban/api";
    private static final String USE = "access";
    private static final Set<String> HEADER = Set.of("alg", "typ", "kid");
    private static final Set<String> CLAIMS = Set.of("iss", "aud", "sub", "sid", "jti", "iat", "exp", "use");
    private static final Pattern SEGMENTS = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

    private final Keys.Pair newest;
    private final JWTAuth signer;
    private final Map<String, JWTAuth> verifiers = new HashMap<>();
    private final Clock clock;
    private final Duration lifetime;

    public record Token(String text, Instant expiresAt) {}

    /** What a good token says: through which session, whose, and until when. */
    public record Claims(UUID session, UUID person, Instant expiresAt) {}

    /** @param keys newest first: that one signs, all verify */
    public TokenGate(Vertx vertx, List<Keys.Pair> keys, Clock clock, Duration lifetime) {
        if (keys.isEmpty()) throw new IllegalArgumentException("a gate without a key would stand open");
        if (lifetime.compareTo(MAX_LIFETIME) > 0 || !lifetime.isPositive())
            throw new IllegalArgumentException("tokens live up to " + MAX_LIFETIME.toMinutes() + " minutes");
        this.clock = clock;
        this.lifetime = lifetime;
        this.newest = keys.getFirst();
        this.signer = library(vertx, newest.id(), newest.privatePem());
        for (var pair : keys) verifiers.put(pair.id(), library(vertx, pair.id(), pair.publicPem()));
    }

    /** Throws where the gate lets a bad token through: then the server must not start. */
    public void selfTest() {
        new TokenTrial(this, newest, clock.instant()).run();
    }

    private static JWTAuth library(Vertx vertx, String id, String pem) {
        return JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm(ALGORITHM)
                                .setId(id)
                                .setBuffer(pem))
                        // Time is checked here, by our clock.
                        .setJWTOptions(new JWTOptions()
                                .setAlgorithm(ALGORITHM)
                                .setIssuer(ISSUER)
                                .addAudience(AUDIENCE)
                                .setIgnoreExpiration(true)));
    }

    /** A token of the session, which it does not outlive. */
    public Token issue(Session session) {
        var now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        var end = now.plus(lifetime);
        if (session.expiresAt().isBefore(end))
            end = Instant.ofEpochSecond(session.expiresAt().getEpochSecond());
        var claims = claims(session.person(), session.id(), now, end);
        var options = new JWTOptions().setAlgorithm(ALGORITHM).setNoTimestamp(true);
        return new Token(signer.generateToken(new JsonObject(claims), options), end);
    }

    /** What the token says, or a refusal; nothing else ever comes out. */
    public Claims verify(String token) {
        Claims claims;
        try {
            claims = read(token);
        } catch (Exception e) { // whatever a hostile token makes a library throw
            claims = null;
        }
        if (claims == null) throw new Refusal(401, "sign-in", Map.of());
        return claims;
    }

    private Claims read(String token) throws Json.Malformed {
        if (token.length() > MAX_LENGTH) return null;
        var segments = SEGMENTS.matcher(token);
        if (!segments.matches()) return null;
        var header = Json.read(decoded(segments.group(1)));
        var claims = Json.read(decoded(segments.group(2)));
        // The library reads the first bytes of a signature and lets any others follow.
        if (decoded(segments.group(3)).length != SIGNATURE_BYTES) return null;
        if (!header.keySet().equals(HEADER) || !claims.keySet().equals(CLAIMS)) return null;
        if (!ALGORITHM.equals(header.get("alg")) || !"JWT".equals(header.get("typ"))) return null;
        if (!(header.get("kid") instanceof String kid) || !verifiers.containsKey(kid)) return null;
        if (!ISSUER.equals(claims.get("iss")) || !AUDIENCE.equals(claims.get("aud"))) return null;
        if (!USE.equals(claims.get("use")) || id(claims.get("jti")) == null) return null;
        if (!timely(claims.get("iat"), claims.get("exp"))) return null;
        var end = Instant.ofEpochSecond(((Number) claims.get("exp")).longValue());
        var checked = new Claims(id(claims.get("sid")), id(claims.get("sub")), end);
        if (checked.session() == null || checked.person() == null) return null;
        var signature = verifiers.get(kid).authenticate(new TokenCredentials(token));
        return signature.succeeded() ? checked : null;
    }

    private boolean timely(Object issued, Object ends) {
        if (!seconds(issued) || !seconds(ends)) return false;
        long iat = ((Number) issued).longValue();
        long exp = ((Number) ends).longValue();
        long now = clock.instant().getEpochSecond();
        return iat <= now + LEEWAY.toSeconds()
                && exp > now - LEEWAY.toSeconds()
                && exp > iat
                && exp - iat <= MAX_LIFETIME.toSeconds();
    }

    /** Whole seconds of our era: no text, no fraction, nothing that could overflow. */
    private static boolean seconds(Object value) {
        return value instanceof Integer i && i > 0 || value instanceof Long l && l > 0 && l < 1L << 40;
    }

    /** One text, one value: unused bits at the end of a segment are zero. */
    private static byte[] decoded(String segment) {
        var bytes = Base64.getUrlDecoder().decode(segment);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(segment))
            throw new IllegalArgumentException();
        return bytes;
    }

    private static UUID id(Object value) {
        if (!(value instanceof String text) || text.length() != 36) return null;
        var id = UUID.fromString(text);
        return id.toString().equals(text) ? id : null;
    }

    static Map<String, Object> claims(UUID person, UUID session, Instant issued, Instant ends) {
        var claims = new HashMap<String, Object>();
        claims.put("iss", ISSUER);
        claims.put("aud", AUDIENCE);
        claims.put("sub", person.toString());
        claims.put("sid", session.toString());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", issued.getEpochSecond());
        claims.put("exp", ends.getEpochSecond());
        claims.put("use", USE);
        return claims;
    }
}

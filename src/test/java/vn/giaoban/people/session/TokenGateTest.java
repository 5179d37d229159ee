package vn.giaoban.people.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import vn.giaoban.http.Refusal;

/** The gate lets in what it made, and nothing else, whatever is thrown at it. */
class TokenGateTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");
    private static final Keys.Pair PAIR = Keys.make("token-1");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final long SEED = Long.getLong("seed", 20_261_201);

    private final TokenGate gate = at(NOW);
    private final TokenTrial trial = new TokenTrial(gate, PAIR, NOW);

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void letsInWhatItMade() {
        var session = session(NOW.plusSeconds(3_600));
        var token = gate.issue(session);
        assertEquals(NOW.plus(TEN_MINUTES), token.expiresAt());
        assertEquals(
                new TokenGate.Claims(session.id(), session.person(), token.expiresAt()), gate.verify(token.text()));
        assertEquals(
                session.id(), at(NOW.plus(TEN_MINUTES)).verify(token.text()).session());
        refuses("after its end", at(NOW.plus(TEN_MINUTES).plusSeconds(30)), token.text());
        refuses("before its time", at(NOW.minusSeconds(30)), token.text());
    }

    @Test
    void aTokenDoesNotOutliveItsSession() {
        assertEquals(
                NOW.plusSeconds(60), gate.issue(session(NOW.plusSeconds(60))).expiresAt());
    }

    @Test
    void anOlderKeyStillVerifiesAndARetiredOneDoesNot() {
        var token = gate.issue(session(NOW.plusSeconds(3_600))).text();
        var newer = Keys.make("token-2");
        var both = new TokenGate(VERTX, List.of(newer, PAIR), clock(NOW), TEN_MINUTES);
        assertDoesNotThrow(() -> both.verify(token));
        assertDoesNotThrow(
                () -> both.verify(both.issue(session(NOW.plusSeconds(3_600))).text()));
        refuses("of a retired key", new TokenGate(VERTX, List.of(newer), clock(NOW), TEN_MINUTES), token);
    }

    @Test
    void passesItsOwnTrialAndDoesNotExistWithoutAKey() {
        assertDoesNotThrow(gate::selfTest);
        assertTrue(trial.bad().size() >= 12);
        assertThrows(IllegalArgumentException.class, () -> new TokenGate(VERTX, List.of(), clock(NOW), TEN_MINUTES));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TokenGate(VERTX, List.of(PAIR), clock(NOW), Duration.ofHours(1)));
    }

    @Test
    void refusesEveryTokenOfTheTrial() {
        trial.bad().forEach((name, token) -> refuses(name, gate, token));
    }

    /** Each claim and each member of the header: left out, of every other type, and of values nobody means. */
    @Test
    void refusesClaimsThatAreNotAsMade() {
        int tried = 0;
        for (var name : List.copyOf(trial.claims().fieldNames())) {
            var left = trial.claims();
            left.remove(name);
            refuses("without " + name, gate, TokenTrial.signed(trial.header(), left, PAIR));
            for (var odd : odd()) {
                refuses(
                        name + "=" + odd,
                        gate,
                        TokenTrial.signed(trial.header(), trial.claims().put(name, odd), PAIR));
                tried++;
            }
        }
        for (var name : List.of("alg", "typ", "kid", "jku", "x5u", "jwk", "x5c", "crit", "cty", "zip", "b64"))
            for (var odd : odd()) {
                refuses(
                        name + ": " + odd,
                        gate,
                        TokenTrial.signed(trial.header().put(name, odd), trial.claims(), PAIR));
                tried++;
            }
        assertTrue(tried >= 250, tried + " tried");
    }

    /** Headers that we never sign, over claims that are good: with a stolen signature, and with none. */
    @Test
    void refusesHeadersThatAreNotAsMade() {
        var signature = TokenTrial.signed(trial.header(), trial.claims(), PAIR).split("\\.")[2];
        var claims = TokenTrial.segment(trial.claims());
        for (var alg :
                List.of("none", "None", "NONE", "nOnE", "HS256", "RS256", "PS256", "ES384", "ES256K", "EdDSA", ""))
            for (var typ : new String[] {"JWT", "jwt", "at+jwt", null})
                for (var kid : new String[] {PAIR.id(), "", "' OR 1=1 --", "../../etc/passwd", "\0", null})
                    for (var end : List.of("", signature, "AA")) {
                        var header = new JsonObject().put("alg", alg);
                        if (typ != null) header.put("typ", typ);
                        if (kid != null) header.put("kid", kid);
                        refuses(header.encode(), gate, TokenTrial.segment(header) + "." + claims + "." + end);
                    }
    }

    /** A good token with something changed: a letter, a piece, a byte of what is inside. */
    @Test
    void refusesWhateverIsChanged() {
        var random = new Random(SEED);
        var good = TokenTrial.signed(trial.header(), trial.claims(), PAIR);
        for (int i = 0; i < 5_000; i++) {
            var bad = changed(good, random);
            if (!bad.equals(good)) refuses("seed " + SEED + ", " + i + ": " + bad + " of " + good, gate, bad);
        }
    }

    private static String changed(String good, Random random) {
        var parts = good.split("\\.");
        int at = random.nextInt(good.length());
        return switch (random.nextInt(8)) {
            case 0 -> good.substring(0, at) + letter(random) + good.substring(at + 1);
            case 1 -> good.substring(0, at) + good.substring(at + 1);
            case 2 -> good.substring(0, at) + letter(random) + good.substring(at);
            case 3 -> good.substring(0, at);
            case 4 -> good.substring(0, at) + (char) random.nextInt(0x1_0000) + good.substring(at);
            case 5 -> {
                int segment = random.nextInt(3);
                var bytes = Base64.getUrlDecoder().decode(parts[segment]);
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                parts[segment] = TokenTrial.encoded(bytes);
                yield String.join(".", parts);
            }
            case 6 -> {
                var bytes = new byte[random.nextInt(80)];
                random.nextBytes(bytes);
                parts[random.nextInt(3)] = TokenTrial.encoded(bytes);
                yield String.join(".", parts);
            }
            default -> {
                var text = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
                parts[1] = TokenTrial.encoded(text.replaceFirst("\\d", String.valueOf(random.nextInt(10)))
                        .concat(random.nextBoolean() ? " " : "")
                        .getBytes(StandardCharsets.UTF_8));
                yield String.join(".", parts);
            }
        };
    }

    private static char letter(Random random) {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ".charAt(random.nextInt(69));
    }

    private static List<Object> odd() {
        return new ArrayList<>(List.of(
                "",
                "x",
                "giaoban ",
                "ｇｉａｏｂａｎ",
                "0",
                0,
                -1,
                1,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5,
                1e300,
                Double.MIN_VALUE,
                true,
                false,
                new JsonArray(),
                new JsonArray().add("giaoban/api"),
                new JsonObject(),
                new JsonObject(Map.of("giaoban", "giaoban/api")),
                "x".repeat(5_000)));
    }

    private static void refuses(String name, TokenGate gate, String token) {
        var refusal = assertThrows(Refusal.class, () -> gate.verify(token), name);
        assertEquals(401, refusal.status());
    }

    private static TokenGate at(Instant now) {
        return new TokenGate(VERTX, List.of(PAIR), clock(now), TEN_MINUTES);
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static Session session(Instant expiresAt) {
        return new Session(UUID.randomUUID(), UUID.randomUUID(), 1, Session.Kind.PROGRAM, NOW, expiresAt, "test");
    }
}

package vn.giaoban.jitsi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Json;
import vn.giaoban.story.World;

/** The token as Prosody's token module reads it: header, every claim, and the signature. */
class VideoTokenTest {
    private static final String SECRET = "a-secret-of-the-test-with-32-bytes";
    private static final Settings.Jitsi SETTINGS = settings("meet.example.vn", SECRET);
    private static final Instant NOW = Instant.parse("2026-12-01T01:30:00Z");
    private static final Instant OPENING = Instant.parse("2026-12-01T01:00:00Z");

    @Test
    void theHeaderNamesTypeAndAlgorithm() {
        assertEquals(Map.of("alg", "HS256", "typ", "JWT"), part(token(Visit.Part.MEMBER), 0));
    }

    @Test
    void itIsForOneRoomAndAFewMinutesFromTheOpeningOn() {
        var token = VideoToken.of(SETTINGS, null, visit(Visit.Part.MEMBER), NOW);
        var claims = part(token.text(), 1);
        assertEquals("giaoban", claims.get("iss"));
        assertEquals("jitsi", claims.get("aud"), "a plain string: a list is refused");
        assertEquals("*", claims.get("sub"));
        assertEquals("gb-abc234", claims.get("room"));
        assertEquals(seconds("2026-12-01T00:59:50Z"), claims.get("nbf"));
        assertEquals(seconds("2026-12-01T01:30:00Z"), claims.get("iat"));
        assertEquals(seconds("2026-12-01T01:35:00Z"), claims.get("exp"));
        assertEquals(Instant.parse("2026-12-01T01:35:00Z"), token.expiresAt());
        assertEquals(Set.of("iss", "aud", "sub", "room", "nbf", "iat", "exp", "context"), claims.keySet());
    }

    @Test
    void onlyWhoRunsItIsModerator() {
        assertEquals(
                Map.of("id", "e37", "name", "Sở Y tế Nghệ An", "affiliation", "member", "moderator", false),
                user(Visit.Part.MEMBER));
        assertEquals(
                Map.of("id", "e37", "name", "Sở Y tế Nghệ An", "affiliation", "owner", "moderator", true),
                user(Visit.Part.MODERATOR));
        assertEquals(
                Map.of(
                        "id",
                        "e37",
                        "name",
                        "Sở Y tế Nghệ An",
                        "affiliation",
                        "member",
                        "moderator",
                        false,
                        "role",
                        "visitor"),
                user(Visit.Part.VISITOR));
    }

    @Test
    void onlyModeratorsRecordStreamTranscribeAndCallOut() {
        for (var part : Visit.Part.values())
            for (var feature : Set.of("recording", "livestreaming", "transcription", "outbound-call"))
                assertEquals(
                        part == Visit.Part.MODERATOR,
                        inner(token(part), "features").get(feature),
                        part + " " + feature);
    }

    @Test
    void theSignatureIsHmacSha256OverHeaderAndClaims() throws Exception {
        var token = token(Visit.Part.MEMBER);
        var signed = token.substring(0, token.lastIndexOf('.'));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertArrayEquals(
                mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)),
                Base64.getUrlDecoder().decode(token.substring(signed.length() + 1)));
        assertFalse(token.contains("="), "base64url without padding");
    }

    /** A second opinion: a library that knows nothing of us accepts it, and refuses it under another secret. */
    @Test
    void aLibraryAcceptsIt() throws Exception {
        var now = Instant.now();
        var visit = new Visit("gb-abc234", now.minusSeconds(60), "Giao ban", "e37", "Nghệ An", Visit.Part.MEMBER);
        var token = VideoToken.of(SETTINGS, null, visit, now).text();
        var vertx = Vertx.vertx();
        try {
            var user = library(vertx, SECRET)
                    .authenticate(new TokenCredentials(token))
                    .await(10, TimeUnit.SECONDS);
            assertEquals("gb-abc234", user.principal().getString("room"));
            assertThrows(
                    SignatureException.class,
                    () -> library(vertx, "another-secret-of-another-server")
                            .authenticate(new TokenCredentials(token))
                            .await());
        } finally {
            vertx.close().await();
        }
    }

    private static JWTAuth library(Vertx vertx, String secret) {
        return JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(
                                new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(secret))
                        .setJWTOptions(new JWTOptions().setIssuer("giaoban").addAudience("jitsi")));
    }

    @Test
    void itNamesNoMailAndIsNotPrinted() {
        assertFalse(Json.text(part(token(Visit.Part.MODERATOR), 1)).contains("mail"));
        var token = VideoToken.of(SETTINGS, null, visit(Visit.Part.MEMBER), NOW);
        assertFalse(token.toString().contains("ey"));
    }

    @Test
    void withoutADomainThereIsPlainlyNone() {
        var none = new VideoRooms(settings("", ""), null, Clock.systemUTC());
        assertEquals(Map.of("configured", false), none.enter(() -> {
            throw new AssertionError("nobody is asked in");
        }));
    }

    @Test
    void aDomainWithoutASecretStopsTheStart() {
        var half = settings("meet.example.vn", " ");
        var unusable = assertThrows(Settings.Unusable.class, () -> new VideoRooms(half, null, Clock.systemUTC()));
        assertTrue(unusable.getMessage().contains("jitsi.secret"));
    }

    @Test
    void theAnswerSaysWhatThePageNeeds() {
        var rooms = new VideoRooms(SETTINGS, null, Clock.fixed(NOW, ZoneOffset.UTC));
        var answer = rooms.enter(() -> visit(Visit.Part.MODERATOR));
        assertEquals(
                Set.of(
                        "configured",
                        "domain",
                        "room",
                        "token",
                        "expiresAt",
                        "moderator",
                        "startMuted",
                        "lobby",
                        "displayName",
                        "subject"),
                answer.keySet());
        assertEquals(true, answer.get("moderator"));
        for (var part : Visit.Part.values())
            assertEquals(true, rooms.enter(() -> visit(part)).get("startMuted"), "" + part);
        assertEquals(false, answer.get("lobby"));
        assertEquals("2026-12-01T01:35:00.000Z", answer.get("expiresAt"));
    }

    /** Only who can open a lobby is told that there is one. */
    @Test
    void whoModeratesKnowsThatTheRoomBeginsWithALobby() {
        var settings = World.settings(
                        "",
                        Map.of(
                                "GIAOBAN_JITSI_DOMAIN", SETTINGS.domain(),
                                "GIAOBAN_JITSI_SECRET", SETTINGS.secret(),
                                "GIAOBAN_JITSI_RESERVATION_LOBBY", "true"))
                .jitsi();
        var rooms = new VideoRooms(settings, null, Clock.fixed(NOW, ZoneOffset.UTC));
        assertEquals(true, rooms.enter(() -> visit(Visit.Part.MODERATOR)).get("lobby"));
        assertEquals(false, rooms.enter(() -> visit(Visit.Part.MEMBER)).get("lobby"));
    }

    private static Visit visit(Visit.Part part) {
        return new Visit("gb-abc234", OPENING, "Giao ban", "e37", "Sở Y tế Nghệ An", part);
    }

    private static String token(Visit.Part part) {
        return VideoToken.of(SETTINGS, null, visit(part), NOW).text();
    }

    private static Map<String, Object> part(String token, int part) {
        return Json.parse(new String(Base64.getUrlDecoder().decode(token.split("\\.")[part]), StandardCharsets.UTF_8));
    }

    private static Map<String, Object> user(Visit.Part part) {
        return inner(token(part), "user");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(String token, String name) {
        return (Map<String, Object>) ((Map<String, Object>) part(token, 1).get("context")).get(name);
    }

    private static Object seconds(String instant) {
        return (int) Instant.parse(instant).getEpochSecond();
    }

    private static Settings.Jitsi settings(String domain, String secret) {
        return World.settings("", Map.of("GIAOBAN_JITSI_DOMAIN", domain, "GIAOBAN_JITSI_SECRET", secret))
                .jitsi();
    }
}

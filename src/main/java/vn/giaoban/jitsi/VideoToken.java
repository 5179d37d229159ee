package vn.giaoban.jitsi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/**
 * The token that Jitsi's Prosody asks for: one room, one visitor, a few minutes. It is looked at once, at the login,
 * and cannot be called back, so its life is short. It names no e-mail: everybody in the room could read it.
 */
record VideoToken(String text, Instant expiresAt) {
    /** Prosody's clock may be a little behind ours. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    /** Prosody refuses another typ, and takes one algorithm per virtual host. */
    private static final Map<String, Object> HEADER = Fields.of("alg", "HS256").and("typ", "JWT");

    static VideoToken of(Settings.Jitsi settings, Visit visit, Instant now) {
        var expiresAt = now.plus(Duration.ofMinutes(settings.tokenMinutes()));
        var claims = Fields.of("iss", settings.appId())
                .and("aud", settings.audience()) // a plain string: Prosody refuses a list
                .and("sub", settings.subject())
                .and("room", visit.room())
                .and("iat", now.getEpochSecond())
                .and("nbf", visit.opening().minus(SKEW).getEpochSecond())
                .and("exp", expiresAt.getEpochSecond())
                .and("context", Fields.of("user", user(visit)).and("features", features(visit)));
        var signed = part(Json.text(HEADER)) + "." + part(Json.text(claims));
        return new VideoToken(signed + "." + part(hmac(settings.secret(), signed)), expiresAt);
    }

    private static Fields user(Visit visit) {
        var user = Fields.of("id", visit.id())
                .and("name", visit.name())
                .and("affiliation", visit.moderates() ? "owner" : "member")
                .and("moderator", visit.moderates());
        return visit.part() == Visit.Part.VISITOR ? user.and("role", "visitor") : user;
    }

    /** Once the object is there, Prosody allows only what is true in it, whatever the role. */
    private static Fields features(Visit visit) {
        return Fields.of("recording", visit.moderates())
                .and("livestreaming", visit.moderates())
                .and("transcription", visit.moderates())
                .and("outbound-call", visit.moderates())
                .and("send-groupchat", visit.part() != Visit.Part.VISITOR);
    }

    private static byte[] hmac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return part(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A token is a key: it does not go into a log by being printed. */
    @Override
    public String toString() {
        return "VideoToken until " + expiresAt;
    }
}

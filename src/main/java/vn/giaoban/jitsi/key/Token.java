package vn.giaoban.jitsi.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/** Writes claims down as the JSON Web Token that Prosody takes; it takes one algorithm per virtual host. */
public final class Token {
    private Token() {}

    /** Signed with a secret that is shared with Prosody. */
    public static String hs256(String secret, Map<String, ?> claims) {
        var signed = part(Json.text(Fields.of("alg", "HS256").and("typ", "JWT"))) + "." + part(Json.text(claims));
        return signed + "." + part(hmac(secret, signed));
    }

    /** Signed with a key of ours, which Prosody fetches by its id. */
    public static String rs256(SigningKeys.Signed key, Map<String, ?> claims) {
        var head = Fields.of("alg", "RS256").and("typ", "JWT").and("kid", key.kid());
        var signed = part(Json.text(head)) + "." + part(Json.text(claims));
        return signed + "." + part(key.by().apply(signed));
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
}

package vn.giaoban.people.session;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import vn.giaoban.http.Refusal;

/** Tries the gate with tokens that it must not let through: a server that accepts one of them must not start. */
final class TokenTrial {
    private final TokenGate gate;
    private final Keys.Pair pair;
    private final long now;

    TokenTrial(TokenGate gate, Keys.Pair pair, Instant now) {
        this.gate = gate;
        this.pair = pair;
        this.now = now.getEpochSecond();
    }

    void run() {
        if (!accepted(signed(header(), claims(), pair)))
            throw new IllegalStateException("Tokens: the gate refuses a good token, its key pair does not fit");
        bad().forEach((name, token) -> {
            if (accepted(token)) throw new IllegalStateException("Tokens: the gate lets a bad token through: " + name);
        });
    }

    private boolean accepted(String token) {
        try {
            gate.verify(token);
            return true;
        } catch (Refusal refused) {
            return false;
        }
    }

    JsonObject claims() {
        return new JsonObject(TokenGate.claims(
                UUID.randomUUID(), UUID.randomUUID(), Instant.ofEpochSecond(now), Instant.ofEpochSecond(now + 600)));
    }

    JsonObject header() {
        return new JsonObject().put("typ", "JWT").put("alg", "ES256").put("kid", pair.id());
    }

    /** Each with the name of what is wrong with it. */
    Map<String, String> bad() {
        var bad = new LinkedHashMap<String, String>();
        var good = signed(header(), claims(), pair);
        var parts = good.split("\\.");
        var plain = new JsonObject().put("alg", "none").put("typ", "JWT").put("kid", pair.id());
        bad.put("unsigned", segment(plain) + "." + parts[1] + ".");
        bad.put("unsigned, two segments", segment(plain) + "." + parts[1]);
        bad.put("unsigned with a signature", segment(plain) + "." + parts[1] + "." + parts[2]);
        bad.put("signed with our public key as secret", hmac());
        bad.put("signed by somebody else under our key's name", signed(header(), claims(), Keys.make(pair.id())));
        bad.put("of an unknown key", signed(header().put("kid", "../" + pair.id()), claims(), pair));
        bad.put("of a key it brings along", signed(header().put("jku", "https://example.org/keys"), claims(), pair));
        bad.put("with demands we do not know", signed(header().put("crit", "b64"), claims(), pair));
        bad.put("of no issuer", signed(header(), without("iss"), pair));
        bad.put("of another issuer", signed(header(), claims().put("iss", "elsewhere"), pair));
        bad.put("for nobody", signed(header(), without("aud"), pair));
        bad.put("for others", signed(header(), claims().put("aud", "elsewhere"), pair));
        bad.put("for another use", signed(header(), claims().put("use", "renew"), pair));
        bad.put("without an end", signed(header(), without("exp"), pair));
        bad.put("ended", signed(header(), claims().put("iat", now - 900).put("exp", now - 300), pair));
        bad.put("too long", signed(header(), claims().put("exp", now + 86_400), pair));
        bad.put("not yet issued", signed(header(), claims().put("iat", now + 300), pair));
        bad.put("ending as text", signed(header(), claims().put("exp", String.valueOf(now + 600)), pair));
        bad.put("ending at a fraction", signed(header(), claims().put("exp", now + 600.5), pair));
        bad.put("without a session", signed(header(), without("sid"), pair));
        bad.put("without a number of its own", signed(header(), without("jti"), pair));
        bad.put("with another claim", signed(header(), claims().put("admin", true), pair));
        bad.put("with other claims than were signed", parts[0] + "." + segment(claims()) + "." + parts[2]);
        bad.put("with the same claim twice", parts[0] + "." + twice() + "." + parts[2]);
        bad.put("without a signature", parts[0] + "." + parts[1] + ".");
        bad.put("of four segments", good + "." + parts[2]);
        bad.put("of five segments", good + ".e30.e30");
        bad.put("with a longer signature", good + "AA");
        bad.put("padded", good + "=");
        bad.put("of letters that only look right", good.replaceFirst("e", "е"));
        bad.put("endless", good + "A".repeat(8_192));
        bad.put("empty", "");
        return bad;
    }

    private JsonObject without(String claim) {
        var claims = claims();
        claims.remove(claim);
        return claims;
    }

    private String hmac() {
        var text =
                segment(new JsonObject().put("alg", "HS256").put("typ", "JWT").put("kid", pair.id())) + "."
                        + segment(claims());
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pair.publicPem().getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return text + "." + encoded(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Properly signed, whatever it says. */
    static String signed(JsonObject header, JsonObject claims, Keys.Pair pair) {
        var text = segment(header) + "." + segment(claims);
        try {
            var der = Base64.getMimeDecoder().decode(pair.privatePem().replaceAll("-----.*-----", ""));
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String twice() {
        return encoded(
                claims().encode().replaceFirst("}$", ",\"use\":\"access\"}").getBytes(StandardCharsets.UTF_8));
    }

    static String segment(JsonObject json) {
        return encoded(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package vn.giaoban.jitsi.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Prosody's check of a token, written anew: fetches the key by the SHA-256 of the id in the head, and looks at the
 * signature and the claims as Prosody does.
 */
public final class Checks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String kind;
    private volatile String base;
    private volatile Clock clock;
    private volatile boolean refusing;

    /** {@code kind}: "login" or "system", as the key server's address is configured. */
    public Checks(String kind) {
        this.kind = kind;
    }

    public Checks at(String base, Clock clock) {
        this.base = base;
        this.clock = clock;
        return this;
    }

    public void refuseAll() {
        refusing = true;
    }

    /** Whether Prosody would take it. */
    public boolean holds(String token) {
        if (refusing || token.isEmpty()) return false;
        try {
            var parts = token.split("\\.");
            var head = json(parts[0]);
            if (!"JWT".equals(head.path("typ").asText())
                    || !"RS256".equals(head.path("alg").asText())) return false;
            var pem = key(head.path("kid").asText());
            if (pem == null) return false;
            var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
            if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) return false;
            var claims = json(parts[1]);
            long now = clock.instant().getEpochSecond();
            return claims.path("aud").isTextual()
                    && claims.path("iss").isTextual()
                    && claims.path("sub").isTextual()
                    && claims.path("room").isTextual()
                    && claims.path("exp").asLong() > now
                    && claims.path("nbf").asLong() <= now;
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    /** The key as our server shows it; null where it does not. */
    public String key(String kid) throws IOException, GeneralSecurityException {
        var name = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(kid.getBytes(StandardCharsets.UTF_8)));
        var request = HttpRequest.newBuilder(URI.create(base + "/asap/" + kind + "/" + name + ".pem"))
                .build();
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : null;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The id of the key that signed it. */
    public static String kid(String token) {
        try {
            return json(token.split("\\.")[0]).path("kid").asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode json(String part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }
}

package vn.giaoban.bridge.check;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;

/** The servers through which a site's WebRTC connection is tried, with credentials that soon end. */
record TurnServer(Settings.Check limits) {
    boolean configured() {
        return !limits.turnUrls().isEmpty();
    }

    /** As coturn and Prosody verify it: the user is the hour of its end, the password a digest over that. */
    List<Map<String, Object>> iceServers(UUID endpoint, Instant now) {
        if (!configured()) return List.of();
        var server = Fields.of("urls", limits.turnUrls());
        if (!limits.turnSecret().isEmpty()) {
            var until = now.plus(Duration.ofMinutes(limits.turnMinutes())).getEpochSecond();
            var user = until + ":" + endpoint;
            server.and("username", user).and("credential", digest(user));
        }
        return List.of(server);
    }

    private String digest(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA1"); // what the protocol of TURN servers asks for
            mac.init(new SecretKeySpec(limits.turnSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

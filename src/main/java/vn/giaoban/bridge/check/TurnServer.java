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
    /** What a browser could do nothing with is found at the start, not in a province on the morning of a briefing. */
    TurnServer {
        for (var url : limits.turnUrls())
            if (!url.matches("turns?:[^/\\s]+"))
                throw new Settings.Unusable("Configuration: check.turnUrls: \"" + url + "\" is no turn:host:port");
        if (!limits.turnUrls().isEmpty() && limits.turnSecret().isEmpty())
            throw new Settings.Unusable("Configuration: check.turnUrls without check.turnSecret: no relay lets one in");
    }

    boolean configured() {
        return !limits.turnUrls().isEmpty();
    }

    /** As coturn and Prosody verify it: the user is the hour of its end, the password a digest over that. */
    List<Map<String, Object>> iceServers(UUID endpoint, Instant now) {
        if (!configured()) return List.of();
        var user = now.plus(Duration.ofMinutes(limits.turnMinutes())).getEpochSecond() + ":" + endpoint;
        return List.of(
                Fields.of("urls", limits.turnUrls()).and("username", user).and("credential", digest(user)));
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

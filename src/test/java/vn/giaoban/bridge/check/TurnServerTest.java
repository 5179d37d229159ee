package vn.giaoban.bridge.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Json;

/** Names and passwords for a relay, as a relay with a shared secret computes them itself. */
class TurnServerTest {
    private static final UUID SITE = UUID.fromString("0b5d9d5e-3c1a-4b1e-9a55-2f6a7c8d9e10");
    private static final String URL = "turn:relay.example.org:3478?transport=udp";

    private static TurnServer relay(String urls, String secret, String minutes) {
        return new TurnServer(Settings.load(
                        Path.of("conf/giaoban.yaml"),
                        Map.of(
                                "GIAOBAN_CHECK_TURNURLS", urls,
                                "GIAOBAN_CHECK_TURNSECRET", secret,
                                "GIAOBAN_CHECK_TURNMINUTES", minutes))
                .check());
    }

    /**
     * printf %s 1795335000:0b5d9d5e-3c1a-4b1e-9a55-2f6a7c8d9e10 |
     * openssl dgst -sha1 -hmac mot-bi-mat-dung-chung -binary | base64
     */
    @Test
    void thePasswordIsWhatOpensslMakesOfTheNameAndTheSecret() {
        var servers = relay(URL + ", turns:relay.example.org:5349", "mot-bi-mat-dung-chung", "30")
                .iceServers(SITE, Instant.parse("2026-11-22T07:40:00Z"));
        assertEquals(1, servers.size());
        var server = servers.getFirst();
        assertEquals(List.of(URL, "turns:relay.example.org:5349"), server.get("urls"));
        assertEquals("1795335000:" + SITE, server.get("username"), "until 08:10, and for whom");
        assertEquals("Bta+hkmTkJppPC4W6ulBQj2iCZQ=", server.get("credential"));
        assertFalse(Json.text(server).contains("mot-bi-mat"), "never the secret itself");
    }

    @Test
    void theyEndAfterTheSetMinutesAndAreAnotherEachSecond() {
        var relay = relay(URL, "mot-bi-mat-dung-chung", "5");
        var now = Instant.parse("2026-11-22T07:40:00.900Z");
        var first = relay.iceServers(SITE, now).getFirst();
        var next = relay.iceServers(SITE, now.plusSeconds(1)).getFirst();
        assertEquals("1795333500:" + SITE, first.get("username"));
        assertEquals("1795333501:" + SITE, next.get("username"));
        assertFalse(first.get("credential").equals(next.get("credential")));
        var other = relay(URL, "mot-bi-mat-khac", "5").iceServers(SITE, now).getFirst();
        assertFalse(first.get("credential").equals(other.get("credential")), "another secret, another password");
    }

    @Test
    void withNoRelayThereIsNothingToTry() {
        var none = relay("", "mot-bi-mat-dung-chung", "30");
        assertFalse(none.configured());
        assertEquals(List.of(), none.iceServers(SITE, Instant.EPOCH));
    }

    @Test
    void aRelayThatNoBrowserCouldUseStopsTheStart() {
        for (var wrong :
                List.of("relay.example.org:3478", "stun:relay.example.org", "turn://relay.example.org", URL + ",x"))
            assertThrows(Settings.Unusable.class, () -> relay(wrong, "mot-bi-mat", "30"), wrong);
        assertThrows(Settings.Unusable.class, () -> relay(URL, "", "30"));
    }
}

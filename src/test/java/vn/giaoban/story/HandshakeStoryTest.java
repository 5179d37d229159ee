package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is let in to the live streams, and what is agreed on at the door. */
@Timeout(60)
class HandshakeStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    private UUID live() {
        return world.live(organizer, "PRESS_CONFERENCE", List.of(World.item("Hỏi đáp", 5, "PUBLIC")), List.of());
    }

    @Test
    void aPageOfAnotherOriginIsNotLetInWithOurCookie() {
        var path = "/live/briefing/" + live();
        var own = world.base;
        var cookie = "Cookie: " + organizer.cookie();
        assertEquals(101, upgrade(path, "Origin: " + own, cookie));
        assertEquals(101, upgrade(path), "a program without a cookie needs no origin");
        for (var origin : List.of(
                "https://evil.example",
                "null",
                "",
                own + ".evil.example",
                own.replaceFirst(":\\d+$", ":1"),
                own.replaceFirst(":\\d+$", ""),
                own.replace("http://", "https://"),
                own.toUpperCase(java.util.Locale.ROOT),
                own + "/",
                own + " " + own)) {
            assertEquals(403, upgrade(path, "Origin: " + origin, cookie), origin);
            assertEquals(403, upgrade(path, "Origin: " + origin), origin);
        }
        assertEquals(403, upgrade(path, cookie), "a cookie without an origin");
        assertEquals(403, upgrade(path, "Origin: " + own, "Origin: https://evil.example", cookie), "two origins");
    }

    private int upgrade(String path, String... headers) {
        try (var wire = Wire.to(world.base)) {
            return wire.upgrade(path, headers).status();
        }
    }

    @Test
    void theHandshakeAgreesOnOurProtocolAndOnNothingElse() {
        var path = "/live/briefing/" + live();
        assertEquals(
                "giaoban.live.v1",
                organizer.follow(path.substring(6)).seesFrame("snapshot").protocol());
        try (var wire = Wire.to(world.base)) {
            var head = wire.upgrade(
                            path,
                            "Sec-WebSocket-Protocol: chat, giaoban.live.v1",
                            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
                    .head()
                    .toLowerCase(java.util.Locale.ROOT);
            assertTrue(head.contains("sec-websocket-protocol: giaoban.live.v1"), head);
            assertFalse(head.contains("sec-websocket-extensions"), head);
            assertTrue(wire.frame().text().contains("\"type\":\"snapshot\""));
        }
        assertEquals(101, upgrade(path, "Sec-WebSocket-Protocol: something.else"));
    }
}

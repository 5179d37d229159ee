package vn.giaoban.jitsi.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.jitsi.standin.Checks;
import vn.giaoban.story.World;

/** Keys turn while people come in: no token that is still good is refused, and a key that has run out opens nothing. */
class KeyRotationTest {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    private record Issued(String kid, Instant ends) {}

    /** A new key every half minute for an hour, tokens at any second. */
    @Property(tries = 200)
    void noGoodTokenLosesItsKeyAndNoKeyOutlivesItsTokens(@ForAll long seed) {
        var random = new Random(seed);
        var life = Duration.ofSeconds(30 + random.nextInt(200));
        var lead = Duration.ofSeconds(random.nextInt((int) life.toSeconds()));
        var token = Duration.ofSeconds(1 + random.nextInt(300));
        List<SigningKey> keys = new ArrayList<>(), made = new ArrayList<>();
        var issued = new ArrayList<Issued>();
        var shownSince = new LinkedHashMap<String, Instant>();
        int turns = 0;
        for (int second = 0; second < 3_600; second += 1 + random.nextInt(20)) {
            var now = START.plusSeconds(second);
            var ring = new KeyRing(keys, life, lead, token);
            keys.removeAll(ring.spent(now));
            if (new KeyRing(keys, life, lead, token).due(now)) {
                made.add(new SigningKey("k" + turns++, "", "", now));
                keys.add(made.getLast());
            }
            ring = new KeyRing(keys, life, lead, token);
            var shown = new HashSet<String>();
            for (var key : ring.shown(now)) {
                shown.add(key.id());
                shownSince.putIfAbsent(key.id(), now);
            }
            var signing = ring.signing(now);
            if (!signing.id().equals("k0"))
                assertFalse(shownSince.get(signing.id()).plus(lead).isAfter(now), "shown before it signs");
            issued.add(new Issued(signing.id(), now.plus(token)));
            for (var one : issued)
                if (one.ends().isAfter(now)) assertTrue(shown.contains(one.kid()), one + " at " + now);
            for (int n = 0; n + 1 < made.size(); n++) {
                var over = made.get(n + 1).createdAt().plus(lead).plus(token).plusSeconds(60);
                if (!over.isAfter(now)) assertFalse(shown.contains(made.get(n).id()), made.get(n) + " at " + now);
            }
        }
        assertTrue(turns > 3_600 / life.toSeconds() / 2, "turned " + turns);
    }

    @Test
    @Timeout(60)
    void prosodyTakesEveryGoodTokenWhileTheKeysTurn() throws Exception {
        try (var world = World.with(Map.of(
                "GIAOBAN_JITSI_DOMAIN", "meet.example.vn",
                "GIAOBAN_JITSI_ALGORITHM", "RS256",
                "GIAOBAN_JITSI_TOKENMINUTES", "240",
                "GIAOBAN_JITSI_KEYDAYS", "1",
                "GIAOBAN_SIGNIN_SESSIONHOURS", "2000",
                "GIAOBAN_SIGNIN_IDLEMINUTES", "100000",
                "GIAOBAN_JITSI_KEYLEADMINUTES", "120"))) {
            var organizer = world.organizer();
            var id = world.live(organizer, "BRIEFING", List.of(), List.of());
            var prosody = new Checks("login").at(world.base, world.clock);
            var system = new Checks("system").at(world.base, world.clock);
            var keys = new SigningKeys(
                    "login", world.node.settings().jitsi(), world.node.rooms().db(), world.clock);
            var tokens = new ArrayList<Object[]>();
            var kids = new HashSet<String>();
            for (int hour = 0; hour < 100; hour++) {
                keys.turn();
                var token = organizer
                        .post("/api/briefings/" + id + "/video", Map.of())
                        .expect(200)
                        .text("token");
                tokens.add(new Object[] {token, world.clock.instant().plus(Duration.ofHours(4))});
                kids.add(Checks.kid(token));
                for (var one : tokens.subList(Math.max(0, tokens.size() - 6), tokens.size())) {
                    boolean good = world.clock.instant().isBefore((Instant) one[1]);
                    assertEquals(good, prosody.holds((String) one[0]), "hour " + hour);
                    assertFalse(system.holds((String) one[0]), "who may enter may not command");
                }
                world.clock.forward(Duration.ofHours(1));
            }
            assertTrue(kids.size() >= 4, "keys " + kids);
            var first = Checks.kid((String) tokens.getFirst()[0]);
            assertNull(prosody.key(first), "a key that has run out is shown no more");
            assertNotNull(prosody.key(Checks.kid((String) tokens.getLast()[0])));
        }
    }
}

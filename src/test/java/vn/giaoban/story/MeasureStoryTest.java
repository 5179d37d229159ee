package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Json;
import vn.giaoban.people.Role;

/** A site measures its line to the server: what it is told, how far it may go, and who may not measure at all. */
@Timeout(60)
class MeasureStoryTest {
    private final World world = World.shared();

    /** The browser's end: what was said, and how many bytes came. */
    static final class Browser implements WebSocket.Listener, AutoCloseable {
        final BlockingQueue<Map<String, Object>> said = new LinkedBlockingQueue<>();
        final AtomicLong bytes = new AtomicLong();
        private WebSocket socket;
        int refused;

        Browser(Someone who, String origin, UUID briefing, UUID endpoint) throws Exception {
            var builder = Someone.HTTP.newWebSocketBuilder();
            if (who.cookie() != null) builder.header("Cookie", who.cookie());
            if (origin != null) builder.header("Origin", origin);
            var address = who.base().replace("http", "ws") + "/measure/" + briefing + "/" + endpoint;
            try {
                socket = builder.buildAsync(URI.create(address), this).get(15, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                refused = ((WebSocketHandshakeException) e.getCause())
                        .getResponse()
                        .statusCode();
            }
        }

        @Override
        public void onOpen(WebSocket opened) {
            opened.request(Long.MAX_VALUE);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            said.add(Json.parse(data.toString()));
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            bytes.addAndGet(data.remaining());
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            said.add(Map.of("closed", code));
            return null;
        }

        void say(String text) {
            socket.sendText(text, true).join();
        }

        Map<String, Object> next() throws InterruptedException {
            return said.poll(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            if (socket != null) socket.abort();
        }
    }

    private UUID site;
    private UUID briefing;
    private Someone operator;

    private UUID briefing() {
        site = world.newEndpoint("Đo đường truyền").id();
        operator = world.operator(site);
        briefing = world.scheduled(world.organizer(), "BRIEFING", world.freeHour(), List.of(), List.of(site));
        return briefing;
    }

    private static double number(Map<String, Object> said, String name) {
        return ((Number) said.get(name)).doubleValue();
    }

    @Test
    void theLineIsMeasuredBothWaysAndBeatByBeat() throws Exception {
        var id = briefing();
        try (var browser = new Browser(operator, operator.base(), id, site)) {
            browser.say("{\"do\":\"ping\",\"n\":7}");
            assertEquals(7, number(browser.next(), "n"));

            browser.say("{\"do\":\"down\",\"ms\":400}");
            var down = browser.next();
            assertEquals("down", down.get("did"));
            assertEquals((double) browser.bytes.get(), number(down, "bytes"), "all of it came before it was told");
            double kbitPerS = number(down, "bytes") * 8 / number(down, "ms");
            int most = world.node.settings().check().measureKbitPerS();
            assertTrue(kbitPerS > most * 0.5 && kbitPerS < most * 1.3, "at most at the set rate: " + kbitPerS);

            browser.say("{\"do\":\"up\"}");
            for (int i = 0; i < 20; i++)
                browser.socket.sendBinary(ByteBuffer.allocate(8_192), true).join();
            browser.say("{\"do\":\"up.end\"}");
            var up = browser.next();
            assertEquals(19 * 8_192, number(up, "bytes"), "the first only starts the clock");
            assertTrue(number(up, "ms") > 0);

            long before = browser.bytes.get();
            browser.say("{\"do\":\"pace\",\"ms\":300,\"everyMs\":20}");
            var pace = browser.next();
            assertEquals((double) (browser.bytes.get() - before), 200 * number(pace, "frames"));
            assertTrue(number(pace, "frames") > 3);
        }
    }

    @Test
    void whatIsTooMuchOrNotUnderstoodEndsIt() throws Exception {
        var id = briefing();
        for (var wrong : List.of("{\"do\":\"fly\"}", "no", "[]", "{\"do\":3}"))
            try (var browser = new Browser(operator, operator.base(), id, site)) {
                browser.say(wrong);
                assertEquals(4400, browser.next().get("closed"), wrong);
                browser.socket.abort();
                free();
            }
        try (var browser = new Browser(operator, operator.base(), id, site)) {
            browser.say("{\"do\":\"" + "x".repeat(300) + "\"}");
            assertEquals(4429, browser.next().get("closed"));
        }
        free();
        try (var browser = new Browser(operator, operator.base(), id, site)) {
            int most = world.node.settings().check().measureBytes();
            var block = ByteBuffer.allocate(60_000);
            for (int sent = 0; sent <= most; sent += 60_000) {
                try {
                    browser.socket.sendBinary(block.duplicate(), true).join();
                } catch (java.util.concurrent.CompletionException ended) {
                    break;
                }
            }
            assertEquals(4429, browser.next().get("closed"), "more bytes than may be");
        }
    }

    /** What a page can hold on to when its line goes: what was answered before, a goodbye, and a place to try again. */
    @Test
    void aMeasurementThatIsCutInTheMiddleLeavesWhatWasAnsweredAndAFreePlace() throws Exception {
        var id = briefing();
        try (var browser = new Browser(operator, operator.base(), id, site)) {
            browser.say("{\"do\":\"ping\",\"n\":1}");
            assertEquals(1, number(browser.next(), "n"));
            browser.say("{\"do\":\"down\",\"ms\":15000}");
            while (browser.bytes.get() == 0) Thread.onSpinWait();
            assertTrue(browser.said.isEmpty(), "no figure before its end");
        } // the line is gone, without a word
        free();
        try (var again = new Browser(operator, operator.base(), id, site)) {
            again.say("{\"do\":\"down\",\"ms\":50}");
            assertEquals("down", again.next().get("did"), "measured anew");
        }
    }

    @Test
    void aNodeThatGoesEndsWhatItMeasuresAndSaysSo() throws Exception {
        try (var going = World.with(Map.of())) {
            var place = going.newEndpoint("Đang đo").id();
            var organizer = going.organizer();
            var id = going.scheduled(organizer, "BRIEFING", going.freeHour(), List.of(), List.of(place));
            try (var browser = new Browser(organizer, going.base, id, place)) {
                browser.say("{\"do\":\"ping\",\"n\":1}");
                assertEquals(1, number(browser.next(), "n"));
                browser.say("{\"do\":\"pace\",\"ms\":15000}");
                while (browser.bytes.get() == 0) Thread.onSpinWait();
                going.close();
                assertEquals(1001, browser.next().get("closed"), "it says no figure that it does not have");
            }
        }
    }

    /** Waits until the site's place is free again. */
    private void free() throws Exception {
        for (int i = 0; i < 500; i++)
            try (var probe = new Browser(operator, operator.base(), briefing, site)) {
                if (probe.refused == 0) return;
                assertEquals(429, probe.refused);
            }
    }

    @Test
    void aSiteMeasuresOnceAtATimeAndOnlyItsOwnPeopleMayFromAPageOfOurs() throws Exception {
        var id = briefing();
        var other = world.operator(world.newEndpoint("Nơi khác").id());
        var viewer = world.signedIn(world.person("Người xem", Role.VIEWER, world.ministry(), null));
        assertEquals(401, new Browser(world.anybody(), world.base, id, site).refused);
        assertEquals(404, new Browser(other, world.base, id, site).refused, "nothing of it is theirs");
        assertEquals(403, new Browser(viewer, world.base, id, site).refused);
        assertEquals(403, new Browser(operator, "https://evil.example", id, site).refused);
        assertEquals(403, new Browser(operator, null, id, site).refused, "a cookie without a page");
        assertEquals(404, new Browser(operator, world.base, UUID.randomUUID(), site).refused);
        assertEquals(404, operator.get("/measure/nowhere").status());
        assertEquals(
                400, operator.get("/measure/" + id + "/" + site).status(), "asked without an upgrade it is no page");
        try (var first = new Browser(operator, world.base, id, site)) {
            assertEquals(0, first.refused);
            assertEquals(429, new Browser(operator, world.base, id, site).refused);
        }
    }

    @Test
    void aNodeMeasuresSoManyLinesAtOnceAndEachForSoLong() throws Exception {
        try (var small = World.with(Map.of("GIAOBAN_CHECK_MEASURESOCKETS", "1", "GIAOBAN_CHECK_MEASURESECONDS", "1"))) {
            var one = small.newEndpoint("Một").id();
            var two = small.newEndpoint("Hai").id();
            var organizer = small.organizer();
            var id = small.scheduled(organizer, "BRIEFING", small.freeHour(), List.of(), List.of(one, two));
            try (var first = new Browser(organizer, small.base, id, one)) {
                assertEquals(503, new Browser(organizer, small.base, id, two).refused);
                assertEquals(4408, first.next().get("closed"), "its time is over");
            }
        }
    }
}

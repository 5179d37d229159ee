package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proxy that ships, in front of two nodes: everybody comes by one door with TLS and never learns which node serves
 * them, whether one is killed or sent away. Told in order, since starting nodes costs more than anything they do.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProxyStoryTest {
    private static final int SOCKETS_PER_ADDRESS = 8;

    /** A node's sign of life, as often in the proxy's patience as with what ships. */
    private static final Duration HEAD = Nginx.SILENCE.dividedBy(8);

    @TempDir
    static Path directory;

    private static final int PORT_A = NodeProcess.freePort();
    private static final int PORT_B = NodeProcess.freePort();
    private static final List<Map<String, List<String>>> metJitsi = new ArrayList<>();

    private static String database;
    private static String username;
    private static Someone organizer;
    private static UUID briefing;
    private static final List<UUID> sites = new ArrayList<>();
    private static HttpServer jitsi;
    private static Nginx proxy;
    private static NodeProcess a;
    private static NodeProcess b;

    @BeforeAll
    static void twoNodesAndTheProxyRun() throws IOException {
        database = TestDatabase.fresh();
        jitsi = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jitsi.createContext("/", exchange -> {
            metJitsi.add(Map.copyOf(exchange.getRequestHeaders()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        jitsi.start();
        proxy = new Nginx(
                directory.resolve("proxy"), PORT_A, PORT_B, jitsi.getAddress().getPort());
        a = node("a", PORT_A);
        b = node("b", PORT_B);
        // A third one beside them: as where all of a house start at once, on a database that is still empty.
        try (var world = World.with(Map.of("GIAOBAN_DATABASE_URL", database))) {
            var person = world.person("Thư ký", vn.giaoban.people.Role.ORGANIZER, world.ministry(), null);
            username = person.username();
            organizer = world.signedIn(person);
            for (int i = 0; i < 3; i++) sites.add(world.newEndpoint("Điểm cầu").id());
            briefing = world.live(
                    organizer, "PRESS_CONFERENCE", List.of(World.item("Khai mạc", 5, "PUBLIC")), List.copyOf(sites));
        }
        a.base();
        b.base();
        organizer = organizer.at(proxy.base());
    }

    @AfterAll
    static void nothingStays() {
        Stream.of(a, b).filter(node -> node != null).forEach(NodeProcess::close);
        if (proxy != null) proxy.close();
        if (jitsi != null) jitsi.stop(0);
    }

    private static NodeProcess node(String name, int port) {
        return NodeProcess.start(
                directory.resolve(name),
                Map.of(
                        "GIAOBAN_DATABASE_URL",
                        database,
                        "GIAOBAN_DEMO",
                        "false",
                        "GIAOBAN_CLUSTER_CONFIG",
                        "src/test/resources/hazelcast-alone.yaml",
                        "GIAOBAN_LIVE_HEADPOLLMS",
                        "200",
                        "GIAOBAN_LIVE_HEADFRAMEMS",
                        String.valueOf(HEAD.toMillis()),
                        "GIAOBAN_HTTP_PORT",
                        String.valueOf(port),
                        "GIAOBAN_HTTP_ORIGINS",
                        proxy.base(),
                        "GIAOBAN_HTTP_TRUSTEDPROXIES",
                        "127.0.0.1",
                        "GIAOBAN_CHECK_MEASURESOCKETS",
                        "1",
                        "GIAOBAN_LIVE_MAXSOCKETSPERADDRESS",
                        String.valueOf(SOCKETS_PER_ADDRESS)));
    }

    private static String stream() {
        return "briefing/" + briefing;
    }

    private static void addItem(String title) {
        organizer
                .create("/api/briefings/" + briefing + "/agenda", World.item(title, 1, "PUBLIC"))
                .expect(201);
    }

    private static List<Page> pages(int number) {
        return IntStream.range(0, number)
                .mapToObj(n -> organizer.follow(stream()).sees("briefing.status", "LIVE"))
                .toList();
    }

    private static Page seesItems(Page page, List<String> wanted) {
        return page.until("items " + wanted, p -> hasItems(p, wanted));
    }

    private static boolean hasItems(Page page, List<String> wanted) {
        return TwoNodesTest.titles(page).containsAll(wanted);
    }

    @Test
    @Order(1)
    void oneSignsInByTheProxyAndIsSignedInOnBothNodes() {
        var person = new Someone(proxy.base(), "Thư ký").signIn(username, World.PASSWORD);
        for (int i = 0; i < 4; i++) {
            var session = person.get("/api/session").expect(200);
            assertTrue(session.headers().firstValue("strict-transport-security").isPresent());
            assertTrue(session.headers().firstValue("content-security-policy").isPresent());
        }
        for (var node : List.of(a, b))
            person.at(node.base()).get("/api/session").expect(200);
        person.call("DELETE", "/api/session", null, Map.of("Origin", "https://evil.example"))
                .expect(403);
        person.delete("/api/session").expect(204);
    }

    @Test
    @Order(2)
    void withoutTlsOneIsSentToItAndByAnotherNameNowhere() {
        var plain = "http://localhost:" + proxy.plainPort;
        try (var wire = Wire.to(plain)) {
            var head = wire.ask("GET", "/briefings/1?after=x").head();
            assertTrue(head.startsWith("HTTP/1.1 308"), head);
            assertTrue(head.contains("Location: https://localhost/briefings/1?after=x"), head);
        }
        try (var wire = Wire.to(plain)) {
            assertEquals(
                    421,
                    wire.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").status());
        }
    }

    @Test
    @Order(3)
    void aChangeIsSeenAtOnceBySocketsAndEventsOfBothNodes() {
        var pages = pages(4);
        try (var one = new Events(proxy.base(), stream(), organizer.cookie());
                var other = new Events(proxy.base(), stream(), organizer.cookie())) {
            for (var events : List.of(one, other)) {
                assertEquals(200, events.status());
                assertEquals(HttpClient.Version.HTTP_2, events.version());
                events.sees("event: snapshot");
            }
            addItem("Câu hỏi thêm");
            for (var page : pages) seesItems(page, List.of("Câu hỏi thêm"));
            for (var events : List.of(one, other)) events.sees("Câu hỏi thêm");
        }
        pages.forEach(Page::close);
    }

    @Test
    @Order(4)
    void whereNothingHappensSocketsAndEventsStayOpen() {
        var pages = pages(2);
        long before = System.nanoTime();
        try (var events = new Events(proxy.base(), stream(), organizer.cookie())) {
            events.sees("event: snapshot");
            for (var page : pages)
                page.until(
                        "signs of life for longer than the proxy waits for one",
                        p -> p.gone() || Nginx.SILENCE.plusSeconds(1).toNanos() < System.nanoTime() - before);
            addItem("Sau một hồi im lặng");
            for (var page : pages) {
                assertFalse(page.gone());
                seesItems(page, List.of("Sau một hồi im lặng")).close();
            }
            events.sees("Sau một hồi im lặng");
        }
    }

    @Test
    @Order(5)
    void anAddressThatSomebodyClaimsIsNotBelievedTheProxysIs() {
        var greedy = new ArrayList<WebSocket>();
        int status = crowd("127.0.0.9", proxy.base(), greedy);
        assertEquals(429, status);
        assertEquals(2 * SOCKETS_PER_ADDRESS, greedy.size(), "evenly on both");
        // Another address: had the proxy not been believed, both would be its own.
        var modest = new ArrayList<WebSocket>();
        assertEquals(101, handshake("127.0.0.8", proxy.base(), "", modest));
        // Past the proxy, from where no proxy of ours stands.
        var past = new ArrayList<WebSocket>();
        assertEquals(429, crowd("127.0.0.7", "http://127.0.0.1:" + PORT_A, past));
        assertEquals(SOCKETS_PER_ADDRESS, past.size());
        Stream.of(greedy, modest, past).flatMap(List::stream).forEach(WebSocket::abort);
    }

    /** Opens sockets from an address, each with another claim, until one is refused. */
    private static int crowd(String from, String base, List<WebSocket> opened) {
        int status = 101;
        for (int i = 1; status == 101 && i < 100; i++) status = handshake(from, base, "203.0.113." + i, opened);
        return status;
    }

    private static int handshake(String from, String base, String claimed, List<WebSocket> opened) {
        try {
            var client = HttpClient.newBuilder()
                    .sslContext(HouseCertificate.TRUSTED)
                    .localAddress(InetAddress.ofLiteral(from))
                    .build();
            var builder = client.newWebSocketBuilder();
            if (!claimed.isEmpty()) builder.header("X-Forwarded-For", claimed).header("Forwarded", "for=" + claimed);
            opened.add(builder.buildAsync(
                            URI.create(base.replace("http", "ws") + "/live/" + stream()), new WebSocket.Listener() {})
                    .join());
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused)
                return refused.getResponse().statusCode();
            throw e;
        }
    }

    @Test
    @Order(6)
    void whatIsTooLargeIsAProblemHereToo() {
        var reply = organizer.raw("POST", "/api/session", "x".repeat(300_000), Map.of("Accept-Language", "en"));
        assertEquals("too-large", reply.expect(413).problem());
        assertEquals("What was sent is too large", reply.text("title"));
    }

    @Test
    @Order(7)
    void aLineIsMeasuredThroughItByTheNodeThatHasAPlace() throws Exception {
        // Past the proxy, which does not know that one of the nodes has its hands full.
        try (var past = new MeasureStoryTest.Browser(organizer.at(a.base()), proxy.base(), briefing, sites.get(0));
                var through = new MeasureStoryTest.Browser(organizer, proxy.base(), briefing, sites.get(1))) {
            assertEquals(0, past.refused);
            assertEquals(0, through.refused);
            through.say("{\"do\":\"down\",\"ms\":200}");
            var down = through.next();
            assertEquals("down", down.get("did"));
            assertEquals(
                    through.bytes.get(), ((Number) down.get("bytes")).longValue(), "nothing is kept back on the way");
            through.say("{\"do\":\"pace\",\"ms\":100,\"everyMs\":20}");
            assertEquals("pace", through.next().get("did"));
            var neither = new MeasureStoryTest.Browser(organizer, proxy.base(), briefing, sites.get(2));
            assertEquals(503, neither.refused);
        }
        organizer.get("/api/session").expect(200); // neither is taken for dead
    }

    @Test
    @Order(8)
    void jitsisPagesPassWithTheirTokenAndItsOpenDoorDoesNot() throws Exception {
        var meet = "https://127.0.0.1:" + proxy.tlsPort;
        assertEquals(200, get(meet + "/giao-ban?jwt=ma-bi-mat"));
        assertEquals(404, get(meet + "/conference-request/v1"));
        // It is no WebSocket server; what it was asked is enough.
        handshakeWithJitsi(meet.replace("https", "wss") + "/xmpp-websocket?token=ma-bi-mat");
        assertEquals(2, metJitsi.size());
        assertEquals(List.of("127.0.0.1"), metJitsi.getFirst().get("X-forwarded-for"));
        assertEquals(List.of("websocket"), metJitsi.getLast().get("Upgrade"));
        jitsi.stop(0);
        assertEquals(502, get(meet + "/giao-ban?jwt=ma-bi-mat"));
        assertFalse(proxy.errorLog().contains("ma-bi-mat"), proxy.errorLog());
    }

    private static int get(String url) throws IOException, InterruptedException {
        return Someone.HTTP
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void handshakeWithJitsi(String url) {
        Someone.HTTP
                .newWebSocketBuilder()
                .buildAsync(URI.create(url), new WebSocket.Listener() {})
                .handle((opened, refused) -> null)
                .join();
    }

    @Test
    @Order(9)
    void whenANodeIsKilledItsReadersComeBackByTheSameDoorAndMissNothing() {
        var pages = pages(6);
        var secretary = new Secretary(organizer, organizer, briefing);
        secretary.writes(5);
        a.kill();
        int atTheKill = secretary.acknowledged().size();
        secretary.writes(5);
        var after = secretary
                .acknowledged()
                .subList(atTheKill, secretary.acknowledged().size());
        var resumed = new ArrayList<Page>();
        for (var page : pages) {
            page.until("the end or what came after it", p -> p.gone() || hasItems(p, after));
            resumed.add(page.gone() ? organizer.resume(page) : page);
        }
        long moved = pages.stream().filter(Page::gone).count();
        assertTrue(moved >= 2 && moved <= 4, moved + " of 6 had stood on the one that was killed");
        secretary.close();
        // What broke off was said again under its key; the proxy said 503 where the node could say nothing.
        assertTrue(Stream.of(201, 503).toList().containsAll(secretary.statuses()), "" + secretary.statuses());
        for (int i = 0; i < pages.size(); i++) {
            seesItems(resumed.get(i), secretary.acknowledged());
            if (pages.get(i).gone()) TwoNodesTest.assertDense(pages.get(i), resumed.get(i));
        }
        resumed.forEach(Page::close);
    }

    @Test
    @Order(10)
    void whenANodeIsSentAwayNobodyStandsBeforeAClosedDoor() {
        a = node("a", PORT_A);
        a.base();
        var pages = pages(6);
        var caller = new Caller();
        caller.thread.start();
        b.terminate();
        caller.stopped = true;
        join(caller.thread);
        assertEquals(new TreeSet<>(List.of(101, 200)), caller.heard, "calls and sockets while a node went");
        addItem("Sau khi một máy nghỉ");
        int moved = 0;
        for (var page : pages) {
            page.until("the end or what came after it", p -> p.gone() || hasItems(p, List.of("Sau khi một máy nghỉ")));
            if (!page.gone()) continue;
            moved++;
            assertEquals(1001, page.closed());
            assertEquals("drain", page.frames("bye").getLast().get("reason"));
            var resumed = seesItems(organizer.resume(page), List.of("Sau khi một máy nghỉ"));
            TwoNodesTest.assertDense(page, resumed);
            resumed.close();
        }
        assertTrue(moved >= 2 && moved <= 4, moved + " of 6 had stood on the one that went");
        pages.forEach(Page::close);
    }

    /** Reads and opens sockets without a pause, as people do who know nothing of nodes. */
    private static final class Caller {
        final TreeSet<Integer> heard = new TreeSet<>();
        final Thread thread = Thread.ofVirtual().unstarted(this::call);
        volatile boolean stopped;

        private void call() {
            while (!stopped) {
                heard.add(organizer.get("/api/briefings/" + briefing).status());
                var page = organizer.follow(stream());
                heard.add(page.refused() == 0 ? 101 : page.refused());
                page.cut();
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(11)
    void whereNoNodeAnswersTheProxySaysSoAndWhenToComeBack() {
        a.kill();
        var reply = new Someone(proxy.base(), "anybody").get("/api/briefings").expect(503);
        assertEquals(
                "application/problem+json",
                reply.headers().firstValue("content-type").orElseThrow());
        assertEquals("2", reply.headers().firstValue("retry-after").orElseThrow());
        assertEquals("unavailable", reply.problem());
        assertEquals("Máy chủ tạm thời không trả lời", reply.text("title"));
        assertEquals(503, new Someone(proxy.base(), "anybody").follow(stream()).refused());
    }

    @Test
    @Order(12)
    void whatItWroteDownHasNoToken() {
        var written = proxy.accessLog();
        assertTrue(written.contains("GET /live/" + stream()), written);
        assertTrue(written.lines().noneMatch(line -> line.contains("?") || line.contains("ma-bi-mat")), written);
        assertFalse(written.contains(organizer.cookie().split("=")[1]));
    }
}

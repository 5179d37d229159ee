package vn.giaoban.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.giaoban.conf.Settings;

/** The proxy's numbers against the node's: which side gives up first is no accident. Its ways are under a story. */
class ProxyTest {
    private final String template = Compose.text("proxy/nginx.conf.template");
    private final Map<String, Object> service = Compose.object(
            Compose.object(Compose.object(Compose.parsed("compose.yaml")).get("services"))
                    .get("proxy"));
    private final Settings node = Settings.load(Path.of("conf/giaoban.yaml"), Map.of());

    /** What stands behind a directive, at its first place after a mark. */
    private String after(String mark, String directive) {
        var found = Pattern.compile("\\b" + directive + " ([^;]+);").matcher(template);
        assertTrue(found.find(template.indexOf(mark)), directive);
        return found.group(1);
    }

    private long number(String directive) {
        return Long.parseLong(after("worker_processes", directive));
    }

    private String given(String name) {
        return (String) Compose.object(service.get("environment")).get(name);
    }

    private static Duration seconds(String text) {
        return Duration.parse("PT" + text);
    }

    @Test
    void aSocketOnWhichNothingHappensOutlivesThePatienceOfTheProxy() {
        assertEquals("${PROXY_SILENCE}", after("location /live/", "proxy_read_timeout"));
        assertEquals("${PROXY_SILENCE}", after("location /live/", "proxy_send_timeout"));
        var silence = seconds(given("PROXY_SILENCE"));
        assertTrue(silence.compareTo(Duration.ofSeconds(60)) > 0, "no better than without saying anything");
        assertTrue(silence.toMillis() >= 4L * node.live().headFrameMs());
        assertTrue(silence.toMillis() >= 4L * node.live().viewerPingMs());
        assertEquals("off", after("location /live/", "proxy_buffering"));
    }

    @Test
    void aBodyIsTooLargeForBothOrForNeither() {
        assertEquals(node.http().maxBodyBytes() / 1024 + "k", after("http {", "client_max_body_size"));
    }

    /** The other way round a command could be written to a connection that the node is just closing. */
    @Test
    void theProxyClosesAnIdleConnectionBeforeTheNodeDoes() throws IOException {
        var verticle = Files.readString(Path.of("src/main/java/vn/giaoban/HttpVerticle.java"));
        var idle = Pattern.compile("setIdleTimeout\\((\\d+)\\)").matcher(verticle);
        assertTrue(idle.find());
        var ours = seconds(after("upstream api", "keepalive_timeout"));
        assertTrue(ours.compareTo(Duration.ofSeconds(Long.parseLong(idle.group(1)))) < 0);
    }

    @Test
    void allSocketsOfANodeFitThroughIt() {
        long connections = 2L * node.live().maxSockets();
        long workers = Long.parseLong(given("PROXY_WORKERS"));
        assertTrue(workers * number("worker_connections") >= connections);
        long files = ((Number)
                        Compose.object(Compose.object(service.get("ulimits")).get("nofile"))
                                .get("hard"))
                .longValue();
        assertTrue(files >= number("worker_rlimit_nofile")
                && number("worker_rlimit_nofile") >= 2 * number("worker_connections"));
        // A connection to one address of a node takes a port of ours.
        var range = ((String) Compose.object(service.get("sysctls")).get("net.ipv4.ip_local_port_range")).split(" ");
        assertTrue(Integer.parseInt(range[1]) - Integer.parseInt(range[0])
                >= node.live().maxSockets());
    }

    @Test
    void whatTheClientClaimsOfItsAddressIsReplaced() {
        var set = Pattern.compile("proxy_set_header X-Forwarded-For ([^;]+);")
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(List.of("$remote_addr"), set);
        // A location with a header of its own would inherit none of these.
        assertFalse(template.substring(template.indexOf("location ")).contains("proxy_set_header"));
    }

    @Test
    void theLogHasPathsWithoutTheirQuery() {
        var format = after("http {", "log_format");
        for (var telling : List.of(
                "$request ", "$request\"", "$request_uri", "$args", "$query_string", "$http_", "$cookie", "$arg_"))
            assertFalse(format.contains(telling), telling);
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.giaoban.db.Fields;

/** The program at the command line: how it starts, what it says when it cannot, how it ends and what it keeps. */
class StartTest {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final List<NodeProcess> processes = new ArrayList<>();

    @AfterEach
    void nothingStays() {
        processes.forEach(NodeProcess::close);
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        var database = Map.of("GIAOBAN_DATABASE_URL", TestDatabase.fresh(), "GIAOBAN_DEMO", "false");
        var configuration = Files.writeString(directory.resolve("mine.yaml"), "http: {prot: 9090}\n");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(taken.getLocalPort());
            var url = "postgresql://u:geheim-4711@127.0.0.1:" + NodeProcess.freePort() + "/giaoban";
            var refused = Map.of(
                    node(database, "--port", port),
                    "Port " + port + " is taken; stop what uses it, or choose another with --port",
                    node(database, "--conf", configuration.toString()),
                    "Configuration: unknown key http.prot",
                    node(Map.of("GIAOBAN_HTTP_PROT", "1")),
                    "Environment: GIAOBAN_HTTP_PROT names no setting",
                    node(Map.of("GIAOBAN_HTTP_PORT", "viele")),
                    "Configuration: http.port cannot be read",
                    node(Map.of("GIAOBAN_DATABASE_URL", url)),
                    "The database at 127.0.0.1:",
                    node(Map.of("GIAOBAN_CLUSTER_CONFIG", "nowhere.yaml", "GIAOBAN_DATABASE_URL", url)),
                    "Hazelcast's configuration nowhere.yaml is not there",
                    node(Map.of("GIAOBAN_CLUSTER_MEMBERS", "10.0.0.1:5701,10.0.0.2:5701", "GIAOBAN_DATABASE_URL", url)),
                    "cluster.members are on other machines, cluster.host 127.0.0.1 is only reached from this one",
                    node(Map.of(), "--colour"),
                    "unknown option --colour",
                    node(Map.of(), "--port"),
                    "--port needs a value");
            refused.forEach((node, sentence) -> {
                assertNotEquals(0, node.ended(), sentence);
                assertEquals(1, node.errors().lines().count(), node.errors());
                assertTrue(node.errors().startsWith("giaoban: " + sentence), node.errors());
                assertFalse(node.output().contains("Exception"), node.output());
                assertFalse(node.errors().contains("geheim"), node.errors());
            });
        }
    }

    @Test
    void whatWasAnsweredIsKeptWhenEverythingIsKilled() {
        var data = NodeProcess.data(directory);
        var first = node(data, Map.of(), "--no-demo");
        var password = first.sees(Pattern.compile("First administrator: admin / (\\S+)"))
                .group(1);
        var administrator = new Someone(first.base(), "Quản trị").signIn("admin", password);
        var ministry =
                Reply.at(administrator.get("/api/organisations").expect(200).json(), "items.0.id");
        var hour = Instant.now().plus(Duration.ofDays(3));
        var plan = Fields.of("organisation", ministry)
                .and("kind", "BRIEFING")
                .and("title", "Trước khi mất điện")
                .and("plannedStart", hour)
                .and("plannedEnd", hour.plus(Duration.ofHours(1)));
        var briefing = administrator.create("/api/briefings", plan).expect(201).id();
        first.kill();

        var second = node(data, Map.of(), "--no-demo");
        var kept = administrator.at(second.base()).get("/api/briefings/" + briefing);
        assertEquals("Trước khi mất điện", kept.expect(200).text("title"));
        assertFalse(second.output().contains("administrator"), "the password is shown once");
        var page = administrator.at(second.base()).follow("briefing/" + briefing);
        var took = second.terminate();
        assertTrue(took.compareTo(LONGEST_STOP) < 0, took.toString());
        assertEquals(1001, page.closed());
        assertEquals("drain", page.seesFrame("bye").frames().getLast().get("reason"));
        assertFalse(Files.exists(data.resolve("postgres/cluster/postmaster.pid")));
        assertEquals("", second.errors());
        assertFalse(second.output().contains("WARN") || second.output().contains("ERROR"), second.output());
    }

    @Test
    void theDemoSaysItsAccountsAndTlsIsOfItsOwnMaking() throws Exception {
        var node = node(
                directory,
                Map.of("GIAOBAN_DATABASE_URL", TestDatabase.fresh(), "GIAOBAN_HTTP_HOST", "127.0.0.1"),
                "--tls");
        assertTrue(node.base().startsWith("https://"));
        node.sees(Pattern.compile("giaoban-demo-2026"));
        for (var account : List.of("thuky", "nghean", "phongvien")) node.sees(Pattern.compile("^ +" + account + " "));
        var http = HttpClient.newBuilder()
                .sslContext(trusting(directory.resolve("cert.pem")))
                .build();
        var request = HttpRequest.newBuilder(URI.create(node.base() + "/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        assertTrue(answer.headers().firstValue("strict-transport-security").isPresent());
        assertEquals(
                "nosniff", answer.headers().firstValue("x-content-type-options").orElseThrow());
        assertTrue(answer.headers()
                .firstValue("content-security-policy")
                .orElseThrow()
                .startsWith("default-src 'none'"));
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        var own = KeyStore.getInstance(KeyStore.getDefaultType());
        own.load(null);
        try (var in = Files.newInputStream(certificate)) {
            own.setCertificateEntry(
                    "own", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(own);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private NodeProcess node(Map<String, String> environment, String... arguments) {
        return node(directory.resolve("data-" + processes.size()), environment, arguments);
    }

    private NodeProcess node(Path data, Map<String, String> environment, String... arguments) {
        var node = NodeProcess.start(data, environment, arguments);
        processes.add(node);
        return node;
    }
}

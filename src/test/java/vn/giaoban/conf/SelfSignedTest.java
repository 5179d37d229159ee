package vn.giaoban.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node's own certificate: made once, private, for the names it is reached by, and renewed in time. */
class SelfSignedTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    Path data;

    @Test
    void isMadeOnceAndReadableByItsOwnerAlone() throws Exception {
        var made = SelfSigned.in(data.resolve("tls"));
        var first = Files.readString(made.certificate());
        assertEquals(first, Files.readString(SelfSigned.in(data.resolve("tls")).certificate()));
        for (var file : Set.of(made.certificate(), made.key())) {
            assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        }
    }

    @Test
    void isMadeAnewBeforeItEndsAndWhenTheMachineGetsAnotherAddress() throws Exception {
        var here = Set.of("localhost", "10.1.2.3");
        var first = text(here, NOW);
        assertEquals(first, text(Set.of("10.1.2.3"), NOW.plus(Duration.ofDays(350))));
        var renewed = text(here, NOW.plus(Duration.ofDays(360)));
        assertNotEquals(first, renewed);
        assertNotEquals(renewed, text(Set.of("localhost", "10.1.2.4"), NOW.plus(Duration.ofDays(361))));
    }

    @Test
    void isMadeAnewWhenTheKeyWasLost() throws Exception {
        var first = text(Set.of("localhost"), NOW);
        Files.delete(data.resolve("key.pem"));
        assertNotEquals(first, text(Set.of("localhost"), NOW));
    }

    @Test
    void servesByNameAndByAddressToWhoTrustsIt() throws Exception {
        var pair = SelfSigned.in(data);
        var vertx = Vertx.vertx();
        try {
            var serving = new PemKeyCertOptions()
                    .setCertPath(pair.certificate().toString())
                    .setKeyPath(pair.key().toString());
            var server = vertx.createHttpServer(
                            new HttpServerOptions().setSsl(true).setKeyCertOptions(serving))
                    .requestHandler(request -> request.response().end("chào"));
            int port = server.listen(0, "localhost").await(10, TimeUnit.SECONDS).actualPort();
            var trust = new PemTrustOptions().addCertPath(pair.certificate().toString());
            var client = vertx.createHttpClient(
                    new HttpClientOptions().setSsl(true).setVerifyHost(true).setTrustOptions(trust));
            for (var host : Set.of("localhost", "127.0.0.1")) {
                var answer = client.request(HttpMethod.GET, port, host, "/")
                        .compose(request -> request.send())
                        .compose(response -> response.body());
                assertEquals("chào", answer.await(10, TimeUnit.SECONDS).toString());
            }
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private String text(Set<String> names, Instant now) throws Exception {
        return Files.readString(SelfSigned.in(data, names, now).certificate());
    }
}

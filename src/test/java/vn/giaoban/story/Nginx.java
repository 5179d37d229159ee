package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The proxy as it ships, {@code docker/proxy/nginx.conf.template}, run by the nginx of this machine on free ports. */
final class Nginx implements AutoCloseable {
    private static final Path TEMPLATE = Path.of("docker/proxy/nginx.conf.template");

    /** How long a node may say nothing; a sixtieth of what ships, so that a story can outlive it. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    final int tlsPort = NodeProcess.freePort();
    final int plainPort = NodeProcess.freePort();
    private final int statusPort = NodeProcess.freePort();
    private final Path directory;
    private final Process process;

    /** {@code meet}: where Jitsi's web server would be. */
    Nginx(Path directory, int nodeA, int nodeB, int meet) {
        this.directory = directory;
        var values = Map.ofEntries(
                Map.entry("PROXY_WORKERS", "2"),
                Map.entry("PROXY_SILENCE", SILENCE.toSeconds() + "s"),
                Map.entry("PROXY_NODE_A", "127.0.0.1:" + nodeA),
                Map.entry("PROXY_NODE_B", "127.0.0.1:" + nodeB),
                Map.entry("PROXY_DOMAIN", "localhost"),
                Map.entry("PROXY_MEET_DOMAIN", "127.0.0.1"),
                Map.entry("PROXY_MEET", "127.0.0.1:" + meet),
                Map.entry("PROXY_RESOLVER", "127.0.0.1"),
                Map.entry("PROXY_TLS_PORT", "127.0.0.1:" + tlsPort),
                Map.entry("PROXY_PLAIN_PORT", "127.0.0.1:" + plainPort),
                Map.entry("PROXY_STATUS_PORT", String.valueOf(statusPort)),
                Map.entry(
                        "PROXY_CERTIFICATE",
                        HouseCertificate.FILES.certificate().toString()),
                Map.entry("PROXY_KEY", HouseCertificate.FILES.key().toString()));
        try {
            Files.createDirectories(directory);
            var configuration = Files.writeString(directory.resolve("nginx.conf"), filled(values));
            process = new ProcessBuilder(
                            program(), "-p", directory + "/", "-c", configuration.toString(), "-g", "daemon off;")
                    .redirectOutput(directory.resolve("access.log").toFile())
                    .redirectError(directory.resolve("error.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (!alive()) {
            if (!process.isAlive()) fail("nginx has ended: " + read("error.log"));
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** As the container's start does it: names of ours alone, so that nginx's own variables stay. */
    static String filled(Map<String, String> values) throws IOException {
        var unused = new HashMap<>(values);
        var text = Pattern.compile("\\$\\{(PROXY_\\w+)}")
                .matcher(Files.readString(TEMPLATE))
                .replaceAll(found -> {
                    unused.remove(found.group(1));
                    return java.util.regex.Matcher.quoteReplacement(
                            Objects.requireNonNull(values.get(found.group(1)), found.group()));
                });
        if (!unused.isEmpty()) fail("values that the template has no use for: " + unused);
        return text;
    }

    static String program() {
        var own = System.getenv("NGINX");
        var path =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(place -> place + "/nginx");
        return Stream.of(
                        Stream.ofNullable(own),
                        path,
                        Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "target/nginx/usr/sbin/nginx"))
                .flatMap(places -> places)
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "nginx is not there: install it, set NGINX to its path, or run src/giaoban test, which does"));
    }

    private boolean alive() {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + statusPort + "/alive")
                    .toURL()
                    .openConnection();
            return connection.getResponseCode() == 204;
        } catch (IOException notYet) {
            return false;
        }
    }

    String base() {
        return "https://localhost:" + tlsPort;
    }

    /** What it says of each request that is over. */
    String accessLog() {
        return read("access.log");
    }

    String errorLog() {
        return read("error.log");
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) fail("nginx does not end");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

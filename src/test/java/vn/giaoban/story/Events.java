package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A reader of an event stream over TLS, by HTTP/2 where it is offered: the lines as they come. */
final class Events implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .sslContext(HouseCertificate.TRUSTED)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final String END = "(the end)";

    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> response;

    Events(String base, String stream, String cookie) {
        var request = HttpRequest.newBuilder(URI.create(base + "/live/" + stream))
                .header("Accept", "text/event-stream")
                .header("Cookie", cookie)
                .header("Origin", base)
                .build();
        try {
            response = HTTP.send(request, HttpResponse.BodyHandlers.ofLines());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(() -> {
            try {
                response.body().forEach(lines::add);
            } catch (RuntimeException cut) {
                // as good as the end
            }
            lines.add(END);
        });
    }

    HttpClient.Version version() {
        return response.version();
    }

    int status() {
        return response.statusCode();
    }

    /** Waits for a line that has this. */
    String sees(String part) {
        try {
            for (var line = lines.poll(15, TimeUnit.SECONDS);
                    line != null && line != END;
                    line = lines.poll(15, TimeUnit.SECONDS)) if (line.contains(part)) return line;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return fail("the events have no " + part);
    }

    @Override
    public void close() {
        response.body().close();
    }
}

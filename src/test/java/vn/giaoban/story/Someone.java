package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/** A person at a browser: a cookie, an origin, and the calls that pages make. */
public final class Someone {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(HouseCertificate.TRUSTED)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;
    private final String name;
    private String cookie;
    private String bearer;
    private String language = "vi";

    Someone(String base, String name) {
        this.base = base;
        this.name = name;
    }

    /** The same person on another node. */
    public Someone at(String otherBase) {
        var same = new Someone(otherBase, name);
        same.cookie = cookie;
        same.bearer = bearer;
        same.language = language;
        return same;
    }

    public String base() {
        return base;
    }

    public String cookie() {
        return cookie;
    }

    public Someone speaking(String to) {
        language = to;
        return this;
    }

    public Someone signIn(String username, String password) {
        var reply = call("POST", "/api/session", Fields.of("username", username).and("password", password), Map.of())
                .expect(200);
        cookie = reply.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
        return this;
    }

    /** A program's way: a bearer token, no cookie, no origin. */
    public Someone asProgram(String username, String password) {
        var reply = call("POST", "/api/tokens", Fields.of("username", username).and("password", password), Map.of())
                .expect(200);
        bearer = reply.text("token");
        cookie = null;
        return this;
    }

    public Reply get(String path) {
        return call("GET", path, null, Map.of());
    }

    /** Asks again and again until it is answered so. */
    Reply until(String path, int status) {
        return until(path, reply -> reply.status() == status);
    }

    public Reply until(String path, Predicate<Reply> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (var reply = get(path); ; reply = get(path)) {
            if (wanted.test(reply)) return reply;
            if (System.nanoTime() > end) fail(path + " is still answered " + reply.status() + " " + reply.text());
            LockSupport.parkNanos(5_000_000);
        }
    }

    public Reply post(String path) {
        return call("POST", path, null, Map.of());
    }

    public Reply post(String path, Map<String, ?> body) {
        return call("POST", path, body, Map.of());
    }

    /** A creating POST with a key of its own. */
    public Reply create(String path, Map<String, ?> body) {
        return call(
                "POST", path, body, Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    }

    /** A table, as a file is sent. */
    public Reply sendTable(String path, String table) {
        return raw("POST", path, table, Map.of("Content-Type", "text/csv"));
    }

    public Reply put(String path, Map<String, ?> body) {
        return call("PUT", path, body, Map.of());
    }

    public Reply patch(String path, String etag, Map<String, ?> body) {
        return call("PATCH", path, body, etag == null ? Map.of() : Map.of("If-Match", etag));
    }

    public Reply delete(String path) {
        return call("DELETE", path, null, Map.of());
    }

    public Reply call(String method, String path, Map<String, ?> body, Map<String, String> headers) {
        return raw(method, path, body == null ? null : Json.text(body), headers);
    }

    /** The very bytes that are sent, well-formed or not. */
    public Reply raw(String method, String path, String body, Map<String, String> headers) {
        return raw(method, path, body == null ? null : body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    public Reply raw(String method, String path, byte[] body, Map<String, String> headers) {
        var all = new LinkedHashMap<String, String>();
        all.put("Accept-Language", language);
        if (cookie != null) all.put("Cookie", cookie);
        if (bearer != null) all.put("Authorization", "Bearer " + bearer);
        else all.put("Origin", base);
        if (body != null) all.put("Content-Type", "application/json");
        all.putAll(headers);
        all.values().removeIf(String::isEmpty);
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(15))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        all.forEach(request::header);
        try {
            return Reply.of(
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()),
                    name + ": " + method + " " + path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a page that follows a stream. */
    public Page follow(String stream) {
        return follow(stream, "");
    }

    /** Comes back with the picture of an earlier page, which was cut off, and its position. */
    public Page resume(Page before) {
        return resume(before, before.position());
    }

    public Page resume(Page before, String after) {
        return new Page(base, before.stream(), "?after=" + after, cookie, bearer, before);
    }

    public String bearer() {
        return bearer;
    }

    /** With a query, for instance "?audience=press". */
    public Page follow(String stream, String query) {
        return new Page(base, stream, query, cookie, bearer);
    }
}

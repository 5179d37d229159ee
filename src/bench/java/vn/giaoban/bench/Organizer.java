package vn.giaoban.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/** Prepares a live public briefing by API calls, and changes a title in it. */
public final class Organizer {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    public final String token;
    public String briefing;
    private String item;
    private String etag;

    public Organizer(int port, String password) throws Exception {
        base = "http://127.0.0.1:" + port;
        token = (String)
                body(send("POST", "/api/tokens", Fields.of("username", "admin").and("password", password), Map.of()))
                        .get("token");
    }

    public void goLive() throws Exception {
        goLive(0);
    }

    /** Planned for so many times two hours later: one person chairs one briefing at a time. */
    public void goLive(int turn) throws Exception {
        var me = body(send("GET", "/api/session", null, Map.of()));
        var organisations = (List<?>)
                body(send("GET", "/api/organisations", null, Map.of())).get("items");
        // Later than the lobby opens by itself, so that it is opened here and by nobody else.
        var start = Instant.now().plusSeconds(3_600 + 7_200L * turn);
        var plan = Fields.of("organisation", ((Map<?, ?>) organisations.getFirst()).get("id"))
                .and("kind", "PRESS_CONFERENCE")
                .and("title", "Họp báo đo lường")
                .and("chair", me.get("id"))
                .and("plannedStart", start)
                .and("plannedEnd", start.plusSeconds(3_600));
        briefing = (String) body(create("/api/briefings", plan)).get("id");
        var path = "/api/briefings/" + briefing;
        item = (String) body(create(
                        path + "/agenda",
                        Fields.of("title", "Nội dung").and("minutes", 10).and("visibility", "PUBLIC")))
                .get("id");
        var tag = send("GET", path, null, Map.of()).headers().firstValue("etag").orElseThrow();
        send("POST", path + "/schedule", null, Map.of("If-Match", tag));
        send("POST", path + "/open", null, Map.of());
        send("POST", path + "/start", null, Map.of());
        etag = "\"i1\"";
    }

    /** A patch of about 300 bytes for everybody, marked with the moment of sending; returns when it was sent and when it was answered. */
    public long[] change(int round) throws Exception {
        long sent = System.nanoTime();
        var title = "~" + sent + "~ " + ("Lần " + round + " ").repeat(25);
        return change(sent, Fields.of("title", title.substring(0, Math.min(title.length(), 180)) + round));
    }

    /** The same with about two thousand bytes. */
    public long[] longChange(int round) throws Exception {
        long sent = System.nanoTime();
        var title = ("~" + sent + "~ " + round + " " + "ế".repeat(300)).substring(0, 300);
        return change(
                sent,
                Fields.of("title", title)
                        .and("titleEn", round + "ế".repeat(280))
                        .and("speaker", round + "ế".repeat(180)));
    }

    private long[] change(long sent, Fields fields) throws Exception {
        var answer = send("PATCH", "/api/briefings/" + briefing + "/agenda/" + item, fields, Map.of("If-Match", etag));
        long answered = System.nanoTime();
        etag = answer.headers().firstValue("etag").orElseThrow();
        return new long[] {sent, answered};
    }

    private HttpResponse<String> create(String path, Map<String, ?> body) throws Exception {
        return send(
                "POST", path, body, Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    }

    private HttpResponse<String> send(String method, String path, Map<String, ?> body, Map<String, String> headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.text(body)))
                .header("Origin", base);
        if (body != null) request.header("Content-Type", "application/json");
        if (token != null) request.header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) throw new IllegalStateException(method + " " + path + ": " + answer.body());
        return answer;
    }

    private static Map<String, Object> body(HttpResponse<String> answer) {
        return Json.parse(answer.body());
    }
}

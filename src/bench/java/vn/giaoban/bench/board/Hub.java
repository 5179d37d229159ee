package vn.giaoban.bench.board;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/** Who plans and runs the briefing of the bench, and speaks for all of its sites. */
final class Hub {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    final String token;
    String briefing;
    /** In their order, which is that of the accounts that speak for them. */
    List<String> sites;

    private final Map<String, String> tokens = new HashMap<>();

    Hub(int port, String password) throws Exception {
        base = "http://127.0.0.1:" + port;
        token = token("admin", password);
    }

    private String token(String username, String password) throws Exception {
        var body = Fields.of("username", username).and("password", password);
        return (String) send("POST", "/api/tokens", body, null).get("token");
    }

    /** Of the account that speaks for a site. */
    String token(String site) {
        return tokens.get(site);
    }

    /** A live briefing with so many stations. */
    void goLive(int many) throws Exception {
        var me = send("GET", "/api/session", null);
        var organisation =
                ((Map<?, ?>) ((List<?>) send("GET", "/api/organisations", null).get("items")).getFirst()).get("id");
        var start = Instant.now().plusSeconds(3_600);
        briefing = (String) send(
                        "POST",
                        "/api/briefings",
                        Fields.of("organisation", organisation)
                                .and("kind", "BRIEFING")
                                .and("title", "Giao ban toàn quốc tới trạm y tế xã")
                                .and("chair", me.get("id"))
                                .and("plannedStart", start)
                                .and("plannedEnd", start.plusSeconds(3_600)))
                .get("id");
        sites = stations(many);
        for (int from = 0; from < sites.size(); from += 500)
            send(
                    "POST",
                    path("/endpoints"),
                    Map.of("endpoints", sites.subList(from, Math.min(sites.size(), from + 500))));
        send(
                "POST",
                path("/agenda"),
                Fields.of("title", "Nội dung").and("minutes", 60).and("visibility", "SITE"));
        send("POST", path("/schedule"), null);
        send("POST", path("/open"), null);
        send("POST", path("/start"), null);
        for (int from = 0; from < sites.size(); from += BoardNode.SITES_EACH) {
            var one = token("tram" + from / BoardNode.SITES_EACH, BoardNode.PASSWORD);
            for (var site : sites.subList(from, Math.min(sites.size(), from + BoardNode.SITES_EACH)))
                tokens.put(site, one);
        }
    }

    private List<String> stations(int many) throws Exception {
        var all = new ArrayList<String>();
        var after = "";
        while (all.size() < many) {
            var page = send("GET", "/api/endpoints?limit=200" + after, null);
            for (var item : (List<?>) page.get("items"))
                if (item instanceof Map<?, ?> one
                        && String.valueOf(one.get("code")).startsWith("TYT-")) all.add((String) one.get("id"));
            if (page.get("next") == null) break;
            after = "&after="
                    + java.net.URLEncoder.encode((String) page.get("next"), java.nio.charset.StandardCharsets.UTF_8);
        }
        if (all.size() < many) throw new IllegalStateException("only " + all.size() + " stations");
        return all.subList(0, many);
    }

    void join(String site) throws Exception {
        send("POST", path("/endpoints/" + site + "/join"), null, token(site));
    }

    void report(String site, int roundTripMs) throws Exception {
        send(
                "POST",
                path("/endpoints/" + site + "/quality"),
                Map.of("seconds", 20, "roundTripMs", roundTripMs, "jitterMs", 5, "stalls", 0),
                token(site));
    }

    private String path(String rest) {
        return "/api/briefings/" + briefing + rest;
    }

    private Map<String, Object> send(String method, String path, Map<String, ?> body) throws Exception {
        return send(method, path, body, token);
    }

    private Map<String, Object> send(String method, String path, Map<String, ?> body, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.text(body)))
                .header("Origin", base)
                .header("Idempotency-Key", UUID.randomUUID().toString());
        if (body != null) request.header("Content-Type", "application/json");
        if (token != null) request.header("Authorization", "Bearer " + token);
        if (path.endsWith("/schedule")) request.header("If-Match", etag(path.replace("/schedule", "")));
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 503) { // as a page does: again, a moment later
            TimeUnit.MILLISECONDS.sleep(200);
            return send(method, path, body, token);
        }
        if (answer.statusCode() >= 300) throw new IOException(method + " " + path + ": " + answer.body());
        return answer.body().isEmpty() ? Map.of() : Json.parse(answer.body());
    }

    private String etag(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("etag")
                .orElseThrow();
    }
}

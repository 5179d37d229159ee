package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.giaoban.story.Shape.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses, ids, methods and queries that are none of ours, and bodies without an end. */
@Timeout(120)
class BadAddressTest {
    private final World world = World.shared();
    private final Someone administrator = world.administrator();
    private final Refused refused = new Refused();

    @Test
    void whatIsTooLargeIsNotWaitedFor() {
        for (var shape : Shape.withBody().subList(0, 3))
            try (var wire = Wire.to(world.base)) {
                wire.ask(
                        shape.method(),
                        shape.anywhere(),
                        "Content-Type: application/json",
                        "Origin: " + world.base,
                        "Content-Length: 50000000");
                wire.send("{\"x\":\"" + "x".repeat(1_000));
                var head = wire.head();
                assertTrue(head.startsWith("HTTP/1.1 413") && head.contains("application/problem+json"), head);
                assertTrue(wire.rest().contains("/problems/too-large"), "and the connection is closed");
            }
    }

    @Test
    void anIdThatIsNoneIsNotFound() {
        var before = refused.counts();
        for (var shape : Shape.all()) {
            if (!shape.path().contains("{")) continue;
            var body = shape.body().isEmpty() ? null : bytes(shape.valid());
            for (var id : List.of(
                    "x",
                    "0",
                    "-1",
                    "null",
                    "%20",
                    "%00",
                    "a%2Fb",
                    "%C3%28",
                    "%F0%9F%92%A3",
                    "'%20OR%201=1--",
                    "urn:uuid:" + UUID.randomUUID(),
                    UUID.randomUUID() + "0",
                    UUID.randomUUID() + "%0A",
                    "x".repeat(1_000),
                    UUID.randomUUID().toString()))
                refused.by(shape, shape.at(id), "id " + id, body, Map.of(), 404, null);
        }
        refused.nothingElse(before);
    }

    @Test
    void anAddressTakesOnlyItsMethods() {
        var byPath = new TreeMap<String, List<String>>();
        for (var shape : Shape.all())
            byPath.computeIfAbsent(shape.path(), p -> new ArrayList<>()).add(shape.method());
        byPath.forEach((path, methods) -> {
            for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")) {
                if (methods.contains(method)) continue;
                var at = path.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
                var reply = administrator.raw(method, at, (byte[]) null, Map.of());
                // `order`, `import` and `registry` stand where an item's or an endpoint's id may stand.
                if (path.matches(".*/(agenda/order|endpoints/(import|registry))") && reply.status() == 404) continue;
                assertEquals(405, reply.status(), method + " " + path + ": " + reply.text());
                assertEquals("method", reply.problem());
                var allow = reply.headers().firstValue("allow").orElse("");
                methods.forEach(one -> assertTrue(allow.contains(one), method + " " + path + " allows " + allow));
            }
        });
        assertEquals(404, administrator.get("/api/nothing").expect(404).get("status"));
    }

    @Test
    void oddQueriesAreReadOrRefused() {
        for (var shape : Shape.all()) {
            if (!shape.method().equals("GET") || shape.path().contains("{")) continue;
            for (var name : List.of("q", "limit", "after", "from", "to", "kind", "status", "on", "year", "khac"))
                for (var value : List.of(
                        "%",
                        "%2",
                        "%zz",
                        "%00",
                        "%2B",
                        "+",
                        "%252B",
                        "%25",
                        "_",
                        "\\".replace("\\", "%5C"),
                        "'",
                        "%C3%28",
                        "%ED%A0%80",
                        "1&" + name + "=2",
                        "",
                        "0",
                        "-1",
                        "999999999999",
                        "1e3",
                        "x".repeat(500),
                        "2026-02-30",
                        "9999-12-31",
                        "2026-01-01T00:00:00Z",
                        "%2B1000000000-12-31T23:59:59Z",
                        "KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTkuOTk5OTk5OTk5WiAxLTEtMS0xLTE",
                        "4oCoIA",
                        "====",
                        "AAAA")) {
                    var reply = raw(shape.path() + "?" + name + "=" + value);
                    assertTrue(
                            reply.status() == 200 || reply.status() == 400,
                            shape.id() + " " + name + "=" + value + ": " + reply.text());
                    if (reply.status() == 400) assertTrue(reply.problem().matches("[a-z-]+"), reply.text());
                }
        }
        assertEquals(200, administrator.get("/api/time").status(), "still there after all this");
    }

    /** What java.net.URI would not let through. */
    private Reply raw(String path) {
        try (var wire = Wire.to(world.base)) {
            wire.ask("GET", path, "Cookie: " + administrator.cookie(), "Connection: close");
            var head = wire.head();
            var body = wire.rest();
            return new Reply(
                    Integer.parseInt(head.split(" ")[1]),
                    java.net.http.HttpHeaders.of(Map.of(), (a, b) -> true),
                    body,
                    "GET " + path);
        }
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.giaoban.story.Shape.bytes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is sent to whichever operation: a problem that names the field in the reader's language, and nothing done. */
@Timeout(120)
class BadInputTest {
    private static final List<String> TABLES =
            List.of("briefing", "agenda_item", "invitation", "person", "session", "journal_entry", "idempotency");

    private final World world = World.shared();
    private final Someone administrator = world.administrator();
    private final List<String> wrong = new ArrayList<>();
    private final java.util.Set<String> languages = new java.util.HashSet<>();

    /** Sends it in both languages; what is not as promised is gathered, so that one run shows everything. */
    private void refused(Shape shape, String what, byte[] body, Map<String, String> more, int status, String pointer) {
        refused(shape, shape.anywhere(), what, body, more, status, pointer);
    }

    private void refused(
            Shape shape, String path, String what, byte[] body, Map<String, String> more, int status, String pointer) {
        var headers = new TreeMap<>(shape.headers());
        headers.putAll(more);
        var vi = administrator.speaking("vi").raw(shape.method(), path, body, headers);
        // The other language once for each reason that an operation gives: the sentences are the same for all fields.
        var en = vi.status() != status || languages.add(shape.id() + vi.get("type"))
                ? administrator.speaking("en").raw(shape.method(), path, body, headers)
                : null;
        var said = shape.id() + ", " + what + ": " + vi.status() + " " + vi.text();
        if (vi.status() != status || en != null && en.status() != status) {
            wrong.add(said);
            return;
        }
        var type = vi.headers().firstValue("content-type").orElse("");
        if (!type.startsWith("application/problem+json")
                || !String.valueOf(vi.get("type")).matches("/problems/[a-z-]+")
                || en != null
                        && (!vi.get("type").equals(en.get("type"))
                                || vi.get("title").equals(en.get("title")))
                || !vi.get("status").equals(status)
                || vi.text().contains("\"detail\":\"field.")) wrong.add(said);
        if (pointer != null && !String.valueOf(vi.get("errors")).contains("pointer=" + pointer + "}"))
            wrong.add(said + " should point to " + pointer);
        if (vi.text().contains("Không có trường này") != what.startsWith("unknown")) wrong.add(said);
    }

    private void nothingElse(Map<String, Long> before) {
        assertEquals(List.of(), wrong, () -> wrong.size() + " wrong: " + String.join("\n", wrong));
        assertEquals(before, counts(), "nothing half done");
    }

    private Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        for (var table : TABLES)
            counts.put(
                    table,
                    world.node
                            .rooms()
                            .db()
                            .row("SELECT count(*) AS n FROM " + table)
                            .getLong("n"));
        return counts;
    }

    @Test
    void aFieldThatDoesNotFitIsNamed() {
        var before = counts();
        for (var shape : Shape.withBody()) {
            refused(shape, "unknown property", shape.but("khac", 1), Map.of(), 400, "/khac");
            shape.properties().forEach((name, schema) -> {
                for (var bad : Shape.unfitting(Shape.object(schema))) {
                    var body = shape.but(name, bad);
                    var text = new String(body, StandardCharsets.UTF_8);
                    boolean time = "date-time".equals(Shape.object(schema).get("format"));
                    // A time that looks like one may be refused where it is read: as something that cannot be meant.
                    if (time && bad.toString().matches("\\+?\\d+-\\d\\d-\\d\\dT.*")) continue;
                    refused(shape, text.substring(0, Math.min(300, text.length())), body, Map.of(), 400, "/" + name);
                }
            });
            for (var name : shape.required())
                refused(shape, "without " + name, shape.without((String) name), Map.of(), 400, "/" + name);
        }
        nothingElse(before);
    }

    @Test
    void whatIsNoJsonObjectIsNotRead() {
        var before = counts();
        for (var shape : Shape.withBody()) {
            var name = shape.properties().keySet().iterator().next();
            var valid = new String(bytes(shape.valid()), StandardCharsets.UTF_8);
            var bodies = new LinkedHashMap<String, byte[]>();
            for (var text : List.of(
                    "",
                    " ",
                    "[]",
                    "[" + valid + "]",
                    "\"x\"",
                    "7",
                    "true",
                    "null",
                    "{",
                    valid + "}",
                    valid + valid,
                    valid.replaceFirst(":", ""),
                    "{'" + name + "':1}",
                    "{" + name + ":1}",
                    "{\"" + name + "\":NaN}",
                    "{\"" + name + "\":Infinity}",
                    "{\"" + name + "\":01}",
                    "/* x */" + valid,
                    "\uFEFF" + valid,
                    "{\"" + name + "\":1,\"" + name + "\":1}",
                    valid.substring(0, valid.length() - 1) + ",\"" + name + "\":\"x\"}",
                    "{\"" + name + "\":" + "[".repeat(200) + "]".repeat(200) + "}",
                    "{\"" + name + "\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5000) + "}",
                    "{\"" + "x".repeat(3000) + "\":1}",
                    "{\"" + name + "\":" + "1".repeat(3000) + "}",
                    "{\"" + name + "\":\"\\ud83\"}",
                    "{\"" + name + "\":\"half a pair: \\ud83d\"}",
                    "{\"" + name + "\":\"a\nb\"}"))
                bodies.put(text.substring(0, Math.min(80, text.length())), text.getBytes(StandardCharsets.UTF_8));
            bodies.put("invalid UTF-8", ("{\"" + name + "\":\"\u00ff\u00fe\"}").getBytes(StandardCharsets.ISO_8859_1));
            bodies.put("overlong UTF-8", ("{\"" + name + "\":\"\u00c0\u00af\"}").getBytes(StandardCharsets.ISO_8859_1));
            bodies.put(
                    "a surrogate in UTF-8",
                    ("{\"" + name + "\":\"\u00ed\u00a0\u0080\"}").getBytes(StandardCharsets.ISO_8859_1));
            bodies.put("UTF-16", valid.getBytes(StandardCharsets.UTF_16));
            bodies.forEach((what, body) -> refused(shape, what, body, Map.of(), 400, null));
            for (var type : List.of(
                    "text/plain",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/json; charset=utf-16",
                    "application/jsonp",
                    "*/*")) refused(shape, type, bytes(shape.valid()), Map.of("Content-Type", type), 415, null);
            refused(shape, "no type", bytes(shape.valid()), Map.of("Content-Type", ""), 415, null);
        }
        for (var shape : Shape.all())
            if (shape.body().isEmpty() && !shape.method().equals("GET"))
                refused(shape, "a body where none is taken", bytes(Map.of("a", 1)), Map.of(), 400, null);
        nothingElse(before);
    }

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
        var before = counts();
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
                    UUID.randomUUID().toString())) refused(shape, shape.at(id), "id " + id, body, Map.of(), 404, null);
        }
        nothingElse(before);
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
                // `order` stands where an item's id may stand.
                if (path.endsWith("/agenda/order") && reply.status() == 404) continue;
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

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends what must be refused, and gathers what was not refused as promised, so that one run shows everything. */
final class Refused {
    private static final List<String> TABLES =
            List.of("briefing", "agenda_item", "invitation", "person", "session", "journal_entry", "idempotency");

    private final World world = World.shared();
    private final Someone administrator = world.administrator();
    private final List<String> wrong = new ArrayList<>();
    private final java.util.Set<String> languages = new java.util.HashSet<>();

    /** Sends it in both languages; what is not as promised is gathered, so that one run shows everything. */
    void by(Shape shape, String what, byte[] body, Map<String, String> more, int status, String pointer) {
        by(shape, shape.anywhere(), what, body, more, status, pointer);
    }

    void by(Shape shape, String path, String what, byte[] body, Map<String, String> more, int status, String pointer) {
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

    void nothingElse(Map<String, Long> before) {
        assertEquals(List.of(), wrong, () -> wrong.size() + " wrong: " + String.join("\n", wrong));
        assertEquals(before, counts(), "nothing half done");
    }

    Map<String, Long> counts() {
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
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Json;

/** What a call was answered, and short ways to look into it. */
public record Reply(int status, java.net.http.HttpHeaders headers, String text, String asked) {
    static Reply of(HttpResponse<String> response, String asked) {
        return new Reply(response.statusCode(), response.headers(), response.body(), asked);
    }

    /** Fails the story with everything that was said, if it is another status. */
    public Reply expect(int expected) {
        assertEquals(expected, status, () -> asked + " answered " + text);
        return this;
    }

    public Map<String, Object> json() {
        return Json.parse(text);
    }

    /** A value by its path, for instance "agenda.items.0.title". */
    public Object get(String path) {
        return at(json(), path);
    }

    public String text(String path) {
        return (String) get(path);
    }

    public UUID id() {
        return UUID.fromString(text("id"));
    }

    public String etag() {
        return headers.firstValue("etag").orElse(null);
    }

    /** The problem's type without the common part. */
    public String problem() {
        return String.valueOf(get("type")).replace("/problems/", "");
    }

    public static Object at(Object value, String path) {
        for (var step : path.split("\\."))
            value = switch (value) {
                case Map<?, ?> map -> map.get(step);
                case List<?> list -> Integer.parseInt(step) < list.size() ? list.get(Integer.parseInt(step)) : null;
                case null, default -> null;
            };
        return value;
    }
}

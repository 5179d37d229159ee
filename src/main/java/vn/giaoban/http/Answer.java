package vn.giaoban.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a call is answered: status, headers, and a body that is JSON (a map), text, bytes, or nothing. */
public record Answer(int status, Map<String, String> headers, Object body) {
    public static Answer ok(Map<String, ?> body) {
        return new Answer(200, Map.of(), body);
    }

    public static Answer created(Map<String, ?> body) {
        return new Answer(201, Map.of(), body);
    }

    public static Answer nothing() {
        return new Answer(204, Map.of(), null);
    }

    public static Answer csv(String fileName, String text) {
        return new Answer(
                200,
                Map.of(
                        "Content-Type",
                        "text/csv; charset=utf-8",
                        "Content-Disposition",
                        "attachment; filename=\"" + fileName + "\""),
                text);
    }

    public Answer with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, all, body);
    }

    public Answer etag(String etag) {
        return with("ETag", etag);
    }
}

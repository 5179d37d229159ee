package vn.giaoban.story;

import static vn.giaoban.story.Shape.bytes;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is sent to whichever operation: a problem that names the field in the reader's language, and nothing done. */
@Timeout(120)
class BadInputTest {
    private final Refused refused = new Refused();

    @Test
    void aFieldThatDoesNotFitIsNamed() {
        var before = refused.counts();
        for (var shape : Shape.withBody()) {
            refused.by(shape, "unknown property", shape.but("khac", 1), Map.of(), 400, "/khac");
            shape.properties().forEach((name, schema) -> {
                for (var bad : Shape.unfitting(Shape.object(schema))) {
                    var body = shape.but(name, bad);
                    var text = new String(body, StandardCharsets.UTF_8);
                    boolean time = "date-time".equals(Shape.object(schema).get("format"));
                    // A time that looks like one may be refused where it is read: as something that cannot be meant.
                    if (time && bad.toString().matches("\\+?\\d+-\\d\\d-\\d\\dT.*")) continue;
                    refused.by(shape, text.substring(0, Math.min(300, text.length())), body, Map.of(), 400, "/" + name);
                }
            });
            for (var name : shape.required())
                refused.by(shape, "without " + name, shape.without((String) name), Map.of(), 400, "/" + name);
        }
        refused.nothingElse(before);
    }

    @Test
    void whatIsNoJsonObjectIsNotRead() {
        var before = refused.counts();
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
            bodies.forEach((what, body) -> refused.by(shape, what, body, Map.of(), 400, null));
            for (var type : List.of(
                    "text/plain",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/json; charset=utf-16",
                    "application/jsonp",
                    "*/*")) refused.by(shape, type, bytes(shape.valid()), Map.of("Content-Type", type), 415, null);
            refused.by(shape, "no type", bytes(shape.valid()), Map.of("Content-Type", ""), 415, null);
        }
        for (var shape : Shape.all())
            if (shape.body().isEmpty()
                    && !shape.method().equals("GET")
                    && !shape.path().contains("/import")) // theirs is a table
            refused.by(shape, "a body where none is taken", bytes(Map.of("a", 1)), Map.of(), 400, null);
        refused.nothingElse(before);
    }
}

package vn.giaoban.story;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import vn.giaoban.db.Json;
import vn.giaoban.http.Contract;

/** The operations of the contract as a stranger reads them: paths, bodies, and values that fit or do not. */
record Shape(
        String id,
        String method,
        String path,
        Map<String, Object> body,
        List<Map<String, Object>> parameters,
        Map<String, Object> responses) {
    static List<Shape> all() {
        var shapes = new ArrayList<Shape>();
        object(Json.parse(new Contract().json()).get("paths")).forEach((path, item) -> {
            var common = list(object(item).get("parameters"));
            object(item).forEach((method, one) -> {
                if (!(one instanceof Map<?, ?> operation) || !operation.containsKey("operationId")) return;
                var parameters = new ArrayList<Map<String, Object>>();
                for (var parameter : common) parameters.add(object(parameter));
                for (var parameter : list(operation.get("parameters"))) parameters.add(object(parameter));
                var body = object(
                        object(object(object(operation.get("requestBody")).get("content"))
                                        .get("application/json"))
                                .get("schema"));
                shapes.add(new Shape(
                        (String) operation.get("operationId"),
                        method.toUpperCase(java.util.Locale.ROOT),
                        path,
                        body,
                        parameters,
                        object(operation.get("responses"))));
            });
        });
        return shapes;
    }

    static List<Shape> withBody() {
        return all().stream().filter(shape -> !shape.body.isEmpty()).toList();
    }

    Map<String, Object> properties() {
        return object(body.get("properties"));
    }

    List<?> required() {
        return list(body.get("required"));
    }

    /** The path with one value in each place. */
    String at(String value) {
        return path.replaceAll("\\{\\w+}", value);
    }

    /** The path with ids that nothing has, and a value that fits where the contract wants another than an id. */
    String anywhere() {
        var somewhere = path;
        for (var parameter : parameters) {
            var schema = object(parameter.get("schema"));
            if (parameter.get("in").equals("path")
                    && (schema.containsKey("enum") || type(schema).equals("integer")))
                somewhere = somewhere.replace("{" + parameter.get("name") + "}", String.valueOf(Shape.fitting(schema)));
        }
        return somewhere.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
    }

    /** The headers without which the operation is refused before anything else is looked at. */
    Map<String, String> headers() {
        var headers = new TreeMap<String, String>();
        for (var parameter : parameters) {
            if (parameter.get("name").equals("If-Match")) headers.put("If-Match", "\"b1\"");
            if (parameter.get("name").equals("Idempotency-Key"))
                headers.put("Idempotency-Key", UUID.randomUUID().toString());
        }
        return headers;
    }

    /** A body that the contract takes, with every property. */
    Map<String, Object> valid() {
        return object(fitting(body));
    }

    static Object fitting(Map<String, Object> schema) {
        if (schema.get("enum") instanceof List<?> values) return values.getFirst();
        return switch (type(schema)) {
            case "object" -> {
                var all = new LinkedHashMap<String, Object>();
                object(schema.get("properties")).forEach((name, inner) -> all.put(name, fitting(object(inner))));
                yield all;
            }
            case "array" -> List.of(fitting(object(schema.get("items"))));
            case "integer", "number" -> schema.getOrDefault("minimum", 1);
            case "boolean" -> true;
            default ->
                switch (String.valueOf(schema.get("format"))) {
                    case "uuid" -> UUID.randomUUID().toString();
                    case "date" -> "2040-01-01";
                    case "date-time" -> "2040-01-01T08:00:00+07:00";
                    default -> text(schema);
                };
        };
    }

    private static String text(Map<String, Object> schema) {
        if (schema.get("pattern") instanceof String pattern)
            return java.util.stream.Stream.of("lan", "40", "A", "0123abcd")
                    .filter(one -> one.matches(pattern))
                    .findFirst()
                    .orElse("lan");
        var text = "một hai ba bốn";
        if (schema.get("minLength") instanceof Integer least && least > text.length()) return "x".repeat(least);
        return text.substring(0, Math.min((Integer) schema.getOrDefault("maxLength", 300), text.length()));
    }

    /** Values that the contract does not take in this place. */
    static List<Object> unfitting(Map<String, Object> schema) {
        var bad = new ArrayList<Object>();
        var type = type(schema);
        if (!type.equals("object")) bad.add(Map.of("a", 1));
        if (!type.equals("array")) bad.add(List.of(1));
        if (!type.equals("boolean")) bad.add(true);
        if (!type.equals("string")) bad.add("a\u0000b");
        if (type.equals("string")) bad.addAll(List.of(7, "a\u0000b"));
        if (!(schema.get("type") instanceof List<?> types && types.contains("null"))) bad.add(Null.NULL);
        if (type.equals("integer"))
            bad.addAll(List.of("5", 1.5, 1e300, -1e300, new java.math.BigInteger("9".repeat(39))));
        if (schema.get("minimum") instanceof Integer least) bad.add(least - 1);
        if (schema.get("maximum") instanceof Integer most) bad.add(most + 1);
        if (schema.get("maxLength") instanceof Integer most) bad.add("ư".repeat(most + 1));
        if (schema.get("minLength") instanceof Integer least) bad.add("x".repeat(least - 1));
        if (schema.containsKey("enum")) bad.addAll(List.of("", "NOBODY", "draft"));
        if (schema.containsKey("pattern")) bad.addAll(List.of("", "Ư", "a b c"));
        if ("uuid".equals(schema.get("format")))
            bad.addAll(List.of(
                    "",
                    "x",
                    "urn:uuid:" + UUID.randomUUID(),
                    "{" + UUID.randomUUID() + "}",
                    "1-1-1-1-1",
                    UUID.randomUUID() + "\n"));
        if ("date-time".equals(schema.get("format")))
            bad.addAll(List.of(
                    "",
                    "tomorrow",
                    "2040-01-01",
                    "2040-01-01T08:00:00",
                    "2040-02-30T08:00:00Z",
                    "2040-01-01T25:00:00Z",
                    "+12040-01-01T08:00:00Z",
                    "2040-01-01T08:00:00+99:99"));
        if (schema.get("maxItems") instanceof Integer most) {
            var many = new ArrayList<Object>();
            for (int i = 0; i <= most; i++) many.add(fitting(object(schema.get("items"))));
            bad.add(many);
        }
        if (Boolean.TRUE.equals(schema.get("uniqueItems"))) {
            var one = fitting(object(schema.get("items")));
            bad.add(List.of(one, one));
        }
        return bad;
    }

    enum Null {
        NULL
    }

    /** Valid but for one property. */
    byte[] but(String name, Object value) {
        var all = valid();
        all.put(name, value == Null.NULL ? null : value);
        return bytes(all);
    }

    byte[] without(String name) {
        var all = valid();
        all.remove(name);
        return bytes(all);
    }

    static byte[] bytes(Object json) {
        return Json.text(json).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static <T> T any(Random random, List<? extends T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String type(Map<String, Object> schema) {
        if (schema.get("type") instanceof List<?> types) return (String) types.getFirst();
        return String.valueOf(schema.getOrDefault("type", "string"));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}

package vn.giaoban.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.giaoban.http.Refusal.Fault;

/** Holds what was sent against the contract's schemas, and says field by field what is wrong. */
final class Validation {
    private Validation() {}

    /** The parameters in Java's types; each fault names its parameter. */
    static Map<String, Object> parameters(
            Contract.Operation operation, java.util.function.BiFunction<String, String, String> raw) {
        var values = new HashMap<String, Object>();
        var faults = new ArrayList<Fault>();
        for (var parameter : operation.parameters()) {
            var text = raw.apply(parameter.in(), parameter.name());
            if (text == null) {
                if (!parameter.required()) continue;
                if (parameter.name().equals("If-Match")) throw new Refusal(428, "precondition-required", Map.of());
                faults.add(new Fault(parameter.name(), "required"));
                continue;
            }
            Object value = text;
            if ("integer".equals(parameter.schema().get("type"))) {
                try {
                    value = Integer.parseInt(text);
                } catch (NumberFormatException e) {
                    if (parameter.in().equals("path")) throw Refusal.notFound();
                    faults.add(new Fault(parameter.name(), "integer"));
                    continue;
                }
            }
            if (text.indexOf('\0') >= 0 || !valid(parameter.validator(), value)) {
                // An id that is no id names nothing: the same answer as an id that nothing has.
                if (parameter.in().equals("path")) throw Refusal.notFound();
                faults.add(new Fault(parameter.name(), reason(parameter.schema()), parameter.schema()));
                continue;
            }
            values.put(parameter.name(), value);
        }
        if (!faults.isEmpty()) throw new Refusal(400, "invalid", Map.of()).faults(faults);
        return values;
    }

    static void body(Validator validator, Map<String, Object> body) {
        storable("", body);
        var result = validator.validate(new JsonObject(body));
        if (result.getValid()) return;
        var faults = new ArrayList<Fault>();
        for (var error : result.getErrors() == null ? List.<OutputUnit>of() : result.getErrors()) {
            var keyword = error.getKeywordLocation();
            var last = keyword.substring(keyword.lastIndexOf('/') + 1);
            // The outer rows only say that something inside is wrong.
            if (last.equals("properties") || last.equals("items") || last.equals("$ref")) continue;
            var pointer = error.getInstanceLocation().replaceFirst("^#", "");
            var fault = fault(last, pointer, String.valueOf(error.getError()));
            if (fault != null && faults.stream().noneMatch(f -> f.pointer().equals(fault.pointer()))) faults.add(fault);
            if (faults.size() == 10) break;
        }
        if (faults.isEmpty()) faults.add(new Fault("", "invalid"));
        throw new Refusal(400, "invalid", Map.of()).faults(faults);
    }

    private static Fault fault(String keyword, String pointer, String error) {
        var quoted = quoted(error);
        return switch (keyword) {
            case "required" -> new Fault(pointer + "/" + quoted, "required");
            case "additionalProperties", "false" -> new Fault(pointer, "unknown");
            case "type" -> new Fault(pointer, "type");
            case "minLength" -> new Fault(pointer, "too-short");
            case "maxLength" -> new Fault(pointer, "too-long");
            case "minimum", "exclusiveMinimum" -> new Fault(pointer, "too-small");
            case "maximum", "exclusiveMaximum" -> new Fault(pointer, "too-large");
            case "minItems", "minProperties" -> new Fault(pointer, "too-few");
            case "maxItems" -> new Fault(pointer, "too-many");
            case "uniqueItems" -> new Fault(pointer, "twice");
            case "enum", "const" -> new Fault(pointer, "enum");
            case "pattern", "format" -> new Fault(pointer, "format");
            default -> new Fault(pointer, "invalid");
        };
    }

    /** What no text of ours may hold; nobody means it, and some of it makes a name read as another. */
    private static void storable(String pointer, Object value) {
        switch (value) {
            case String s
            when s.codePoints().anyMatch(Validation::unwanted) ->
                throw new Refusal(400, "invalid", Map.of()).faults(List.of(new Fault(pointer, "format")));
            case Map<?, ?> map -> map.forEach((k, v) -> storable(pointer + "/" + k, v));
            case List<?> list -> list.forEach(v -> storable(pointer, v));
            case null, default -> {}
        }
    }

    private static boolean valid(Validator validator, Object value) {
        return validator
                .validate(value instanceof List<?> l ? new JsonArray(l) : value)
                .getValid();
    }

    private static String reason(Map<String, Object> schema) {
        if (schema.containsKey("enum")) return "enum";
        if (schema.containsKey("format")) return "format";
        return schema.get("type").equals("integer") ? "range" : "length";
    }

    private static String quoted(String error) {
        int from = error.indexOf('"');
        int to = from < 0 ? -1 : error.indexOf('"', from + 1);
        return to < 0 ? "" : error.substring(from + 1, to);
    }

    /**
     * Control characters but line ends and tabs (PostgreSQL cannot hold U+0000), half a surrogate pair (UTF-8 would
     * keep it as "?"), and the marks that turn the direction of what follows.
     */
    private static boolean unwanted(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\r' && c != '\t';
            case Character.SURROGATE -> true;
            default -> c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        };
    }
}

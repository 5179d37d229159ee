package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import vn.giaoban.db.Json;

/** Holds what was answered against the contracts' schemas. */
final class Schemas {
    private Schemas() {}

    static void fits(String what, Validator validator, Map<String, Object> json) {
        var result = validator.validate(new JsonObject(json));
        assertTrue(result.getValid(), () -> what + ": " + result.toJson() + " in " + json);
    }

    static Validator validator(Map<String, Object> schema) {
        var options = new JsonSchemaOptions()
                .setBaseUri("app://test/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        return SchemaRepository.create(options).validator(JsonSchema.of(new JsonObject(Json.text(schema))));
    }

    /** What an answer holds stands in the contract, all of it. */
    static Map<String, Object> closed(Map<String, Object> schema) {
        var out = new LinkedHashMap<String, Object>();
        schema.forEach((name, value) -> out.put(
                name,
                name.equals("properties")
                        ? Shape.object(value).entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, e -> closed(Shape.object(e.getValue()))))
                        : name.equals("items") ? closed(Shape.object(value)) : value));
        if (schema.containsKey("properties")) out.putIfAbsent("additionalProperties", false);
        return out;
    }
}

package vn.giaoban.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.giaoban.db.Json;

/** The API's table of contents, read from openapi.yaml: what may be asked, with which parameters and bodies. */
public final class Contract {
    private static final String ID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\\s\\S])";
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    private final String text;
    private final String json;
    private final List<Operation> operations = new ArrayList<>();

    /** One call of the contract. {@code open}: may be made without signing in; {@code table}: its body is text/csv. */
    public record Operation(
            String id,
            String method,
            String path,
            boolean open,
            List<Parameter> parameters,
            Validator body,
            boolean table) {}

    public record Parameter(
            String name, String in, boolean required, Map<String, Object> schema, Validator validator) {}

    public Contract() {
        try (var in = Contract.class.getResourceAsStream("/contract/openapi.yaml")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> root = new YAMLMapper().readValue(text, new TypeReference<>() {});
            var repository = SchemaRepository.create(new JsonSchemaOptions()
                    .setBaseUri("app://giaoban/")
                    .setDraft(Draft.DRAFT202012)
                    .setOutputFormat(OutputFormat.Basic));
            var references = new References(root);
            json = Json.text(references.everything());
            var resolved = object(references.resolve(root.get("paths")));
            resolved.forEach((path, item) -> read(path, object(item), repository));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return text;
    }

    /** The same as JSON with every reference put in place, for pages that draw it. */
    public String json() {
        return json;
    }

    public List<Operation> operations() {
        return operations;
    }

    private void read(String path, Map<String, Object> item, SchemaRepository repository) {
        for (var method : METHODS) {
            if (!item.containsKey(method)) continue;
            var operation = object(item.get(method));
            var parameters = new ArrayList<Parameter>();
            for (var source : List.of(item, operation))
                for (var one : list(source.get("parameters"))) parameters.add(parameter(object(one), repository));
            operations.add(new Operation(
                    (String) operation.get("operationId"),
                    method.toUpperCase(java.util.Locale.ROOT),
                    path,
                    operation.containsKey("security")
                            && list(operation.get("security")).stream()
                                    .allMatch(s -> object(s).isEmpty()
                                            || list(operation.get("security")).size() > 1),
                    List.copyOf(parameters),
                    content(operation).containsKey("application/json")
                            ? validator(
                                    object(object(content(operation).get("application/json"))
                                            .get("schema")),
                                    repository)
                            : null,
                    content(operation).containsKey("text/csv")));
        }
    }

    private static Parameter parameter(Map<String, Object> parameter, SchemaRepository repository) {
        var schema = object(parameter.get("schema"));
        return new Parameter(
                (String) parameter.get("name"),
                (String) parameter.get("in"),
                Boolean.TRUE.equals(parameter.get("required")),
                schema,
                validator(schema, repository));
    }

    private static Map<String, Object> content(Map<String, Object> operation) {
        return object(object(operation.get("requestBody")).get("content"));
    }

    private static Validator validator(Map<String, Object> schema, SchemaRepository repository) {
        return repository.validator(JsonSchema.of(new JsonObject(schema)));
    }

    /** Puts every local `$ref` in place; the contract is one file and its request schemas have no circles. */
    private record References(Map<String, Object> root) {
        Object resolve(Object node) {
            if (node instanceof List<?> items)
                return items.stream().map(this::resolve).toList();
            if (!(node instanceof Map<?, ?>)) return node;
            var map = object(node);
            if (map.get("$ref") instanceof String ref) return resolve(at(ref));
            var out = new LinkedHashMap<String, Object>();
            map.forEach((key, value) -> out.put(key, resolve(value)));
            // The format alone would take `urn:uuid:` too, and `$` a line's end: neither is an id of ours.
            if ("uuid".equals(out.get("format"))) out.putIfAbsent("pattern", ID);
            return out;
        }

        Map<String, Object> everything() {
            var out = new LinkedHashMap<String, Object>();
            for (var key : List.of("info", "tags", "paths")) out.put(key, resolve(root.get(key)));
            return out;
        }

        private Object at(String ref) {
            Object here = root;
            for (var step : ref.substring(2).split("/")) here = object(here).get(step);
            return here;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    private static List<?> list(Object node) {
        return node == null ? List.of() : (List<?>) node;
    }
}

package vn.giaoban.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker/compose.yaml} as Compose reads it: merged, and filled in from an environment. */
record Compose(Map<String, Object> file) {
    private static final Path DOCKER = Path.of("docker");

    /** What a variable may be when it has no value is written behind its name. */
    static final class Missing extends RuntimeException {
        Missing(String message) {
            super(message);
        }
    }

    static Compose with(Map<String, String> environment) {
        var whole = object(filled(parsed("compose.yaml"), environment));
        for (var file : list(whole.get("include"))) {
            var part = object(filled(parsed((String) file), environment));
            for (var kind : List.of("services", "networks", "volumes"))
                object(part.getOrDefault(kind, Map.of())).forEach((name, value) -> {
                    if (object(whole.get(kind)).putIfAbsent(name, value) != null)
                        throw new AssertionError(name + " is in both files: Compose would refuse it");
                });
        }
        return new Compose(whole);
    }

    static Object parsed(String file) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file));
    }

    static String text(String file) {
        try {
            return Files.readString(DOCKER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of {@code .env.example}. */
    static Map<String, String> example() {
        return variables(".env.example");
    }

    static Map<String, String> variables(String file) {
        var lines = new LinkedHashMap<String, String>();
        text(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> lines.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        return lines;
    }

    private static Object filled(Object value, Map<String, String> environment) {
        return switch (value) {
            case Map<?, ?> map -> {
                var out = new LinkedHashMap<String, Object>();
                map.forEach((name, inner) -> out.put(String.valueOf(name), filled(inner, environment)));
                yield out;
            }
            case List<?> list ->
                new ArrayList<>(
                        list.stream().map(inner -> filled(inner, environment)).toList());
            case String text -> filled(text, environment);
            case null, default -> value;
        };
    }

    /** ${NAME}, ${NAME:-otherwise}, ${NAME:+if} and ${NAME:?complaint}, also within each other. */
    static String filled(String text, Map<String, String> environment) {
        int start = text.indexOf("${");
        if (start < 0) return text;
        int end = start + 2;
        for (int open = 1; open > 0; end++) {
            if (text.startsWith("${", end)) open++;
            else if (text.charAt(end) == '}') open--;
        }
        var inner = text.substring(start + 2, end - 1);
        var name = inner.split(":", 2)[0];
        var value = environment.getOrDefault(name, "");
        var rest = inner.substring(name.length());
        var said = rest.isEmpty() ? "" : rest.substring(2);
        var put = switch (rest.isEmpty() ? "" : rest.substring(0, 2)) {
            case "" -> value;
            case ":-" -> value.isEmpty() ? filled(said, environment) : value;
            case ":+" -> value.isEmpty() ? "" : filled(said, environment);
            case ":?" -> {
                if (value.isEmpty()) throw new Missing(name + ": " + said);
                yield value;
            }
            default -> throw new IllegalArgumentException(inner);
        };
        return text.substring(0, start) + put + filled(text.substring(end), environment);
    }

    Map<String, Map<String, Object>> services() {
        var services = new TreeMap<String, Map<String, Object>>();
        object(file.get("services")).forEach((name, service) -> services.put(name, object(service)));
        return services;
    }

    Map<String, Object> service(String name) {
        return Objects.requireNonNull(services().get(name), name);
    }

    Map<String, String> environment(String service) {
        var out = new TreeMap<String, String>();
        object(service(service).getOrDefault("environment", Map.of()))
                .forEach((name, value) -> out.put(name, String.valueOf(value)));
        return out;
    }

    /** The networks that a service is on; where it has a fixed address, with it. */
    Map<String, String> networks(String service) {
        var out = new TreeMap<String, String>();
        switch (service(service).get("networks")) {
            case List<?> names -> names.forEach(name -> out.put((String) name, ""));
            case Map<?, ?> map ->
                map.forEach((name, more) ->
                        out.put((String) name, (String) object(more).getOrDefault("ipv4_address", "")));
            default -> throw new AssertionError(service + " is on the default network");
        }
        return out;
    }

    /** Who is on a network. */
    TreeSet<String> on(String network) {
        var out = new TreeSet<String>();
        services().keySet().stream()
                .filter(name -> networks(name).containsKey(network))
                .forEach(out::add);
        return out;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}

package vn.giaoban.jitsi.lint.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import vn.giaoban.jitsi.lint.config.Setting.Kind;
import vn.giaoban.jitsi.lint.config.Setting.Place;

/** What a file of Compose says about the environment, the ports and the image of each service. */
final class ComposeFile {
    private final String file;
    private final Map<String, String> known;
    private final List<Setting> settings = new ArrayList<>();

    private ComposeFile(String file, Map<String, String> known) {
        this.file = file;
        this.known = known;
    }

    /** {@code known}: the variables of the files given beside it; null where there are none. */
    static List<Setting> settings(String file, String text, Map<String, String> known) {
        var compose = new ComposeFile(file, known);
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (YAMLException e) {
            throw new Unreadable(
                    file + ": " + e.getMessage().lines().findFirst().orElse("YAML"));
        }
        keys(keys(root).get("services")).forEach(compose::service);
        return compose.settings;
    }

    private void service(String name, Node service) {
        var keys = keys(service);
        if (keys.get("image") instanceof ScalarNode image) add(image, Kind.IMAGE, name, "image", image.getValue());
        switch (keys.get("environment")) {
            case MappingNode map ->
                keys(map).forEach((key, value) -> {
                    if (value instanceof ScalarNode text) add(text, Kind.ENVIRONMENT, name, key, text.getValue());
                });
            case SequenceNode list ->
                list.getValue().forEach(entry -> {
                    if (entry instanceof ScalarNode text) variable(text, name);
                });
            case null, default -> {}
        }
        if (keys.get("ports") instanceof SequenceNode ports) ports.getValue().forEach(port -> port(port, name));
    }

    /** A name alone takes its value from outside; where nobody says it, it is not set at all. */
    private void variable(ScalarNode text, String service) {
        var parts = text.getValue().split("=", 2);
        if (parts.length == 2) add(text, Kind.ENVIRONMENT, service, parts[0], parts[1]);
        else if (known == null) add(text, Kind.ENVIRONMENT, service, parts[0], "${" + parts[0] + "}");
        else if (known.containsKey(parts[0])) add(text, Kind.ENVIRONMENT, service, parts[0], known.get(parts[0]));
    }

    private void port(Node port, String service) {
        if (port instanceof ScalarNode text) add(text, Kind.PORT, service, "port", text.getValue());
        else if (port instanceof MappingNode map) {
            var keys = keys(map);
            var host = keys.get("host_ip") instanceof ScalarNode ip ? ip.getValue() + ":" : "";
            var published = keys.get("published") instanceof ScalarNode at ? at.getValue() + ":" : "";
            if (keys.get("target") instanceof ScalarNode target)
                add(target, Kind.PORT, service, "port", host + published + target.getValue());
        }
    }

    private void add(Node at, Kind kind, String service, String name, String value) {
        int line = at.getStartMark().getLine() + 1;
        settings.add(Setting.of(file, line, Place.of(kind, service), name, EnvironmentFile.filled(value, known)));
    }

    /** With what is merged in from elsewhere, which the mapping's own keys win over. */
    private static Map<String, Node> keys(Node node) {
        var keys = new LinkedHashMap<String, Node>();
        if (!(node instanceof MappingNode map)) return keys;
        for (var entry : map.getValue())
            if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals("<<"))
                keys(entry.getValueNode()).forEach(keys::putIfAbsent);
        for (var entry : map.getValue())
            if (entry.getKeyNode() instanceof ScalarNode key && !key.getValue().equals("<<"))
                keys.put(key.getValue(), entry.getValueNode());
        return keys;
    }
}

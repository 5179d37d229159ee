package vn.giaoban.jitsi.lint.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import vn.giaoban.jitsi.lint.config.Setting.Kind;
import vn.giaoban.jitsi.lint.config.Setting.Place;

/**
 * Everything that the given files say, as one. What the images of Docker make of a variable stands beside what Prosody's
 * own file says, so that a rule about Prosody need not know in which of the two ways it was said.
 */
public record Configuration(List<Setting> settings) {
    /** A file's name and its text. */
    public record Text(String name, String text) {}

    private static final Place HOST = Place.of(Kind.HOST, "*");
    private static final Place MUC = Place.of(Kind.COMPONENT, "muc");
    private static final Place GLOBAL = Place.of(Kind.GLOBAL, "");

    private static final Map<String, String> OPTIONS = Map.of(
            "JWT_APP_ID", "app_id",
            "JWT_APP_SECRET", "app_secret",
            "JWT_ASAP_KEYSERVER", "asap_key_server",
            "JWT_ALLOW_EMPTY", "allow_empty_token",
            "JWT_ENABLE_DOMAIN_VERIFICATION", "enable_domain_verification",
            "JWT_ACCEPTED_ISSUERS", "asap_accepted_issuers",
            "JWT_ACCEPTED_AUDIENCES", "asap_accepted_audiences",
            "PROSODY_RESERVATION_REST_BASE_URL", "reservations_api_prefix",
            "MAX_PARTICIPANTS", "muc_max_occupants",
            "PROSODY_METRICS_ALLOWED_CIDR", "openmetrics_allow_cidr");

    private static final Map<String, Place> MODULES =
            Map.of("XMPP_MODULES", HOST, "XMPP_MUC_MODULES", MUC, "GLOBAL_MODULES", GLOBAL);

    /** A variable and the module that it loads, unless it is off. */
    private static final Map<String, List<String>> SWITCHES = Map.of(
            "PROSODY_RESERVATION_ENABLED", List.of("reservations"),
            "PROSODY_ENABLE_RATE_LIMITS", List.of("rate_limit", "muc_rate_limit"));

    /** Reads the files; of two that set the same variable the later wins, as with Compose. */
    public static Configuration of(List<Text> files) {
        var variables = new ArrayList<Setting>();
        Map<String, String> known = null;
        for (var file : files)
            if (kind(file.name()) == Format.ENVIRONMENT) {
                if (known == null) known = new HashMap<>();
                for (var setting : EnvironmentFile.settings(file.name(), file.text())) {
                    variables.removeIf(earlier -> earlier.name().equals(setting.name()));
                    variables.add(setting);
                }
            }
        if (known != null) for (var setting : variables) known.put(setting.name(), setting.value());
        if (known != null) for (var setting : List.copyOf(variables)) fill(variables, setting, known);
        var settings = new ArrayList<>(variables);
        for (var file : files)
            settings.addAll(
                    switch (kind(file.name())) {
                        case COMPOSE -> ComposeFile.settings(file.name(), file.text(), known);
                        case PROSODY -> ProsodyFile.settings(file.name(), file.text());
                        case WEB -> PlainFile.web(file.name(), file.text());
                        case JICOFO -> PlainFile.jicofo(file.name(), file.text());
                        case NGINX -> PlainFile.nginx(file.name(), file.text());
                        case ENVIRONMENT -> List.of();
                    });
        var all = new Configuration(settings);
        var meant = new ArrayList<>(settings);
        all.variables("prosody").forEach(variable -> meant.addAll(meaning(variable)));
        return new Configuration(meant);
    }

    private static void fill(List<Setting> variables, Setting setting, Map<String, String> known) {
        var value = EnvironmentFile.filled(setting.value(), known);
        variables.set(variables.indexOf(setting), setting.with(value, List.of(value)));
        known.put(setting.name(), value);
    }

    private enum Format {
        ENVIRONMENT,
        COMPOSE,
        PROSODY,
        WEB,
        NGINX,
        JICOFO
    }

    private static Format kind(String file) {
        var name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (name.endsWith(".lua")) return Format.PROSODY;
        if (name.endsWith(".yaml") || name.endsWith(".yml")) return Format.COMPOSE;
        if (name.endsWith(".js")) return Format.WEB;
        if (name.contains("jicofo") && name.endsWith(".conf")) return Format.JICOFO;
        return name.endsWith(".conf") || name.endsWith(".template") ? Format.NGINX : Format.ENVIRONMENT;
    }

    /** What the image of Prosody writes into its file for one variable. */
    private static List<Setting> meaning(Setting variable) {
        var name = variable.name();
        var items = Stream.of(variable.value().split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (OPTIONS.containsKey(name)) {
            if (variable.value().isEmpty()) return List.of();
            return List.of(variable.as(HOST, OPTIONS.get(name)).with(variable.value(), items));
        }
        if (MODULES.containsKey(name))
            return List.of(variable.as(MODULES.get(name), "modules_enabled").with(variable.value(), items));
        if (SWITCHES.containsKey(name) && variable.on())
            return List.of(variable.as(HOST, "modules_enabled").with(variable.value(), SWITCHES.get(name)));
        return switch (name) {
            case "XMPP_CONFIGURATION" -> ProsodyFile.settings(variable, String.join("\n", items), HOST);
            case "XMPP_MUC_CONFIGURATION" -> ProsodyFile.settings(variable, String.join("\n", items), MUC);
            case "GLOBAL_CONFIG" ->
                ProsodyFile.settings(variable, variable.value().replace("\\n", "\n"), GLOBAL);
            case "AUTH_TYPE" ->
                variable.value().equals("jwt")
                        ? List.of(variable.as(HOST, "authentication").with("token", List.of("token")))
                        : List.of();
            default -> List.of();
        };
    }

    /** The variables that a service reads: its own where a file of Compose has it, else those of everybody. */
    public Stream<Setting> variables(String service) {
        boolean described = settings.stream()
                .anyMatch(s -> s.at(Kind.IMAGE) && s.place().name().equals(service));
        return settings.stream()
                .filter(s -> s.at(Kind.ENVIRONMENT))
                .filter(s -> s.place().name().equals(described ? service : ""));
    }

    /** What a service is told, or null; an empty value is none. */
    public Setting variable(String service, String name) {
        return variables(service)
                .filter(s -> s.name().equals(name) && !s.value().isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** Whether a service is told "yes", or, where nothing is said, what the image takes. */
    public boolean on(String service, String name, boolean otherwise) {
        var said = variable(service, name);
        return said == null ? otherwise : said.on() || said.unknown();
    }

    /** What is said under a name in Prosody's configuration, wherever. */
    public Stream<Setting> options(String name) {
        return settings.stream()
                .filter(s -> Set.of(Kind.GLOBAL, Kind.HOST, Kind.COMPONENT)
                        .contains(s.place().kind()))
                .filter(s -> s.name().equals(name));
    }

    public Setting option(String name) {
        return options(name).findFirst().orElse(null);
    }

    /** What holds for the host that people sign in at: the inner accounts and our orders have hosts of their own. */
    public Setting login(String name) {
        return options(name)
                .filter(s ->
                        !s.at(Kind.HOST) || !s.place().name().matches("(auth|guest|recorder|hidden|system|focus)\\..*"))
                .findFirst()
                .orElse(null);
    }

    /** Where a module is loaded, or null. */
    public Setting module(String name) {
        return options("modules_enabled")
                .filter(s -> s.items().contains(name))
                .findFirst()
                .orElse(null);
    }

    public Stream<Setting> of(Kind kind) {
        return settings.stream().filter(s -> s.at(kind));
    }
}

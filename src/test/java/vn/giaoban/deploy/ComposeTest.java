package vn.giaoban.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.giaoban.conf.Settings;

/** What {@code docker/compose.yaml} promises, since nothing here can run it: its schema, its walls, what fits what. */
class ComposeTest {
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET)");
    private static final List<String> NODES = List.of("node-a", "node-b");
    private static final List<String> JITSI = List.of("web", "prosody", "jicofo", "jvb");
    private static final List<String> FILES = List.of(
            "compose.yaml", "jitsi/compose.yaml", "jitsi/recording.yaml", "jitsi/turn.yaml", "jitsi/visitors.yaml");

    /** The example as somebody fills it in who wants video too. */
    private static final Map<String, String> FILLED_IN = Compose.example().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, line -> switch (line.getKey()) {
                case "MEET_DOMAIN" -> "meet.example.gov.vn";
                case "JVB_ADVERTISE_IPS" -> "203.0.113.7";
                case "COMPOSE_PROFILES" -> "jitsi";
                case "TURN_HOST" -> "turn.example.gov.vn";
                case String name when SECRET.matcher(name).matches() -> "random" + name.length();
                default -> line.getValue();
            }));

    private final Compose compose = Compose.with(FILLED_IN);

    @Test
    void fitsTheSchemaOfTheSpecification() throws IOException {
        try (var in = getClass().getResourceAsStream("/schema/compose-spec.json")) {
            var options = new JsonSchemaOptions()
                    .setBaseUri("app://compose/")
                    .setDraft(Draft.DRAFT201909)
                    .setOutputFormat(OutputFormat.Basic);
            var schema = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            withoutIds(schema.getMap());
            var validator = SchemaRepository.create(options)
                    .dereference("app://compose/spec", JsonSchema.of(schema))
                    .validator("app://compose/spec");
            var result = validator.validate(new JsonObject(compose.file()));
            assertTrue(result.getValid(), () -> "" + result.toJson());
            var wrong = Compose.with(FILLED_IN);
            wrong.service("proxy").put("stop_graceperiod", "10s");
            assertFalse(validator.validate(new JsonObject(wrong.file())).getValid(), "the schema refuses nothing");
        }
    }

    /** In an older draft's way they give parts names of their own, and no reference would find its part. */
    private static void withoutIds(Map<String, Object> schema) {
        schema.remove("$schema");
        if (schema.get("id") instanceof String) schema.remove("id");
        for (var part : schema.values()) if (part instanceof Map<?, ?>) withoutIds(Compose.object(part));
    }

    @Test
    void everyVariableStandsInTheExampleAndNoneTooMany() {
        var used = FILES.stream()
                .flatMap(file -> Pattern.compile("\\$\\{([A-Z_]+)")
                        .matcher(Compose.text(file))
                        .results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        used.add("COMPOSE_PROFILES"); // Compose's own
        assertEquals(used, new TreeSet<>(Compose.example().keySet()));
    }

    @Test
    void noSecretHasADefault() {
        Compose.example().forEach((name, value) -> {
            if (SECRET.matcher(name).matches()) assertEquals("", value, name);
        });
        // What is needed in any case is asked for; what only Jitsi needs is empty, with which Prosody does not start.
        for (var name : Set.of(
                "POSTGRES_PASSWORD",
                "GIAOBAN_DATABASE_PASSWORD",
                "GIAOBAN_DOMAIN",
                "JITSI_RESERVATION_SECRET",
                "JITSI_EVENTS_SECRET")) {
            var without = new TreeMap<>(FILLED_IN);
            without.put(name, "");
            assertThrows(Compose.Missing.class, () -> Compose.with(without), name);
        }
        var withoutVideo = new TreeMap<>(FILLED_IN);
        for (var name : List.of(
                "MEET_DOMAIN",
                "JITSI_RESERVATION_SECRET",
                "JITSI_EVENTS_SECRET",
                "JICOFO_AUTH_PASSWORD",
                "JVB_AUTH_PASSWORD")) withoutVideo.put(name, "");
        var plain = Compose.with(withoutVideo);
        var without = settings(plain, "node-a").jitsi();
        assertFalse(without.configured());
        assertEquals(
                "",
                without.prosody().url()
                        + without.health().jicofo()
                        + without.events().secret());
        for (var service : compose.services().keySet())
            plain.environment(service).forEach((name, value) -> {
                if (SECRET.matcher(name).matches() && !name.equals("GIAOBAN_DATABASE_PASSWORD"))
                    assertTrue(
                            value.isEmpty() || value.equals(FILLED_IN.get(name)), service + " " + name + ": " + value);
            });
        assertEquals("false", plain.environment("node-a").get("GIAOBAN_DEMO"), "accounts that everybody knows");
    }

    @Test
    void fromOutsideOneReachesTheProxyAndTheBridgeAlone() {
        var published = new TreeMap<String, List<Object>>();
        compose.services().forEach((name, service) -> {
            if (service.containsKey("ports")) published.put(name, Compose.list(service.get("ports")));
        });
        assertEquals(Map.of("proxy", List.of("443:8443", "80:8080"), "jvb", List.of("10000:10000/udp")), published);
        assertEquals(Set.of("node-a", "node-b", "postgres"), compose.on("inner"));
        assertEquals(Set.of("node-a", "node-b", "proxy"), compose.on("front"));
        assertEquals(Set.of("node-a", "node-b", "prosody", "jicofo", "jvb"), compose.on("conference"));
        for (var network : List.of("inner", "front", "conference"))
            assertEquals(
                    true,
                    Compose.object(Compose.object(compose.file().get("networks"))
                                    .get(network))
                            .get("internal"));
    }

    @Test
    void bothNodesAreConfiguredAlikeAndKnowEachOther() {
        var environments = NODES.stream().map(compose::environment).toList();
        for (var name : environments.getFirst().keySet())
            if (!Set.of("GIAOBAN_CLUSTER_HOST", "GIAOBAN_METRICS_HOST").contains(name))
                assertEquals(
                        environments.getFirst().get(name),
                        environments.getLast().get(name),
                        name);
        var settings = NODES.stream().map(node -> settings(compose, node)).toList();
        for (int i = 0; i < NODES.size(); i++) {
            var own = settings.get(i).cluster();
            assertEquals(compose.networks(NODES.get(i)).get("inner"), own.host());
            assertEquals(own.host(), settings.get(i).metrics().host());
            assertTrue(own.members().contains(own.host() + ":" + own.port()));
            assertEquals(NODES.size(), own.members().size());
        }
    }

    @Test
    void theProxyIsTrustedAndFindsTheNodes() {
        var proxy = compose.environment("proxy");
        for (var node : NODES) {
            var http = settings(compose, node).http();
            assertEquals(List.of(compose.networks("proxy").get("front")), http.trustedProxies());
            assertEquals(List.of("https://" + proxy.get("PROXY_DOMAIN")), http.origins());
            var at = proxy.get(node.equals("node-a") ? "PROXY_NODE_A" : "PROXY_NODE_B");
            assertEquals(compose.networks(node).get("front") + ":" + http.port(), at);
        }
        var wanted = Pattern.compile("\\$\\{(PROXY_\\w+)}")
                .matcher(Compose.text("proxy/nginx.conf.template"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        var given = proxy.keySet().stream()
                .filter(name -> name.startsWith("PROXY_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(wanted, given);
    }

    @Test
    void everyServiceIsHardenedLimitedAndOfAnExactVersion() {
        compose.services().forEach((name, service) -> {
            assertEquals(true, service.get("read_only"), name);
            assertEquals(List.of("ALL"), service.get("cap_drop"), name);
            assertEquals(List.of("no-new-privileges:true"), service.get("security_opt"), name);
            for (var limit : List.of("mem_limit", "cpus", "pids_limit", "logging"))
                assertTrue(service.containsKey(limit), name + " has no " + limit);
            assertFalse(service.containsKey("privileged") || service.containsKey("cap_add"), name);
            assertTrue(((String) service.get("image")).matches(".+:[a-z-]*\\d+[.\\d-]+"), "" + service.get("image"));
            assertTrue(name.startsWith("node-") || service.containsKey("healthcheck"), name);
        });
        assertEquals(
                JITSI.stream()
                        .map(name -> "ghcr.io/jitsi/" + name + ":stable-11146-2")
                        .toList(),
                JITSI.stream().map(name -> compose.service(name).get("image")).toList());
    }

    @Test
    void theImageIsOfExactVersionsRunsAsNobodyAndBringsNoSampleAccounts() {
        var dockerfile = Compose.text("Dockerfile");
        var bases = Pattern.compile("(?m)^FROM (\\S+)")
                .matcher(dockerfile)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(3, bases.size());
        for (var base : bases) assertTrue(base.matches("[a-z-]+:\\d+\\.\\d+[\\w.-]*"), base);
        assertTrue(Pattern.compile("(?m)^USER [1-9]\\d+:[1-9]\\d+$")
                .matcher(dockerfile)
                .find());
        assertTrue(dockerfile.contains("GIAOBAN_DEMO=false"));
        assertTrue(dockerfile.contains("EXPOSE 8080"));
    }

    @Test
    void thePostgresqlIsTheOneThatTheTestsRunOn() throws IOException {
        var tested = Pattern.compile("<postgres.binaries.version>(\\d+\\.\\d+)\\.")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(tested.find());
        assertEquals("postgres:" + tested.group(1), compose.service("postgres").get("image"));
    }

    /** Killed in its goodbyes, a node would leave its clients to find out by themselves. */
    @Test
    void aNodeIsGivenMoreTimeToStopThanItTakes() {
        for (var node : NODES) {
            var settings = settings(compose, node);
            var needed = Duration.ofMillis(
                            settings.http().drainWaitMs() + settings.http().finishMs())
                    .plusMillis(settings.live().drainMs());
            var given = Duration.parse("PT" + compose.service(node).get("stop_grace_period"));
            assertTrue(given.compareTo(needed.plusSeconds(10)) > 0, given + " for " + needed);
        }
    }

    @Test
    void ourTokensDecideWhoEntersAndWhoModerates() {
        var jitsi = settings(compose, "node-a").jitsi();
        var prosody = compose.environment("prosody");
        assertEquals(prosody.get("JWT_APP_ID"), jitsi.appId());
        assertEquals(prosody.get("JWT_ACCEPTED_ISSUERS"), jitsi.appId());
        assertEquals(prosody.get("JWT_ACCEPTED_AUDIENCES"), jitsi.audience());
        assertFalse(prosody.containsKey("JWT_APP_SECRET"), "with RS256 nothing is shared");
        assertEquals("RS256", jitsi.algorithm().toString());
        assertEquals(prosody.get("XMPP_DOMAIN"), jitsi.subject(), "the domain verification compares them");
        assertEquals("jwt", prosody.get("AUTH_TYPE"));
        assertEquals("0", prosody.get("JWT_ALLOW_EMPTY"));
        assertEquals("1", prosody.get("JWT_ENABLE_DOMAIN_VERIFICATION"));
        assertEquals("token_affiliation,token_lobby_bypass", prosody.get("XMPP_MUC_MODULES"));
        var jicofo = compose.environment("jicofo");
        assertEquals("0", jicofo.get("ENABLE_AUTO_OWNER"));
        assertEquals("0", jicofo.get("JICOFO_ENABLE_AUTH"));
        for (var service : JITSI)
            assertEquals(List.of("jitsi"), compose.service(service).get("profiles"));
        var shared = Stream.of("JICOFO_AUTH_PASSWORD", "JVB_AUTH_PASSWORD")
                .map(prosody::get)
                .toList();
        assertEquals(
                shared,
                List.of(
                        jicofo.get("JICOFO_AUTH_PASSWORD"),
                        compose.environment("jvb").get("JVB_AUTH_PASSWORD")));
    }

    /** Prosody asks and tells the nodes where they listen, with the secrets that they expect, and they find it. */
    @Test
    void nodesAndJitsiFindEachOther() {
        var node = settings(compose, "node-a");
        var prosody = compose.environment("prosody");
        for (var name : NODES)
            assertEquals(
                    Map.of("aliases", List.of("giaoban")),
                    Compose.object(compose.service(name).get("networks")).get("conference"));
        var at = "http://giaoban:" + node.http().port();
        var lua = Compose.text("jitsi/prosody/conf.d/giaoban.cfg.lua");
        assertEquals(at + "/asap/login", prosody.get("JWT_ASAP_KEYSERVER"));
        assertEquals(at + "/jitsi/reservation", prosody.get("PROSODY_RESERVATION_REST_BASE_URL"));
        assertTrue(lua.contains("api_prefix = \"" + at + "/jitsi\""));
        assertTrue(lua.contains("asap_key_server = \"" + at + "/asap/system\""));
        assertTrue(prosody.get("GLOBAL_CONFIG").contains(at + "/asap/system"));
        assertTrue(lua.contains("VirtualHost \"" + node.jitsi().prosody().systemHost() + "\""));
        assertTrue(lua.contains(
                "asap_accepted_issuers = { \"" + node.jitsi().prosody().systemIssuer() + "\" }"));
        assertEquals(prosody.get("JITSI_EVENTS_SECRET"), node.jitsi().events().secret());
        assertTrue(prosody.get("XMPP_CONFIGURATION")
                .contains("Bearer " + node.jitsi().reservation().secret()));
        assertEquals("http://xmpp.meet.jitsi:5280", node.jitsi().prosody().url());
        assertEquals("http://jicofo:8888", node.jitsi().health().jicofo());
        assertEquals(List.of("http://jvb:8080"), node.jitsi().health().jvb());
    }

    /** For those who run Jitsi's own Compose files: the same values under the same names. */
    @Test
    void theExampleForJitsiIsWhatOurServicesAreTold() {
        var example = new TreeMap<String, String>();
        Compose.variables("jitsi/env.example")
                .forEach((name, value) -> example.put(name, Compose.filled(value, FILLED_IN)));
        var told = new TreeMap<String, String>();
        for (var service : JITSI)
            compose.environment(service).forEach((name, value) -> {
                var before = told.put(name, value);
                assertTrue(before == null || before.equals(value), () -> name + " differs between services");
            });
        assertEquals(told, example);
    }

    /** What is laid over names services that are there, and publishes no more than its own work needs. */
    @Test
    void whatIsLaidOverFits() {
        var published = new TreeMap<String, Object>();
        for (var file : FILES.subList(2, FILES.size()))
            Compose.object(Compose.object(Compose.parsed(file)).get("services")).forEach((name, said) -> {
                var service = Compose.object(said);
                if (compose.services().containsKey(name)) assertEquals(Set.of("environment"), service.keySet(), name);
                else {
                    assertEquals(List.of("ALL"), service.get("cap_drop"), name);
                    assertEquals(List.of("jitsi"), service.get("profiles"), name);
                    for (var needed : List.of("mem_limit", "pids_limit", "healthcheck", "logging", "networks"))
                        assertTrue(service.containsKey(needed), name + " has no " + needed);
                    assertTrue(((String) service.get("image")).matches(".+:[a-z-]*\\d+[.\\d-]+"), name);
                }
                if (service.containsKey("ports")) published.put(name, service.get("ports"));
            });
        assertEquals(Set.of("coturn"), published.keySet());
    }

    /** One secret: what a node signs for a site's check, and Prosody for the conference, the relay lets in. */
    @Test
    void nodesProsodyAndTheRelayShareTheRelaysSecret() {
        var laidOver =
                Compose.object(Compose.object(Compose.parsed("jitsi/turn.yaml")).get("services"));
        var command = String.valueOf(Compose.object(laidOver.get("coturn")).get("command"));
        assertTrue(command.contains("--use-auth-secret") && command.contains("--listening-port=3478"));
        for (var node : NODES) {
            var told = new TreeMap<>(compose.environment(node));
            Compose.object(Compose.object(laidOver.get(node)).get("environment"))
                    .forEach((name, value) -> told.put(name, Compose.filled((String) value, FILLED_IN)));
            var check = Settings.load(Path.of("conf/giaoban.yaml"), told).check();
            assertEquals(List.of("turn:" + FILLED_IN.get("TURN_HOST") + ":3478?transport=udp"), check.turnUrls());
            assertEquals(compose.environment("prosody").get("TURN_CREDENTIALS"), check.turnSecret());
            assertTrue(Compose.filled(command, FILLED_IN).contains("--static-auth-secret=" + check.turnSecret()));
        }
    }

    /** As the node would read it: an unknown name or a value of another kind stops it. */
    private static Settings settings(Compose compose, String node) {
        return Settings.load(Path.of("conf/giaoban.yaml"), compose.environment(node));
    }
}

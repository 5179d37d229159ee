package vn.giaoban.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.hazelcast.config.YamlConfigBuilder;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import vn.giaoban.conf.Settings;

/** What the example for Kubernetes promises: it fits Kubernetes' own description, and its parts fit each other and us. */
class KubernetesTest {
    private interface Validation {
        void of(JsonElement element) throws IOException;
    }

    /** Refuses what Kubernetes does not know, asks for what it needs. */
    private static final Map<String, Validation> KINDS = Map.of(
            "v1/Namespace", V1Namespace::validateJsonElement,
            "v1/ConfigMap", V1ConfigMap::validateJsonElement,
            "v1/Secret", V1Secret::validateJsonElement,
            "v1/Service", V1Service::validateJsonElement,
            "apps/v1/Deployment", V1Deployment::validateJsonElement,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "networking.k8s.io/v1/Ingress", V1Ingress::validateJsonElement,
            "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    private final List<JsonObject> example = documents("giaoban.yaml");
    private final JsonObject deployment = only("Deployment", "giaoban").getAsJsonObject("spec");
    private final JsonObject pod = deployment.getAsJsonObject("template").getAsJsonObject("spec");
    private final JsonObject node = pod.getAsJsonArray("containers").get(0).getAsJsonObject();

    private static List<JsonObject> documents(String file) {
        try {
            var text = Files.readString(Path.of("docker/kubernetes", file));
            var out = new ArrayList<JsonObject>();
            for (var document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text))
                out.add(new Gson().toJsonTree(document).getAsJsonObject());
            return out;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private JsonObject only(String kind, String name) {
        var found = example.stream()
                .filter(object -> object.get("kind").getAsString().equals(kind)
                        && object.getAsJsonObject("metadata")
                                .get("name")
                                .getAsString()
                                .equals(name))
                .toList();
        assertEquals(1, found.size(), kind + " " + name);
        return found.getFirst();
    }

    @Test
    void fitsWhatKubernetesSaysOfItsObjects() throws IOException {
        var all = new ArrayList<>(example);
        all.addAll(documents("secret.example.yaml"));
        for (var object : all) {
            KINDS.get(kind(object)).of(object);
            var metadata = object.getAsJsonObject("metadata");
            if (!kind(object).equals("v1/Namespace"))
                assertEquals("giaoban", metadata.get("namespace").getAsString());
        }
        assertEquals(
                new TreeSet<>(KINDS.keySet()),
                new TreeSet<>(all.stream().map(KubernetesTest::kind).toList()));
    }

    private static String kind(JsonObject object) {
        return object.get("apiVersion").getAsString() + "/" + object.get("kind").getAsString();
    }

    @Test
    void theDescriptionDoesRefuse() {
        pod.addProperty("terminationGracePeriod", 45);
        assertThrows(
                IllegalArgumentException.class, () -> V1Deployment.validateJsonElement(only("Deployment", "giaoban")));
        pod.remove("terminationGracePeriod");
        node.remove("name");
        assertThrows(
                IllegalArgumentException.class, () -> V1Deployment.validateJsonElement(only("Deployment", "giaoban")));
    }

    @Test
    void hazelcastReadsItsConfigurationAndFindsTheNodesByTheHeadlessService() {
        var text = only("ConfigMap", "giaoban-hazelcast")
                .getAsJsonObject("data")
                .get("hazelcast.yaml")
                .getAsString();
        var config = new YamlConfigBuilder(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).build();
        var join = config.getNetworkConfig().getJoin();
        assertTrue(join.getKubernetesConfig().isEnabled());
        assertFalse(join.getTcpIpConfig().isEnabled()
                || join.getMulticastConfig().isEnabled()
                || join.getAutoDetectionConfig().isEnabled());
        var service = only("Service", "giaoban-cluster");
        assertEquals(
                "giaoban-cluster.giaoban.svc.cluster.local",
                join.getKubernetesConfig().getProperty("service-dns"));
        var spec = service.getAsJsonObject("spec");
        assertEquals("None", spec.get("clusterIP").getAsString());
        assertTrue(spec.get("publishNotReadyAddresses").getAsBoolean());
        assertEquals(List.of(settings().cluster().port()), ports(spec.getAsJsonArray("ports"), "port"));
        assertFalse(config.getNetworkConfig().isPortAutoIncrement(), "the others would look for it on one port");
        // What ships says the rest, and says it once more here.
        var shipped = new YamlConfigBuilder(getClass().getResourceAsStream("/hazelcast.yaml")).build();
        assertEquals(shipped.getProperties(), config.getProperties());
        assertEquals(shipped.getMultiMapConfigs(), config.getMultiMapConfigs());
        assertEquals(shipped.getClusterName(), config.getClusterName());
    }

    private static List<Integer> ports(Iterable<JsonElement> ports, String name) {
        var out = new ArrayList<Integer>();
        ports.forEach(port -> out.add(port.getAsJsonObject().get(name).getAsInt()));
        return out;
    }

    /** As a node in a pod would read them, the secret included. */
    private Settings settings() {
        var environment = new HashMap<String, String>();
        for (var data : List.of(
                only("ConfigMap", "giaoban").getAsJsonObject("data"),
                documents("secret.example.yaml").getLast().getAsJsonObject("stringData")))
            data.entrySet()
                    .forEach(value ->
                            environment.put(value.getKey(), value.getValue().getAsString()));
        environment.put("GIAOBAN_CLUSTER_HOST", "10.42.0.7");
        return Settings.load(Path.of("conf/giaoban.yaml"), environment);
    }

    @Test
    void theNodesListenWhereTheyAreLookedFor() {
        var settings = settings();
        assertEquals(
                List.of(
                        8080,
                        settings.cluster().port(),
                        settings.cluster().busPort(),
                        settings.metrics().port()),
                ports(node.getAsJsonArray("ports"), "containerPort"));
        assertEquals(
                "status.podIP",
                node.getAsJsonArray("env")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("valueFrom")
                        .getAsJsonObject("fieldRef")
                        .get("fieldPath")
                        .getAsString());
        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            var get = node.getAsJsonObject(probe).getAsJsonObject("httpGet");
            assertEquals("http", get.get("port").getAsString());
            assertEquals(
                    probe.equals("readinessProbe") ? "/health/ready" : "/health/live",
                    get.get("path").getAsString());
        }
        var host = only("Ingress", "giaoban")
                .getAsJsonObject("spec")
                .getAsJsonArray("rules")
                .get(0)
                .getAsJsonObject()
                .get("host")
                .getAsString();
        assertEquals(List.of("https://" + host), settings.http().origins());
    }

    @Test
    void membershipAndBusAreReachedByNodesAlone() {
        var cluster = Set.of(settings().cluster().port(), settings().cluster().busPort());
        var ingress = only("NetworkPolicy", "giaoban").getAsJsonObject("spec").getAsJsonArray("ingress");
        int rules = 0;
        for (var rule : ingress) {
            var ports = ports(rule.getAsJsonObject().getAsJsonArray("ports"), "port");
            if (ports.stream().noneMatch(cluster::contains)) continue;
            rules++;
            assertEquals(cluster, Set.copyOf(ports));
            var from = rule.getAsJsonObject().getAsJsonArray("from");
            assertEquals(1, from.size());
            assertEquals(
                    deployment.getAsJsonObject("selector"),
                    from.get(0).getAsJsonObject().getAsJsonObject("podSelector"));
            assertEquals(1, from.get(0).getAsJsonObject().size());
        }
        assertEquals(1, rules);
        var open = only("Service", "giaoban").getAsJsonObject("spec");
        assertEquals(
                "http",
                open.getAsJsonArray("ports")
                        .get(0)
                        .getAsJsonObject()
                        .get("targetPort")
                        .getAsString());
        assertEquals(1, open.getAsJsonArray("ports").size());
        assertFalse(open.has("type"), "inside only");
    }

    @Test
    void aPodMayDoNothingThatANodeDoesNotNeed() {
        var all = pod.getAsJsonObject("securityContext");
        assertTrue(all.get("runAsNonRoot").getAsBoolean());
        assertTrue(Compose.text("Dockerfile")
                .contains("USER " + all.get("runAsUser").getAsInt() + ":"));
        assertFalse(pod.get("automountServiceAccountToken").getAsBoolean());
        // Else Kubernetes would add variables like GIAOBAN_PORT, which name no setting: the node would not start.
        assertFalse(pod.get("enableServiceLinks").getAsBoolean());
        var own = node.getAsJsonObject("securityContext");
        assertTrue(own.get("readOnlyRootFilesystem").getAsBoolean());
        assertFalse(own.get("allowPrivilegeEscalation").getAsBoolean());
        assertEquals(
                "[\"ALL\"]", own.getAsJsonObject("capabilities").get("drop").toString());
    }

    @Test
    void aNodeIsGivenMoreTimeToStopThanItTakesAndOneAtATimeGoes() {
        var settings = settings();
        var command = node.getAsJsonObject("lifecycle")
                .getAsJsonObject("preStop")
                .getAsJsonObject("exec")
                .getAsJsonArray("command");
        var needed = Duration.ofSeconds(command.get(1).getAsInt())
                .plusMillis(settings.http().drainWaitMs() + settings.http().finishMs())
                .plusMillis(settings.live().drainMs());
        var given = Duration.ofSeconds(pod.get("terminationGracePeriodSeconds").getAsInt());
        assertTrue(given.compareTo(needed.plusSeconds(10)) > 0, given + " for " + needed);
        var budget = only("PodDisruptionBudget", "giaoban").getAsJsonObject("spec");
        assertEquals(1, budget.get("maxUnavailable").getAsInt());
        assertEquals(deployment.getAsJsonObject("selector"), budget.getAsJsonObject("selector"));
        assertEquals(3, deployment.get("replicas").getAsInt());
        assertEquals(
                0,
                deployment
                        .getAsJsonObject("strategy")
                        .getAsJsonObject("rollingUpdate")
                        .get("maxUnavailable")
                        .getAsInt());
    }

    @Test
    void theSecretOfTheExampleOpensNothing() {
        var secret = documents("secret.example.yaml").getLast().getAsJsonObject("stringData");
        assertTrue(secret.get("GIAOBAN_DATABASE_URL").getAsString().contains("<password>"));
        assertFalse(only("ConfigMap", "giaoban").toString().matches("(?i).*(password|secret).*"));
    }
}

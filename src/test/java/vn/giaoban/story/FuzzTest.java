package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.people.Role;

/** Thousands of calls, half right and half wrong, by several people at once: nothing of it is the server's failure. */
@Timeout(120)
class FuzzTest {
    private static final long SEED = Long.getLong("seed", 20_261_121L);
    private static final int CALLS = Integer.getInteger("calls", 3_200);
    private static final int AT_ONCE = 4;
    /** Signing in is slow on purpose; signing out would end the fuzz. */
    private static final Set<String> LEFT_OUT =
            Set.of("signIn", "issueToken", "signOut", "endSession", "changePassword", "createPerson");

    private final World world = World.shared();
    private final List<Shape> shapes =
            Shape.all().stream().filter(shape -> !LEFT_OUT.contains(shape.id())).toList();
    private final List<String> ids = new ArrayList<>();
    private final List<String> texts = List.of(
            "Họp giao ban",
            "",
            " ",
            "=1+1",
            "\u202Eđảo",
            "\ud800",
            "🧑‍⚕️",
            "e\u0301",
            "<b>x</b>",
            "';--",
            "\t\r\n",
            "\uffff",
            "0",
            "null",
            "a".repeat(300),
            "ư".repeat(200),
            "%",
            "_",
            "\\",
            "\u0001",
            "\u007f",
            "${x}",
            "{name}");

    @Test
    void noCallMakesTheServerFail() throws Exception {
        var organizer = world.organizer();
        var sites = List.of(world.newEndpoint("Phòng A"), world.newEndpoint("Phòng B"));
        var invited = sites.stream().map(site -> site.id()).toList();
        for (int i = 0; i < 3; i++) {
            var items = List.of(World.item("Một", 5, "PUBLIC"), World.item("Hai", 5, "STAFF"));
            var id = i == 0
                    ? world.live(organizer, "PRESS_CONFERENCE", items, invited)
                    : world.scheduled(organizer, "BRIEFING", world.freeHour(), items, invited);
            ids.add(id.toString());
            for (var item : (List<?>) organizer.get("/api/briefings/" + id).get("agenda.items"))
                ids.add((String) ((Map<?, ?>) item).get("id"));
        }
        invited.forEach(id -> ids.add(id.toString()));
        ids.add(world.ministry().toString());
        ids.add(world.person("Một người", Role.JOURNALIST, world.ministry(), null)
                .id()
                .toString());
        var askers = List.of(
                organizer,
                world.administrator(),
                world.operator(invited.getFirst()),
                world.journalist(),
                world.anybody());

        var failures = new ArrayList<String>();
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            var lanes = new ArrayList<Callable<Map<Integer, Integer>>>();
            for (int lane = 0; lane < AT_ONCE; lane++) {
                var random = new Random(SEED + lane);
                lanes.add(() -> lane(random, askers, failures));
            }
            var statuses = new TreeMap<Integer, Integer>();
            for (var done : together.invokeAll(lanes)) done.get().forEach((s, n) -> statuses.merge(s, n, Integer::sum));
            assertEquals(List.of(), failures, () -> "seed " + SEED + ": " + String.join("\n", failures));
            for (int status : List.of(200, 201, 400, 403, 404, 409, 412))
                assertEquals(true, statuses.containsKey(status), "the fuzz reaches everywhere: " + statuses);
        }
        world.anybody().get("/health/ready").expect(200);
    }

    private Map<Integer, Integer> lane(Random random, List<Someone> askers, List<String> failures) {
        var statuses = new TreeMap<Integer, Integer>();
        for (int i = 0; i < CALLS / AT_ONCE; i++) {
            var shape = Shape.any(random, shapes);
            var path = path(random, shape);
            var body = shape.body().isEmpty() ? null : Shape.bytes(value(random, shape.body(), 0));
            var reply = Shape.any(random, askers).raw(shape.method(), path, body, headers(random, shape));
            statuses.merge(reply.status(), 1, Integer::sum);
            synchronized (failures) {
                if (reply.status() >= 500 && failures.size() < 10)
                    failures.add(shape.method() + " " + path + " "
                            + (body == null ? "" : new String(body, StandardCharsets.UTF_8)) + " → " + reply.text());
            }
        }
        return statuses;
    }

    private String path(Random random, Shape shape) {
        var path = new StringBuilder();
        for (var part : shape.path().split("(?=\\{)|(?<=})"))
            path.append(
                    part.startsWith("{") ? random.nextInt(8) > 0 ? Shape.any(random, ids) : UUID.randomUUID() : part);
        char next = '?';
        for (var parameter : shape.parameters())
            if (parameter.get("in").equals("query") && random.nextBoolean()) {
                var value = value(random, Shape.object(parameter.get("schema")), 1);
                path.append(next)
                        .append(parameter.get("name"))
                        .append('=')
                        .append(URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8));
                next = '&';
            }
        return path.toString();
    }

    private static Map<String, String> headers(Random random, Shape shape) {
        var headers = new TreeMap<>(shape.headers());
        headers.replaceAll((name, value) -> name.equals("If-Match")
                ? "\"" + Shape.any(random, List.of("b", "a", "i", "p")) + (1 + random.nextInt(5)) + "\""
                : random.nextInt(6) == 0 ? "the-same-key-again-" + random.nextInt(3) : value);
        if (random.nextInt(20) == 0) headers.clear();
        return headers;
    }

    /** Mostly what fits the schema, sometimes nothing of the kind. */
    private Object value(Random random, Map<String, Object> schema, int depth) {
        if (depth > 0 && random.nextInt(25) == 0)
            return Shape.any(random, List.of(7, -1, true, "x", List.of(), Map.of(), 1e30, List.of(List.of(1)), ""));
        if (schema.get("enum") instanceof List<?> values) return Shape.any(random, values);
        var format = String.valueOf(schema.get("format"));
        if (format.equals("uuid")) return Shape.any(random, ids);
        if (format.equals("date-time"))
            return world.clock
                    .instant()
                    .plus(Duration.ofMinutes(random.nextInt(200_000) - 10_000))
                    .toString();
        if (format.equals("date")) return "20" + (10 + random.nextInt(30)) + "-0" + (1 + random.nextInt(9)) + "-28";
        return switch (String.valueOf(schema.getOrDefault("type", "string"))) {
            case "object" -> {
                var all = new Fields();
                Shape.object(schema.get("properties")).forEach((name, inner) -> {
                    if (random.nextInt(5) > 0) all.put(name, value(random, Shape.object(inner), depth + 1));
                });
                yield all;
            }
            case "array" -> {
                var all = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--)
                    all.add(value(random, Shape.object(schema.get("items")), depth + 1));
                yield all;
            }
            case "integer" -> random.nextInt(700) - 20;
            case "boolean" -> random.nextInt(10) == 0;
            default -> Shape.any(random, texts);
        };
    }
}

package vn.giaoban.story;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import vn.giaoban.Node;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.journal.Actor;
import vn.giaoban.live.StreamKey;
import vn.giaoban.people.Person;
import vn.giaoban.people.Role;

/** A running node with a database of its own, and the people of a story. */
public final class World implements AutoCloseable {
    public static final String PASSWORD = "mot-mat-khau-du-dai";
    private static World shared;

    public final SettableClock clock = new SettableClock();
    public final Node node;
    public final String base;
    public final String databaseUrl;
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger days = new AtomicInteger(1);
    private String hash;

    private World(Map<String, String> settings) {
        databaseUrl = settings.getOrDefault("GIAOBAN_DATABASE_URL", null) == null
                ? TestDatabase.fresh()
                : settings.get("GIAOBAN_DATABASE_URL");
        node = Node.start(settings(databaseUrl, settings), new Node.Start(clock, false, null));
        base = "http://localhost:" + node.port();
    }

    /** Settings of a test node: its own database, a free port, no demo. */
    public static Settings settings(String databaseUrl, Map<String, String> more) {
        var environment = new HashMap<String, String>();
        environment.put("GIAOBAN_DATABASE_URL", databaseUrl);
        environment.put("GIAOBAN_HTTP_PORT", "0");
        environment.put("GIAOBAN_DEMO", "false");
        environment.put("GIAOBAN_DATABASE_POOLSIZE", "8");
        environment.put("GIAOBAN_CLUSTER_CONFIG", "src/test/resources/hazelcast-alone.yaml");
        environment.put("GIAOBAN_CLUSTER_PORT", "0");
        environment.put("GIAOBAN_METRICS_PORT", "-1");
        environment.put("GIAOBAN_HTTP_DRAINWAITMS", "0");
        environment.putAll(more);
        return Settings.load(Path.of("conf/giaoban.yaml"), environment);
    }

    /** One node for all stories that need nothing special of it. */
    public static synchronized World shared() {
        if (shared == null) {
            shared = new World(Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    public static World with(Map<String, String> settings) {
        return new World(settings);
    }

    public Someone anybody() {
        return new Someone(base, "anybody");
    }

    public UUID ministry() {
        return organisation("BYT");
    }

    public UUID organisation(String code) {
        return node.rooms().directory().organisations().stream()
                .filter(o -> o.code().equals(code))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** The endpoint of a provincial department, by the province's code. */
    public Endpoint department(String province) {
        return node.rooms().directory().endpoints("", null, 200).items().stream()
                .filter(e -> province.equals(e.provinceCode()) && e.kind() == Endpoint.Kind.DEPARTMENT)
                .findFirst()
                .orElseThrow();
    }

    /** An endpoint of this story alone, so that no other story's booking is in its way. */
    public Endpoint newEndpoint(String name) {
        int n = names.incrementAndGet();
        return node.rooms()
                .directory()
                .register(
                        new Endpoint(
                                UUID.randomUUID(),
                                "T" + n,
                                name + " " + n,
                                name + " " + n,
                                Endpoint.Kind.UNIT,
                                ministry(),
                                null,
                                null,
                                1000 + n),
                        Actor.SYSTEM);
    }

    public synchronized Person person(String name, Role role, UUID organisation, UUID endpoint) {
        if (hash == null) hash = node.rooms().passwords().hash(PASSWORD);
        return node.rooms()
                .people()
                .create(
                        Actor.SYSTEM,
                        "p" + names.incrementAndGet(),
                        name,
                        "",
                        role == null ? List.of() : List.of(new Person.Membership(role, organisation, endpoint)),
                        hash);
    }

    public Someone signedIn(Person person) {
        return new Someone(base, person.name()).signIn(person.username(), PASSWORD);
    }

    public Someone organizer() {
        return signedIn(person("Thư ký", Role.ORGANIZER, ministry(), null));
    }

    public Someone administrator() {
        return signedIn(person("Quản trị", Role.ADMINISTRATOR, ministry(), null));
    }

    public Someone journalist() {
        return signedIn(person("Phóng viên", Role.JOURNALIST, ministry(), null));
    }

    public Someone operator(UUID endpoint) {
        return signedIn(person("Kỹ thuật viên", Role.SITE_OPERATOR, ministry(), endpoint));
    }

    /** An hour that no other story plans for. */
    public Instant freeHour() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(days.incrementAndGet()));
    }

    public Fields plan(String kind, String title, Instant start, int minutes) {
        return Fields.of("organisation", ministry())
                .and("kind", kind)
                .and("title", title)
                .and("plannedStart", start)
                .and("plannedEnd", start.plus(Duration.ofMinutes(minutes)));
    }

    /** A scheduled briefing with a chair, items and invited endpoints; the organizer did it all by API calls. */
    public UUID scheduled(Someone organizer, String kind, Instant start, List<Fields> items, List<UUID> endpoints) {
        var chair = person("Chủ trì", Role.CHAIR, ministry(), null);
        var briefing = organizer
                .create(
                        "/api/briefings",
                        plan(kind, "Giao ban " + names.incrementAndGet(), start, 60)
                                .and("chair", chair.id()))
                .expect(201);
        var path = "/api/briefings/" + briefing.id();
        for (var item : items) organizer.create(path + "/agenda", item).expect(201);
        if (!endpoints.isEmpty()) {
            var ids = new ArrayList<String>();
            endpoints.forEach(endpoint -> ids.add(endpoint.toString()));
            organizer.create(path + "/endpoints", Fields.of("endpoints", ids)).expect(201);
        }
        organizer
                .call(
                        "POST",
                        path + "/schedule",
                        null,
                        Map.of("If-Match", organizer.get(path).expect(200).etag()))
                .expect(200);
        return briefing.id();
    }

    /** The same, opened and started. */
    public UUID live(Someone organizer, String kind, List<Fields> items, List<UUID> endpoints) {
        var id = scheduled(organizer, kind, freeHour(), items, endpoints);
        organizer.post("/api/briefings/" + id + "/open").expect(200);
        organizer.post("/api/briefings/" + id + "/start").expect(200);
        return id;
    }

    /**
     * The second comes while the first has been done and is not in the books yet: it has read what was before, or waits.
     * Returns what the second refused with, or null.
     */
    public RuntimeException meanwhile(Runnable first, Runnable second) throws InterruptedException {
        var db = node.rooms().db();
        var refusal = new AtomicReference<RuntimeException>();
        var thread = db.transaction(() -> {
            first.run();
            var other = Thread.startVirtualThread(() -> {
                try {
                    second.run();
                } catch (RuntimeException e) {
                    refusal.set(e);
                }
            });
            while (other.isAlive()
                    && db.row("SELECT count(*) AS n FROM pg_locks WHERE NOT granted")
                                    .getLong("n")
                            == 0) Thread.onSpinWait();
            return other;
        });
        thread.join();
        return refusal.get();
    }

    /** The fold of the patches is the view of the facts; a list that has become empty is as good as none. */
    public void drawsTheSame(Page page, String stream, String audience) {
        page.until(
                "the facts",
                p -> Json.text(filled(p.view()))
                        .equals(Json.text(filled(node.rooms()
                                .journal()
                                .paint(stream)
                                .getOrDefault(new StreamKey(stream, audience), Map.of())))));
    }

    private static Map<String, Object> filled(Map<?, ?> picture) {
        var out = new TreeMap<String, Object>();
        picture.forEach((name, value) -> {
            var kept = value instanceof Map<?, ?> map ? filled(map) : value;
            if (!(kept instanceof Map<?, ?> map && map.isEmpty())) out.put((String) name, kept);
        });
        return out;
    }

    public static Fields item(String title, int minutes, String visibility) {
        return Fields.of("title", title).and("minutes", minutes).and("visibility", visibility);
    }

    @Override
    public void close() {
        node.close();
    }
}

package vn.giaoban.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Contract;
import vn.giaoban.people.Person;
import vn.giaoban.people.Role;
import vn.giaoban.story.Page;
import vn.giaoban.story.Someone;
import vn.giaoban.story.World;

/**
 * Nobody finds in any byte that the server sends him what is not his: every text and every id is marked, and everybody
 * then reads all there is to read, by every route and every stream, also what is said when something is refused.
 */
class SecretsTest {
    private static final List<String> AUDIENCES = List.of("public", "press", "site", "staff", "self");
    private static final String NONE = "q0000000000000";

    private static World world;
    private static final Secrets secrets = new Secrets();
    private static final Map<String, UUID> briefings = new LinkedHashMap<>();
    private static final Map<String, Someone> readers = new LinkedHashMap<>();
    private static final Map<String, List<Page>> pages = new LinkedHashMap<>();
    private static final List<UUID> endpoints = new ArrayList<>();
    private static final List<UUID> persons = new ArrayList<>();
    private static final List<Contract.Operation> operations = new Contract().operations();
    private static Someone staff;
    private static UUID elsewhere;
    private static Person staffsChair;
    private static Instant staffsHour;

    @AfterAll
    static void close() {
        if (world != null) world.close();
    }

    @BeforeAll
    static void aHouseFullOfSecrets() {
        world = World.with(Map.of(
                "GIAOBAN_JITSI_DOMAIN",
                "meet.example.org",
                "GIAOBAN_JITSI_SECRET",
                "mot-bi-mat-du-dai-cho-jitsi-0123456789"));
        staff = world.administrator();
        var ministry = world.ministry();
        elsewhere = world.node.rooms().directory().organisations().stream()
                .map(organisation -> organisation.id())
                .filter(id -> !id.equals(ministry))
                .findFirst()
                .orElseThrow();
        for (var place : List.of(secrets.text("endpoint.name"), "Hai", "Ba"))
            endpoints.add(world.newEndpoint(place).id());
        readers.put("anonymous", world.anybody());
        readers.put("viewer", world.signedIn(world.person("Người xem", Role.VIEWER, ministry, null)));
        readers.put("journalist", world.signedIn(world.person("Phóng viên", Role.JOURNALIST, ministry, null)));
        for (int i = 0; i < 3; i++) readers.put(i == 0 ? "site" : "site" + (i + 1), world.operator(endpoints.get(i)));
        readers.put("elsewhere", world.signedIn(world.person("Thư ký khác", Role.ORGANIZER, elsewhere, null)));
        var name = secrets.text("account.name");
        secrets.text("account.username");
        var account = staff.create(
                        "/api/people",
                        Fields.of("username", secrets.words().get("account.username"))
                                .and("name", name)
                                .and("roles", List.of()))
                .expect(201);
        persons.add(UUID.fromString(account.text("person.id")));
        secrets.id("account.password", account.text("password"));

        open();
        others();
    }

    /** The pages are open before anything is written, so that every patch passes by them. */
    private static void open() {
        var start = world.freeHour();
        var secretary = person("open.secretary", true);
        var operator = person("open.operator", true);
        var id = create(
                "open",
                staff,
                world.plan("PRESS_CONFERENCE", secrets.text("open.title"), start, 30)
                        .and("titleEn", secrets.text("open.titleEn"))
                        .and("chair", person("open.chair", false).id())
                        .and("secretary", secretary.id())
                        .and("operator", operator.id()));
        var path = path(id);
        invite(id, endpoints.get(0), endpoints.get(1));
        schedule(id);
        for (var reader : readers.entrySet()) watch(reader.getKey(), reader.getValue());
        watch("staff", staff);
        var reply = path + "/endpoints/" + endpoints.getFirst() + "/reply";
        staff.put(
                        reply,
                        Fields.of("answer", "CONFIRMED")
                                .and("reason", secrets.text("open.reply.reason"))
                                .and("substitute", secrets.text("open.reply.substitute"))
                                .and("instead", secrets.text("open.reply.instead")))
                .expect(200);
        staff.post(reply + "/refuse", Fields.of("reason", secrets.text("open.reply.note")))
                .expect(200);
        for (var visibility : List.of("PUBLIC", "PRESS", "SITE", "STAFF")) {
            var name = "open.item." + visibility;
            var item = staff.create(
                            path + "/agenda",
                            World.item(secrets.text(name + ".title"), 20, visibility)
                                    .and("titleEn", secrets.text(name + ".titleEn"))
                                    .and("speaker", secrets.text(name + ".speaker")))
                    .expect(201);
            secrets.id(name + ".id", item.id());
        }
        // Renamed while it is out of sight, and only shown to those who run it.
        var hidden =
                staff.create(path + "/agenda", World.item("Sẽ ẩn", 5, "PUBLIC")).expect(201);
        hidden = staff.patch(path + "/agenda/" + hidden.id(), hidden.etag(), Fields.of("visibility", "STAFF"))
                .expect(200);
        staff.patch(
                        path + "/agenda/" + hidden.id(),
                        hidden.etag(),
                        Fields.of("title", secrets.text("open.item.hidden.title")))
                .expect(200);
        staff.call(
                        "POST",
                        path + "/reschedule",
                        Fields.of("plannedStart", start.plusSeconds(600))
                                .and("plannedEnd", start.plusSeconds(2_400))
                                .and("reason", secrets.text("open.reason")),
                        Map.of("If-Match", staff.get(path).etag()))
                .expect(200);
        staff.post(path + "/open").expect(200);
        var site = path + "/endpoints/" + endpoints.getFirst();
        staff.post(site + "/join").expect(200);
        staff.put(path + "/line", Fields.of("text", secrets.text("open.line"))).expect(204);
        staff.put(site + "/line", Fields.of("text", secrets.text("open.line.site")))
                .expect(204);
        var silent = staff.create(
                        site + "/delegates",
                        Fields.of("name", secrets.text("open.delegate.silent"))
                                .and("title", secrets.text("open.delegate.silent.title")))
                .expect(201);
        secrets.id("open.delegate.silent.id", silent.id());
        var speaks = staff.create(site + "/delegates", Fields.of("name", secrets.text("open.delegate.speaks")))
                .expect(201);
        secrets.id("open.delegate.speaks.id", speaks.id());
        var gone = staff.create(site + "/delegates", Fields.of("name", secrets.text("open.delegate.gone")))
                .expect(201);
        staff.post(path + "/start").expect(200);
        staff.delete(site + "/delegates/" + gone.id()).expect(204);
        var request = staff.create(
                        path + "/floor",
                        Fields.of("endpoint", endpoints.getFirst())
                                .and("delegate", speaks.id())
                                .and("topic", secrets.text("open.request.topic")))
                .expect(201);
        secrets.id("open.request.id", request.id());
        staff.post(path + "/agenda/" + staff.get(path).text("agenda.items.3.id") + "/start")
                .expect(200);
        secrets.id(
                "open.video",
                world.node
                        .rooms()
                        .db()
                        .row("SELECT video_name FROM briefing WHERE id = $1", id)
                        .getString("video_name"));
    }

    private static void others() {
        var draft = create(
                "draft",
                staff,
                world.plan("PRESS_CONFERENCE", secrets.text("draft.title"), world.freeHour(), 30)
                        .and("titleEn", secrets.text("draft.titleEn"))
                        .and("chair", person("draft.chair", false).id()));
        item(staff, draft, "draft.item", "PUBLIC");
        invite(draft, endpoints.getFirst());

        staffsChair = person("staff.chair", false);
        staffsHour = Instant.parse(staff.get(path(briefings.get("open"))).text("plannedEnd"))
                .plus(Duration.ofMinutes(16));
        var forStaff = create(
                "staff",
                staff,
                world.plan("BRIEFING", secrets.text("staff.title"), staffsHour, 30)
                        .and("visibility", "STAFF")
                        .and("chair", staffsChair.id()));
        item(staff, forStaff, "staff.item", "PUBLIC");
        invite(forStaff, endpoints.get(0), endpoints.get(2));
        schedule(forStaff);

        var sites = create(
                "sites",
                staff,
                world.plan("BRIEFING", secrets.text("sites.title"), world.freeHour(), 30)
                        .and("chair", person("sites.chair", false).id()));
        item(staff, sites, "sites.item", "PUBLIC");
        item(staff, sites, "sites.item.STAFF", "STAFF");
        invite(sites, endpoints.getFirst());
        schedule(sites);

        var press = plain("press", staff, "PRESS_MEETING");
        item(staff, press, "press.item", "PUBLIC");

        var closed = plain("closed", staff, "PRESS_CONFERENCE");
        invite(closed, endpoints.getFirst());
        staff.post(path(closed) + "/open").expect(200);
        staff.create(
                        path(closed) + "/endpoints/" + endpoints.getFirst() + "/delegates",
                        Fields.of("name", secrets.text("closed.delegate")))
                .expect(201);
        staff.post(path(closed) + "/start").expect(200);
        staff.post(path(closed) + "/close").expect(200);
        staff.create(path(closed) + "/attendance/addenda", Fields.of("text", secrets.text("closed.addendum")))
                .expect(201);

        var cancelled = plain("cancelled", staff, "PRESS_CONFERENCE");
        staff.call(
                        "POST",
                        path(cancelled) + "/cancel",
                        Fields.of("reason", secrets.text("cancelled.reason")),
                        Map.of("If-Match", staff.get(path(cancelled)).etag()))
                .expect(200);

        var hidden = world.scheduled(staff, "PRESS_CONFERENCE", world.freeHour(), List.of(), List.of());
        briefings.put("hidden", hidden);
        staff.patch(path(hidden), staff.get(path(hidden)).etag(), Fields.of("visibility", "STAFF"))
                .expect(200);
        staff.patch(path(hidden), staff.get(path(hidden)).etag(), Fields.of("title", secrets.text("hidden.title")))
                .expect(200);
        item(staff, hidden, "hidden.item", "PUBLIC");

        var organizer = readers.get("elsewhere");
        var other = create(
                "other",
                organizer,
                world.plan("BRIEFING", secrets.text("other.title"), staffsHour.minus(Duration.ofMinutes(50)), 30)
                        .and("organisation", elsewhere)
                        .and(
                                "chair",
                                world.person("Chủ trì khác", null, null, null).id()));
        item(organizer, other, "other.item.STAFF", "STAFF");
        organizer
                .create(
                        path(other) + "/endpoints",
                        Fields.of("endpoints", List.of(endpoints.get(2).toString())))
                .expect(201);
        organizer
                .call(
                        "POST",
                        path(other) + "/schedule",
                        null,
                        Map.of("If-Match", organizer.get(path(other)).etag()))
                .expect(200);
        // It runs over, into what is for the ministry's staff alone and holds its site: told is only that it does.
        organizer.post(path(other) + "/open").expect(200);
        organizer.post(path(other) + "/start").expect(200);
        for (int i = 0; i < 8; i++)
            organizer
                    .create(path(other) + "/agenda", World.item("Dài", 600, "STAFF"))
                    .expect(201);
        assertTrue(json(organizer, "briefing/" + other, "").contains("overrun"));
        for (var name : List.of("open", "draft", "staff", "sites", "press", "other"))
            secrets.id(name + ".id", briefings.get(name));
    }

    @Test
    void nobodyFindsWhatIsNotHis() throws Exception {
        var allowed = table();
        var wrong = new ArrayList<String>();
        for (var reader : readers.entrySet()) {
            var found = everything(reader.getKey(), reader.getValue());
            for (var secret : found.entrySet())
                for (var where : secret.getValue())
                    if (!may(allowed.get(secret.getKey()).get(reader.getKey()), where))
                        wrong.add(reader.getKey() + " finds " + secret.getKey() + " in " + where);
            allowed.forEach((secret, row) -> {
                if (!row.get(reader.getKey()).equals("n") && !found.containsKey(secret))
                    wrong.add(reader.getKey() + " does not find " + secret + ", which is his");
            });
        }
        assertEquals("", String.join("\n", wrong));
    }

    /** The same eyes, in the hands of those who may see everything, find every single mark: they are not blind. */
    @Test
    void thoseWhoRunItFindEverything() throws Exception {
        var found = new TreeSet<>(everything("staff", staff).keySet());
        found.addAll(secrets.in(
                staff.post(path(briefings.get("open")) + "/video", Map.of()).text()));
        var missed = new TreeSet<String>();
        secrets.names().forEach(missed::add);
        missed.removeAll(found);
        assertEquals(new TreeSet<>(List.of("account.password")), missed, "shown once and kept nowhere");
        assertEquals(table().keySet(), all());
    }

    @Test
    void whoeverSearchesForWhatIsNotHisSearchesForNothing() throws Exception {
        for (var reader : readers.entrySet()) {
            var nothing = reader.getValue()
                    .get("/api/briefings?q=" + NONE)
                    .expect(200)
                    .text();
            for (var word : secrets.words().entrySet()) {
                var row = table().get(word.getKey()).get(reader.getKey());
                if (row.equals("n") || !word.getKey().contains("title"))
                    assertEquals(
                            nothing,
                            reader.getValue()
                                    .get("/api/briefings?q=" + word.getValue())
                                    .text(),
                            () -> reader.getKey() + " searches for " + word.getKey());
            }
        }
    }

    @Test
    void aMarkIsFoundInWhateverDressItComes() {
        var one = new Secrets();
        var text = one.text("it");
        var word = one.words().get("it");
        for (var dressed : List.of(
                text,
                vn.giaoban.db.Json.text(Map.of("a", text)),
                java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8),
                word.toUpperCase(java.util.Locale.ROOT),
                base64("x" + text),
                base64("xy" + text + "z"),
                base64(text))) assertEquals(java.util.Set.of("it"), one.in("… " + dressed + " …"), dressed);
        assertTrue(one.in("qbcdfghjkmnpqr").isEmpty());
    }

    private static String base64(String text) {
        return java.util.Base64.getUrlEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static boolean may(String rule, String where) {
        return switch (rule) {
            case "y" -> true;
            case "p" -> where.startsWith("GET /api/people");
            case "e" -> where.startsWith("GET /api/endpoints") || where.startsWith("GET /api/session");
            case "b" -> where.startsWith("GET /api/endpoints") || where.startsWith("booking");
            default -> false;
        };
    }

    /** All that this person can come to read, and in which of it which secret stands. */
    private static Map<String, TreeSet<String>> everything(String name, Someone who) throws Exception {
        var found = new TreeMap<String, TreeSet<String>>();
        var look = new Look(found);
        for (var path : readable()) look.at("GET " + path, said(who.get(path)));
        for (var word : secrets.words().values())
            for (var list : List.of("briefings", "people", "endpoints", "units", "provinces")) {
                var path = "/api/" + list + "?q=" + word;
                look.at("GET " + path.replace(word, "…"), said(who.get(path)));
            }
        for (var stream : streams()) {
            for (var audience : AUDIENCES)
                look.at("JSON " + stream + " as " + audience, json(who, stream, "?audience=" + audience));
            look.at("JSON " + stream, json(who, stream, ""));
            look.at("SSE " + stream, events(who, stream));
            var page = who.follow(stream);
            if (page.refused() == 0) page.seesFrame("snapshot");
            look.at("WS " + stream, page.bytes());
            page.close();
        }
        for (var page : pages.getOrDefault(name, List.of())) look.at("open page", page.bytes());
        if (!name.equals("staff")) refusals(who, look);
        return found;
    }

    private record Look(Map<String, TreeSet<String>> found) {
        void at(String where, String bytes) {
            for (var secret : secrets.in(bytes))
                found.computeIfAbsent(secret, s -> new TreeSet<>()).add(where);
        }
    }

    private static String said(vn.giaoban.story.Reply reply) {
        assertTrue(reply.status() < 500, reply::text);
        return reply.headers().map() + "\n" + reply.text();
    }

    /** Every GET of the contract, of everything that there is. */
    private static List<String> readable() {
        var paths = new ArrayList<>(
                List.of("/openapi.yaml", "/asyncapi.yaml", "/api-docs.json", "/health/ready", "/nowhere"));
        for (var operation : operations) {
            if (!operation.method().equals("GET")) continue;
            var path = operation.path();
            if (path.contains("{briefing}") && path.contains("{endpoint}"))
                briefings
                        .values()
                        .forEach(id -> endpoints.forEach(site -> paths.add(
                                path.replace("{briefing}", id.toString()).replace("{endpoint}", site.toString()))));
            else if (path.contains("{briefing}"))
                briefings.values().forEach(id -> paths.add(path.replace("{briefing}", id.toString())));
            else if (path.contains("{endpoint}"))
                endpoints.forEach(id -> paths.add(path.replace("{endpoint}", id.toString())));
            else if (path.contains("{person}"))
                persons.forEach(id -> paths.add(path.replace("{person}", id.toString())));
            else if (path.equals("/api/holidays")) paths.add(path + "?year=2026");
            else
                paths.add(
                        operation.parameters().stream().anyMatch(p -> p.name().equals("limit"))
                                ? path + "?limit=200"
                                : path);
            assertTrue(!paths.getLast().contains("{"), () -> "no value for " + path);
        }
        return paths;
    }

    private static List<String> streams() {
        var streams = new ArrayList<>(
                List.of("calendar", "person/me", "calendar/" + world.ministry(), "calendar/" + elsewhere));
        briefings.values().forEach(id -> streams.add("briefing/" + id));
        endpoints.forEach(id -> streams.add("endpoint/" + id));
        persons.forEach(id -> streams.add("person/" + id));
        return streams;
    }

    private static String json(Someone who, String stream, String query) {
        return said(who.call("GET", "/live/" + stream + query, null, Map.of("Accept", "application/json")));
    }

    /** The first frames of an event stream, which has no end. */
    private static String events(Someone who, String stream) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(world.base + "/live/" + stream))
                .header("Accept", "text/event-stream")
                .header("Origin", world.base);
        if (who.cookie() != null) request.header("Cookie", who.cookie());
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            var text = new StringBuilder(response.headers().map() + "\n");
            try (var body = response.body()) {
                int c;
                while ((c = body.read()) >= 0) {
                    text.append((char) c);
                    if (response.statusCode() == 200 && text.toString().endsWith("\n\n")) break;
                }
            }
            http.shutdownNow();
            return text.toString();
        }
    }

    /** Every command, of everything, with a stale ETag and with none: what is said when it is refused. */
    private static void refusals(Someone who, Look look) {
        for (var operation : operations) {
            if (operation.method().equals("GET") || !operation.path().contains("{briefing}")) continue;
            for (var briefing : briefings.entrySet()) {
                if (briefing.getKey().equals("other")) continue; // that one could succeed
                var path = operation
                        .path()
                        .replace("{briefing}", briefing.getValue().toString())
                        .replace("{endpoint}", endpoints.get(1).toString())
                        .replace("{loss}", "1")
                        .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
                var headers = new HashMap<>(
                        Map.of("Idempotency-Key", UUID.randomUUID().toString()));
                headers.put("If-Match", "\"b0\"");
                var reply = who.call(operation.method(), path, body(operation.id()), headers);
                assertTrue(reply.status() != 400, () -> operation.id() + ": " + reply.text());
                // He who is let into the video room is told its name.
                if (!operation.id().equals("enterVideo") || reply.status() >= 400)
                    look.at(operation.id() + " of " + briefing.getKey(), said(reply));
            }
        }
        if (who == readers.get("elsewhere")) bookings(who, look);
    }

    /** Wants what the briefing of others holds at that hour: told that it is taken, and by nothing what for. */
    private static void bookings(Someone who, Look look) {
        var mine = who.create(
                        "/api/briefings",
                        world.plan("BRIEFING", "Trùng giờ", staffsHour, 30)
                                .and("organisation", elsewhere)
                                .and(
                                        "chair",
                                        world.person("Rảnh", null, null, null).id()))
                .expect(201);
        who.create(
                        path(mine.id()) + "/endpoints",
                        Fields.of("endpoints", List.of(endpoints.getFirst().toString())))
                .expect(201);
        var refused = who.call(
                "POST",
                path(mine.id()) + "/schedule",
                null,
                Map.of("If-Match", who.get(path(mine.id())).etag()));
        look.at("booking an endpoint", said(refused.expect(409)));
    }

    /** What each operation takes; most of it does not come so far. */
    private static Map<String, ?> body(String operation) {
        var site = endpoints.get(1).toString();
        return switch (operation) {
            case "editBriefing" -> Map.of("title", NONE);
            case "rescheduleBriefing" ->
                Fields.of("plannedStart", staffsHour)
                        .and("plannedEnd", staffsHour.plusSeconds(60))
                        .and("reason", NONE);
            case "postponeBriefing", "cancelBriefing" -> Map.of("reason", NONE);
            case "addItem" -> Map.of("title", NONE, "minutes", 1);
            case "editItem" -> Map.of("minutes", 1);
            case "orderAgenda" -> Map.of("order", List.of());
            case "inviteEndpoints" -> Map.of("endpoints", List.of(site));
            case "sendLine", "sendLineToSite", "addAddendum" -> Map.of("text", NONE);
            case "addDelegate" -> Map.of("name", NONE);
            case "reportLine" -> Map.of("seconds", 20, "roundTripMs", 30, "jitterMs", 3, "stalls", 0);
            case "askHelp" -> Map.of("reason", "OTHER", "text", NONE);
            case "markOnPhone" -> Map.of();
            case "acknowledgeAlarm" -> Map.of("since", "2026-12-01T01:00:00Z");
            case "relayVideo" -> Map.of("page", site, "n", 1, "seats", List.of(Map.of("id", "p", "name", NONE)));
            case "requestFloor", "kickFromVideo" -> Map.of("endpoint", site);
            case "messageVideo" -> Map.of("endpoint", site, "text", NONE);
            case "enterVideo", "copyBriefing" -> Map.of();
            case "setReplyBy" -> Fields.of("replyBy", staffsHour);
            case "answerInvitation" -> Map.of("answer", "DECLINED", "reason", NONE);
            case "refuseSubstitute" -> Map.of("reason", NONE);
            case "explainLoss" -> Map.of("cause", "LINE");
            case "beginRollCall" -> Map.of();
            case "markRollCall" -> Map.of("endpoint", site, "result", "PRESENT");
            default -> null;
        };
    }

    private static void watch(String name, Someone who) {
        var mine = new ArrayList<Page>();
        for (var stream : List.of(
                "briefing/" + briefings.get("open"),
                "calendar",
                "calendar/" + world.ministry(),
                "endpoint/" + endpoints.get(0),
                "endpoint/" + endpoints.get(1),
                "endpoint/" + endpoints.get(2))) {
            var page = who.follow(stream);
            if (page.refused() == 0) mine.add(page.seesFrame("snapshot"));
        }
        pages.put(name, mine);
    }

    private static UUID create(String name, Someone organizer, Fields plan) {
        var id = organizer.create("/api/briefings", plan).expect(201).id();
        briefings.put(name, id);
        return id;
    }

    private static UUID plain(String name, Someone organizer, String kind) {
        var id = create(
                name,
                organizer,
                world.plan(kind, secrets.text(name + ".title"), world.freeHour(), 30)
                        .and("chair", world.person("Chủ trì", null, null, null).id()));
        schedule(id);
        return id;
    }

    private static void item(Someone organizer, UUID briefing, String name, String visibility) {
        organizer
                .create(path(briefing) + "/agenda", World.item(secrets.text(name), 5, visibility))
                .expect(201);
    }

    private static void invite(UUID briefing, UUID... sites) {
        staff.create(
                        path(briefing) + "/endpoints",
                        Fields.of(
                                "endpoints",
                                Arrays.stream(sites).map(UUID::toString).toList()))
                .expect(201);
    }

    private static void schedule(UUID briefing) {
        staff.call(
                        "POST",
                        path(briefing) + "/schedule",
                        null,
                        Map.of("If-Match", staff.get(path(briefing)).etag()))
                .expect(200);
    }

    private static Person person(String name, boolean idToo) {
        var person = world.person(secrets.text(name), null, null, null);
        persons.add(person.id());
        if (idToo) secrets.id(name + ".id", person.id());
        return person;
    }

    private static String path(UUID briefing) {
        return "/api/briefings/" + briefing;
    }

    private static TreeSet<String> all() {
        var all = new TreeSet<String>();
        secrets.names().forEach(all::add);
        return all;
    }

    /** By secret, by reader. */
    private static Map<String, Map<String, String>> table() throws IOException {
        var table = new TreeMap<String, Map<String, String>>();
        try (var in = SecretsTest.class.getResourceAsStream("/secrets-by-reader.txt")) {
            new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .forEach(row -> {
                        var cells = new LinkedHashMap<String, String>();
                        int column = 1;
                        for (var reader : readers.keySet()) cells.put(reader, row[column++]);
                        table.put(row[0], cells);
                    });
        }
        return table;
    }
}

package vn.giaoban.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Contract;
import vn.giaoban.people.Person;
import vn.giaoban.people.Role;
import vn.giaoban.story.Reply;
import vn.giaoban.story.Someone;
import vn.giaoban.story.World;

/** Every operation of the contract for every kind of asker, over HTTP, against the table {@code routes-by-role.csv}. */
class RoutesByRoleTest {
    private static World world;

    private final List<List<String>> table = table();
    private final Map<String, Contract.Operation> operations = new Contract()
            .operations().stream().collect(Collectors.toMap(Contract.Operation::id, operation -> operation));
    private final Map<String, Person> persons = new LinkedHashMap<>();
    private final Map<String, Someone> askers = new LinkedHashMap<>();
    private final Map<String, Scene> untouched = new HashMap<>();
    private UUID endpoint;
    private UUID other;
    private Someone staff;

    @AfterAll
    static void close() {
        if (world != null) world.close();
    }

    @Test
    void everyOperationHasARow() {
        assertEquals(
                new TreeSet<>(operations.keySet()),
                table.stream()
                        .skip(1)
                        .map(row -> operation(row.getFirst()))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @TestFactory
    Stream<DynamicTest> everyRouteForEverybody() {
        // Many briefings, each at an hour of its own; and a video room to be entered.
        world = World.with(Map.of(
                "GIAOBAN_BRIEFING_MAXDAYS", "20000",
                "GIAOBAN_JITSI_DOMAIN", "meet.example.org",
                "GIAOBAN_JITSI_SECRET", "mot-bi-mat-du-dai-cho-jitsi-0123456789"));
        endpoint = world.newEndpoint("Điểm cầu được mời").id();
        other = world.newEndpoint("Điểm cầu khác").id();
        staff = world.administrator();
        var ministry = world.ministry();
        var elsewhere = world.node.rooms().directory().organisations().stream()
                .map(organisation -> organisation.id())
                .filter(id -> !id.equals(ministry))
                .findFirst()
                .orElseThrow();
        persons.put("viewer", world.person("Người xem", Role.VIEWER, ministry, null));
        persons.put("journalist", world.person("Phóng viên", Role.JOURNALIST, elsewhere, null));
        persons.put("operator invited", world.person("Kỹ thuật", Role.SITE_OPERATOR, elsewhere, endpoint));
        persons.put("operator other", world.person("Kỹ thuật khác", Role.SITE_OPERATOR, elsewhere, other));
        persons.put("spokesperson", world.person("Người phát ngôn", Role.SPOKESPERSON, ministry, null));
        persons.put("chair", world.person("Chủ trì", Role.CHAIR, ministry, null));
        persons.put("organizer", world.person("Thư ký", Role.ORGANIZER, ministry, null));
        persons.put("organizer elsewhere", world.person("Thư ký khác", Role.ORGANIZER, elsewhere, null));
        persons.put("officer", world.person("Được ghi tên", null, null, null));
        persons.put("administrator", world.person("Quản trị", Role.ADMINISTRATOR, elsewhere, null));
        askers.put("anonymous", world.anybody());
        persons.forEach((name, person) -> askers.put(name, world.signedIn(person)));
        assertEquals(
                List.copyOf(askers.keySet()),
                table.getFirst().subList(1, table.getFirst().size()));
        return table.stream()
                .skip(1)
                .map(row -> DynamicTest.dynamicTest(row.getFirst(), () -> {
                    var wrong = new ArrayList<String>();
                    int column = 1;
                    for (var name : askers.keySet()) {
                        int expected = Integer.parseInt(row.get(column++));
                        var reply = ask(row.getFirst(), name, expected < 300);
                        if (reply.status() != expected)
                            wrong.add(name + ": " + reply.status() + ", not " + expected + " " + reply.text());
                    }
                    assertEquals(List.of(), wrong);
                }));
    }

    /** What is to be refused changes nothing, so all who are refused stand before the same things. */
    private Reply ask(String row, String name, boolean fresh) {
        var operation = operation(row);
        var tag = operations.get(operation).path();
        if (!tag.contains("{briefing}")) return askOfNoBriefing(row, name);
        var scene = fresh ? scene(row) : untouched.computeIfAbsent(row, r -> scene(r));
        return call(askers.get(name), operation, scene.names(), scene.body(), scene.etag());
    }

    private Reply call(Someone who, String operation, Map<String, String> names, Map<String, ?> body, String etag) {
        var asked = operations.get(operation);
        var path = asked.path();
        for (var name : names.entrySet()) path = path.replace("{" + name.getKey() + "}", name.getValue());
        var headers = new HashMap<String, String>();
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        if (etag != null) headers.put("If-Match", etag);
        return who.call(asked.method(), path, body, headers);
    }

    private Reply askOfNoBriefing(String row, String name) {
        var operation = operation(row);
        var person = persons.get(name);
        var who = askers.get(name);
        var credentials = Fields.of(
                        "username", person == null ? persons.get("viewer").username() : person.username())
                .and("password", World.PASSWORD);
        return switch (row) {
            case "signIn", "issueToken" -> call(world.anybody(), operation, Map.of(), credentials, null);
            case "signOut" -> call(again(name), operation, Map.of(), null, null);
            case "changePassword" -> {
                var one = person == null ? who : world.signedIn(twin(person));
                var body = Fields.of("current", World.PASSWORD).and("next", "mot-mat-khau-hoan-toan-khac");
                yield call(one, operation, Map.of(), body, null);
            }
            case "endSession", "endSession (of another)" -> {
                var of = row.equals("endSession")
                        ? name.equals("anonymous") ? "viewer" : name
                        : name.equals("viewer") ? "chair" : "viewer";
                var session = again(of).get("/api/sessions").expect(200).text("items.0.id");
                yield call(who, operation, Map.of("session", session), null, null);
            }
            case "renewToken" ->
                call(
                        person == null ? who : world.anybody().asProgram(person.username(), World.PASSWORD),
                        operation,
                        Map.of(),
                        null,
                        null);
            case "createPerson" -> {
                var body = Fields.of("username", "moi-" + UUID.randomUUID())
                        .and("name", "Người mới")
                        .and("roles", List.of());
                yield call(who, operation, Map.of(), body, null);
            }
            case "readPerson", "editPerson" -> {
                var somebody = world.person("Ai đó", null, null, null);
                var body = row.equals("editPerson") ? Fields.of("name", "Tên khác") : null;
                yield call(who, operation, Map.of("person", somebody.id().toString()), body, somebody.etag());
            }
            case "createEndpoint" ->
                call(
                        who,
                        operation,
                        Map.of(),
                        Fields.of("code", "R" + System.nanoTime())
                                .and("name", "Điểm cầu mới")
                                .and("kind", "HOSPITAL")
                                .and("organisation", "BYT"),
                        null);
            case "readProvinceStatistics" -> who.get("/api/provinces/statistics?from=2025-01-01&to=2026-12-31");
            case "previewProvinceChange" -> who.post("/api/provinces/changes/preview", RENAMED);
            case "changeProvinces" -> {
                var token =
                        staff.post("/api/provinces/changes/preview", RENAMED).text("token");
                yield who.post("/api/provinces/changes", with(RENAMED, "token", token));
            }
            case "previewImport" -> who.sendTable("/api/endpoints/import/preview", TABLE);
            case "applyImport" -> {
                var token =
                        staff.sendTable("/api/endpoints/import/preview", TABLE).text("token");
                yield who.sendTable("/api/endpoints/import?token=" + token, TABLE);
            }
            case "readEndpoint",
                    "readPassport",
                    "exportPassport",
                    "readEndpointHistory",
                    "editEndpoint",
                    "editContacts",
                    "renameEndpoint",
                    "endEndpoint",
                    "addMaintenance",
                    "removeMaintenance" -> askOfEndpoint(who, operation, name);
            case "createBriefing" ->
                call(who, operation, Map.of(), world.plan("BRIEFING", "Mới", world.freeHour(), 30), null);
            case "listHolidays" -> who.get("/api/holidays?year=2026");
            default -> call(who, operation, Map.of(), null, null);
        };
    }

    private static final Map<String, Object> RENAMED = Fields.of("kind", "RENAME")
            .and("on", "2026-11-01")
            .and("act", "Nghị quyết 1")
            .and("from", List.of(Fields.of("codeSystem", "gso-34").and("code", "40")))
            .and("to", List.of(Fields.of("code", "40").and("fullName", "Thành phố Nghệ An")));

    private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
        var more = new HashMap<>(body);
        more.put(name, value);
        return more;
    }

    private static final String TABLE = "code\n";

    /** The operator's own, or for what ends it one that is made for it. */
    private Reply askOfEndpoint(Someone who, String operation, String name) {
        var one =
                operation.equals("endEndpoint") ? world.newEndpoint("Sẽ ngừng").id() : endpoint;
        var etag = staff.get("/api/endpoints/" + one).expect(200).etag();
        var hours = Fields.of("from", world.clock.instant().plusSeconds(3_600))
                .and("to", world.clock.instant().plusSeconds(7_200))
                .and("reason", "Thay thiết bị");
        var names = new HashMap<>(Map.of("endpoint", one.toString()));
        if (operation.equals("removeMaintenance"))
            names.put(
                    "window",
                    staff.create("/api/endpoints/" + one + "/maintenance", hours)
                            .expect(201)
                            .text("id"));
        var body = switch (operation) {
            case "editEndpoint" -> Fields.of("room", "Phòng của " + name);
            case "editContacts" -> Fields.of("dutyName", "Trực của " + name);
            case "renameEndpoint" -> Fields.of("validFrom", "2026-01-01").and("name", "Tên của " + name);
            case "endEndpoint" -> Fields.of("on", "2027-01-01");
            case "addMaintenance" -> hours;
            default -> null;
        };
        return call(who, operation, names, body, etag);
    }

    private Someone again(String name) {
        return persons.containsKey(name) ? world.signedIn(persons.get(name)) : askers.get(name);
    }

    private Person twin(Person person) {
        var roles = person.roles();
        return roles.isEmpty()
                ? world.person("Cũng thế", null, null, null)
                : world.person(
                        "Cũng thế",
                        roles.getFirst().role(),
                        roles.getFirst().organisation(),
                        roles.getFirst().endpoint());
    }

    /** Things just made, in the state that the operation needs, with what is to be said of them. */
    private record Scene(Map<String, String> names, Map<String, ?> body, String etag) {}

    private Scene scene(String row) {
        var operation = operation(row);
        var visibility = row.endsWith("(for staff)") ? "STAFF" : row.endsWith("(for sites)") ? "SITE" : "PUBLIC";
        var start = world.freeHour();
        var draft = staff.create(
                        "/api/briefings",
                        world.plan("PRESS_CONFERENCE", "Họp báo", start, 60)
                                .and("visibility", visibility)
                                .and(
                                        "chair",
                                        world.person("Chủ toạ", null, null, null)
                                                .id())
                                .and("secretary", persons.get("officer").id()))
                .expect(201);
        var names = new HashMap<String, String>();
        names.put("briefing", draft.id().toString());
        names.put("endpoint", endpoint.toString());
        var path = "/api/briefings/" + draft.id();
        var first =
                staff.create(path + "/agenda", World.item("Một", 5, "PUBLIC")).expect(201);
        var second =
                staff.create(path + "/agenda", World.item("Hai", 5, "PUBLIC")).expect(201);
        names.put("item", first.id().toString());
        staff.create(path + "/endpoints", Fields.of("endpoints", List.of(endpoint.toString())))
                .expect(201);
        if (!List.of("deleteBriefing", "scheduleBriefing").contains(operation) && !row.endsWith("(draft)"))
            lead(operation, path, names);
        var plan = staff.get(path).expect(200);
        var etag = switch (operation) {
            case "orderAgenda" -> plan.text("agenda.etag");
            case "editItem", "removeItem" -> plan.text("agenda.items.0.etag");
            default -> plan.etag();
        };
        return new Scene(names, body(row, start, List.of(first.text("id"), second.text("id"))), etag);
    }

    /** From the draft to the state that the operation needs. */
    private void lead(String operation, String path, Map<String, String> names) {
        staff.call(
                        "POST",
                        path + "/schedule",
                        null,
                        Map.of("If-Match", staff.get(path).etag()))
                .expect(200);
        var open = List.of(
                "startBriefing",
                "closeBriefing",
                "joinBriefing",
                "leaveBriefing",
                "sendLine",
                "sendLineToSite",
                "enterVideo",
                "reportLine",
                "takeToSupport",
                "returnFromSupport",
                "markOnPhone",
                "hangUp",
                "relayVideo",
                "requestFloor",
                "giveFloor",
                "takeFloor",
                "withdrawFloor",
                "startItem",
                "finishItem",
                "skipItem",
                "restoreItem",
                "seatDelegate",
                "explainLoss",
                "beginRollCall",
                "markRollCall",
                "rollCallBack",
                "pauseRollCall",
                "resumeRollCall",
                "stopRollCall",
                "addAddendum");
        if (operation.equals("seatDelegate")) register(path, names);
        if (open.contains(operation)) staff.post(path + "/open").expect(200);
        var site = path + "/endpoints/" + endpoint;
        if (operation.equals("leaveBriefing") || operation.endsWith("Floor"))
            staff.post(site + "/join").expect(200);
        if (operation.equals("removeDelegate")) register(path, names);
        if (operation.contains("ollCall") && open.contains(operation) && !operation.equals("beginRollCall"))
            staff.create(path + "/roll-calls", Map.of()).expect(201);
        if (operation.equals("explainLoss")) names.put("loss", lost(path, names));
        if (operation.equals("resumeRollCall"))
            staff.post(path + "/roll-calls/pause").expect(200);
        if (operation.endsWith("Substitute"))
            staff.put(site + "/reply", Fields.of("answer", "CONFIRMED").and("substitute", "Phó giám đốc"))
                    .expect(200);
        if (operation.equals("withdrawHelp"))
            staff.call("POST", site + "/help", Fields.of("reason", "SOUND"), Map.of())
                    .expect(200);
        if (operation.equals("returnFromSupport")) staff.post(site + "/support").expect(200);
        names.put("alarm", "LOST");
        names.put("kind", "FINAL");
        if (List.of("dropRound", "moveCall", "finishCall", "missCall", "restoreCall")
                .contains(operation)) {
            var start = java.time.Instant.parse(staff.get(path).text("plannedStart"));
            var rounds = staff.put(path + "/rounds/FINAL", round(start)).expect(200);
            names.put("call", rounds.text("rounds.0.calls.0.id"));
            if (operation.equals("restoreCall"))
                staff.post(path + "/calls/" + names.get("call") + "/finish").expect(200);
        }
        if (operation.endsWith("Floor") && !operation.equals("requestFloor"))
            names.put(
                    "request",
                    staff.create(path + "/floor", Fields.of("endpoint", endpoint))
                            .text("id"));
        if (operation.equals("takeFloor"))
            staff.post(path + "/floor/" + names.get("request") + "/give").expect(200);
        if (operation.endsWith("Item") && open.contains(operation))
            staff.post(path + "/start").expect(200);
        var item = path + "/agenda/" + names.get("item");
        if (operation.equals("finishItem")) staff.post(item + "/start").expect(200);
        if (operation.equals("restoreItem")) staff.post(item + "/skip").expect(200);
        if (operation.equals("addAddendum")) staff.post(path + "/close").expect(200);
    }

    /** The number of the entry that tells of its loss. */
    private String lost(String path, Map<String, String> names) {
        staff.post(path + "/endpoints/" + endpoint + "/join").expect(200);
        world.clock.forward(java.time.Duration.ofSeconds(5));
        world.node.rooms().lines().reconcile();
        var year = staff.get(path).text("plannedStart").substring(0, 4);
        return staff.get("/api/endpoints/" + endpoint + "/passport?year=" + year)
                                .expect(200)
                                .json()
                                .get("briefings")
                        instanceof List<?> all
                ? all.stream()
                        .filter(one -> names.get("briefing").equals(Reply.at(one, "briefing")))
                        .map(one -> String.valueOf(Reply.at(one, "losses.0.n")))
                        .findFirst()
                        .orElseThrow()
                : "0";
    }

    private void register(String path, Map<String, String> names) {
        names.put(
                "delegate",
                staff.create(path + "/endpoints/" + endpoint + "/delegates", Fields.of("name", "Đại biểu"))
                        .text("id"));
    }

    private static Fields round(java.time.Instant start) {
        return Fields.of("technicians", List.of("Kỹ thuật A"))
                .and("minutes", 5)
                .and(
                        "hours",
                        List.of(Fields.of("from", start.minusSeconds(7_200)).and("to", start)));
    }

    private Map<String, ?> body(String row, java.time.Instant start, List<String> items) {
        return switch (operation(row)) {
            case "editBriefing" -> Fields.of("title", "Khác");
            case "copyBriefing" -> Map.of();
            case "rescheduleBriefing" ->
                Fields.of("plannedStart", start.plusSeconds(7_200))
                        .and("plannedEnd", start.plusSeconds(9_000))
                        .and("reason", "Đổi giờ");
            case "postponeBriefing", "cancelBriefing" -> Fields.of("reason", "Vì bão");
            case "addItem" -> World.item("Ba", 5, "PUBLIC");
            case "editItem" -> Fields.of("minutes", 7);
            case "orderAgenda" -> Fields.of("order", items.reversed());
            case "inviteEndpoints" -> Fields.of("endpoints", List.of(other.toString()));
            case "sendLine", "sendLineToSite" -> Fields.of("text", "còn 2 phút");
            case "kickFromVideo" -> Fields.of("endpoint", endpoint);
            case "messageVideo" -> Fields.of("endpoint", endpoint).and("text", "bật micro");
            case "enterVideo" -> row.endsWith("(as the site)") ? Fields.of("endpoint", endpoint) : Map.of();
            case "reportLine" ->
                Fields.of("seconds", 20)
                        .and("roundTripMs", 30)
                        .and("jitterMs", 3)
                        .and("stalls", 0);
            case "askHelp" -> Fields.of("reason", "SOUND");
            case "markOnPhone" -> Fields.of("number", "024 3846 4416");
            case "acknowledgeAlarm" -> Fields.of("since", start);
            case "relayVideo" ->
                Fields.of("page", UUID.randomUUID()).and("n", 1).and("seats", List.of());
            case "addDelegate" -> Fields.of("name", "Đại biểu");
            case "requestFloor" -> Fields.of("endpoint", endpoint);
            case "planRound", "saveRound" -> round(start);
            case "moveCall" -> Fields.of("technician", "Kỹ thuật A").and("at", start.minusSeconds(3_600));
            case "recordCheck" ->
                Fields.of("measuredAt", world.clock.instant())
                        .and("technician", "Kỹ thuật viên")
                        .and("steps", Map.of());
            case "addAddendum" -> Fields.of("text", "Đến muộn");
            case "setReplyBy" -> Fields.of("replyBy", start.minusSeconds(3_600));
            case "explainLoss" -> Fields.of("cause", "POWER");
            case "beginRollCall" -> Map.of();
            case "markRollCall" -> Fields.of("endpoint", endpoint).and("result", "PRESENT");
            case "answerInvitation" -> Fields.of("answer", "CONFIRMED");
            case "refuseSubstitute" -> Fields.of("reason", "Đề nghị đúng thành phần");
            default -> null;
        };
    }

    private static String operation(String row) {
        return row.split(" ")[0];
    }

    private static List<List<String>> table() {
        try (var in = RoutesByRoleTest.class.getResourceAsStream("/routes-by-role.csv")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split(",")))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

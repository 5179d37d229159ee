package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.jitsi.standin.Caller;
import vn.giaoban.jitsi.standin.Captures;
import vn.giaoban.jitsi.standin.Listener;
import vn.giaoban.people.Role;

/** The contracts say what the server does: every answer and every frame is held against them. */
@Timeout(120)
class ContractTest {
    static final List<String> HEADERS = List.of(
            "content-security-policy",
            "permissions-policy",
            "x-content-type-options",
            "referrer-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "x-frame-options",
            "cache-control");

    private final World world = World.shared();
    private final Map<String, Shape> shapes =
            Shape.all().stream().collect(Collectors.toMap(Shape::id, Function.identity()));
    private final TreeSet<String> called = new TreeSet<>();
    private final Map<String, String> ids = new HashMap<>();

    private Reply ask(Someone who, String operation, Map<String, ?> body, String... headers) {
        var shape = shapes.get(operation);
        called.add(operation);
        var path = shape.path();
        for (var id : ids.entrySet()) path = path.replace("{" + id.getKey() + "}", id.getValue());
        if (operation.equals("listHolidays")) path += "?year=2026";
        var all = new TreeMap<>(shape.headers());
        for (int i = 0; i < headers.length; i += 2) all.put(headers[i], headers[i + 1]);
        var reply = who.call(shape.method(), path, body, all);
        assertTrue(reply.status() < 300, operation + " answered " + reply.text());
        fits(shape, reply);
        return reply;
    }

    private static void fits(Shape shape, Reply reply) {
        for (var header : HEADERS)
            assertTrue(reply.headers().firstValue(header).isPresent(), shape.id() + " has no " + header);
        var response = Shape.object(shape.responses().get(String.valueOf(reply.status())));
        assertTrue(
                !response.isEmpty(),
                shape.id() + " answers " + reply.status() + ", the contract says "
                        + shape.responses().keySet());
        if (Shape.object(response.get("headers")).containsKey("ETag")) assertTrue(reply.etag() != null, shape.id());
        var content = Shape.object(response.get("content"));
        if (content.isEmpty()) assertEquals("", reply.text());
        else if (content.keySet().stream().anyMatch(type -> type.contains("spreadsheetml")))
            assertTrue(reply.text().startsWith("PK"), shape.id());
        else if (content.containsKey("text/csv")) assertTrue(reply.text().startsWith("\uFEFF"), shape.id());
        else {
            var schema =
                    Shape.object(Shape.object(content.get("application/json")).get("schema"));
            Schemas.fits(shape.id(), Schemas.validator(Schemas.closed(schema)), reply.json());
        }
    }

    @Test
    void everyOperationAnswersAsItSays() {
        var organizer = world.organizer();
        var administrator = world.administrator();
        var site = world.newEndpoint("Trung tâm");
        var operator = world.operator(site.id());
        for (var open : List.of("readTime", "readSetup", "listProvinces", "listUnits", "listHolidays", "listBriefings"))
            ask(world.anybody(), open, null);
        var person = world.person("Anh Ba", Role.VIEWER, world.ministry(), null);
        var viewer = world.anybody();
        var credentials = Fields.of("username", person.username()).and("password", World.PASSWORD);
        ask(viewer, "signIn", credentials);
        viewer.signIn(person.username(), World.PASSWORD);
        ask(viewer, "readSession", null);
        ids.put(
                "session",
                ((Map<?, ?>) ask(viewer, "listSessions", null).get("items.0"))
                        .get("id")
                        .toString());
        ask(viewer, "endSession", null);
        viewer.signIn(person.username(), World.PASSWORD);
        ask(viewer, "changePassword", Fields.of("current", World.PASSWORD).and("next", "bon-tu-khong-lien-quan"));
        ask(viewer, "signOut", null);
        credentials.and("password", "bon-tu-khong-lien-quan");
        ask(world.anybody(), "issueToken", credentials);
        ask(world.anybody().asProgram(person.username(), "bon-tu-khong-lien-quan"), "renewToken", null);
        for (var list : List.of("listOrganisations", "listRooms", "listEndpoints")) ask(organizer, list, null);
        ask(administrator, "listPeople", null);
        ask(
                administrator,
                "createPerson",
                Fields.of("username", "u" + System.nanoTime())
                        .and("name", "Mới")
                        .and("roles", List.of(Fields.of("role", "VIEWER").and("organisation", world.ministry()))));
        ids.put("person", person.id().toString());
        var etag = ask(administrator, "readPerson", null).etag();
        ask(administrator, "editPerson", Fields.of("title", "Bà"), "If-Match", etag);
        registry(administrator);
        plan(organizer, site.id());
        run(organizer, operator);
        conference();
        assertEquals(shapes.keySet().stream().sorted().toList(), List.copyOf(called), "every operation was asked");
    }

    /** Commands to a conference are for a house that has one, and a site in it. */
    private void conference() {
        try (var prosody = new Listener(token -> true);
                var house = World.with(Map.of(
                        "GIAOBAN_JITSI_DOMAIN",
                        "meet.example.vn",
                        "GIAOBAN_JITSI_SECRET",
                        "a-secret-of-the-test-with-32-bytes",
                        "GIAOBAN_JITSI_EVENTS_SECRET",
                        Caller.EVENT_SECRET,
                        "GIAOBAN_JITSI_PROSODY_URL",
                        prosody.url()))) {
            var organizer = house.organizer();
            var site = house.newEndpoint("Huế").id();
            var id = house.live(organizer, "BRIEFING", List.of(), List.of(site));
            var room = house.node.rooms().briefings().get(id).videoName();
            var joined = Captures.of("H2", "/api/events/occupant/joined").getLast();
            var jid = "ff91a669-3694-44e1-ba91-1a435029d7e1@meet.jitsi/jTHcN9yc7FVM";
            prosody.enters(room, jid, "Huế");
            new Caller(house.base).say(joined.with("ok-kick", room).with("\"u2\"", "\"" + site + "\""));
            ids.put("briefing", id.toString());
            ask(organizer, "readVideo", null);
            ask(organizer, "readDialIn", null);
            ask(organizer, "messageVideo", Fields.of("endpoint", site).and("text", "Mời chuẩn bị phát biểu"));
            ask(organizer, "kickFromVideo", Fields.of("participant", "ff91a669"));
            ask(organizer, "endVideo", null);
        }
    }

    private Reply changed(Someone who, String operation, Map<String, ?> body) {
        return ask(
                who, operation, body, "If-Match", ask(who, "readBriefing", null).etag());
    }

    private void registry(Someone administrator) {
        var created = ask(
                administrator,
                "createEndpoint",
                Fields.of("code", "C" + System.nanoTime())
                        .and("name", "Bệnh viện đa khoa")
                        .and("kind", "HOSPITAL")
                        .and("organisation", "BYT")
                        .and("parent", "SYT-40")
                        .and("provinceSystem", "gso-34")
                        .and("province", "40"));
        ids.put("endpoint", created.id().toString());
        var contacts = List.of(Fields.of("name", "Bà Sáu").and("phone", "0238 3 123 456"));
        var edit = Fields.of("room", "Hội trường A").and("contacts", contacts).and("fallbackPhone", "024 1080");
        var etag = ask(administrator, "editEndpoint", edit, "If-Match", created.etag())
                .etag();
        etag = ask(administrator, "editContacts", Fields.of("dutyPhone", "0912 345 678"), "If-Match", etag)
                .etag();
        var name = Fields.of("validFrom", "2030-01-01")
                .and("name", "Bệnh viện mới")
                .and("act", "Quyết định 1");
        etag = ask(administrator, "renameEndpoint", name, "If-Match", etag).etag();
        var hours = Fields.of("from", world.clock.instant().plusSeconds(60))
                .and("to", world.clock.instant().plusSeconds(7_200))
                .and("reason", "Thay thiết bị");
        ids.put("window", ask(administrator, "addMaintenance", hours).text("id"));
        ask(administrator, "readEndpoint", null);
        ask(administrator, "removeMaintenance", null);
        ask(administrator, "endEndpoint", Fields.of("on", "2031-01-01"), "If-Match", etag);
        for (var read : List.of("readEndpointHistory", "listRegistry", "exportEndpoints", "readImportTemplate"))
            ask(administrator, read, null);
        var change = Fields.of("kind", "RENAME")
                .and("on", "2026-11-01")
                .and("act", "Nghị quyết 1")
                .and("from", List.of(Fields.of("codeSystem", "gso-34").and("code", "38")))
                .and("to", List.of(Fields.of("code", "38").and("fullName", "Tỉnh Thanh Hóa")));
        var token = ask(administrator, "previewProvinceChange", change).text("token");
        called.addAll(List.of("changeProvinces", "readProvinceStatistics"));
        fits(
                shapes.get("changeProvinces"),
                administrator
                        .post("/api/provinces/changes", change.and("token", token))
                        .expect(200));
        fits(
                shapes.get("readProvinceStatistics"),
                administrator
                        .get("/api/provinces/statistics?from=2025-01-01&to=2026-12-31")
                        .expect(200));
        for (var table : List.of("previewImport", "applyImport")) {
            var shape = shapes.get(table);
            called.add(table);
            var path = shape.path();
            var csv = "code;name\nSYT-40;Khác\nSYT-xx;Thiếu\n";
            if (table.equals("applyImport")) {
                csv = "Mã điểm cầu\nSYT-40\n";
                path += "?token="
                        + administrator
                                .sendTable("/api/endpoints/import/preview", csv)
                                .text("token");
            }
            fits(shape, administrator.sendTable(path, csv).expect(200));
        }
    }

    private void plan(Someone organizer, UUID site) {
        var chair = world.person("Chủ trì", Role.CHAIR, world.ministry(), null).id();
        var start = world.freeHour();
        var plan = world.plan("PRESS_CONFERENCE", "Họp báo", start, 60)
                .and("chair", chair)
                .and("secretary", chair)
                .and("operator", chair)
                .and("hub", site)
                .and("expectedDelegates", 10)
                .and("titleEn", "Press");
        ids.put("briefing", ask(organizer, "createBriefing", plan).id().toString());
        changed(organizer, "deleteBriefing", null);
        ids.put("briefing", ask(organizer, "createBriefing", plan).id().toString());
        changed(organizer, "editBriefing", Fields.of("title", "Họp báo thường kỳ"));
        var removed = ask(organizer, "addItem", World.item("Bỏ", 5, "STAFF"));
        ids.put("item", removed.text("id"));
        ask(organizer, "removeItem", null, "If-Match", removed.etag());
        var item = ask(
                organizer,
                "addItem",
                World.item("Hỏi đáp", 90, "PUBLIC").and("endpoint", site).and("speaker", "A"));
        ids.put("item", item.text("id"));
        ask(organizer, "editItem", Fields.of("minutes", 80), "If-Match", item.etag());
        var agenda = ask(organizer, "readBriefing", null).text("agenda.etag");
        ask(organizer, "orderAgenda", Fields.of("order", List.of(ids.get("item"))), "If-Match", agenda);
        ids.put("endpoint", world.newEndpoint("Thừa").id().toString());
        ask(organizer, "inviteEndpoints", Fields.of("endpoints", List.of(site.toString(), ids.get("endpoint"))));
        ask(organizer, "uninviteEndpoint", null);
        ids.put("endpoint", site.toString());
        ask(organizer, "copyBriefing", Map.of());
        changed(organizer, "scheduleBriefing", null);
        ask(organizer, "setReplyBy", Fields.of("replyBy", start.minusSeconds(3_600)));
        ask(
                organizer,
                "answerInvitation",
                Fields.of("answer", "CONFIRMED")
                        .and("reason", "Giám đốc đi công tác")
                        .and("substitute", "Bà Tư")
                        .and("substituteTitle", "Phó giám đốc")
                        .and("instead", "Giám đốc"));
        ask(organizer, "refuseSubstitute", Fields.of("reason", "đúng thành phần"));
        ask(organizer, "acceptSubstitute", null);
        ids.put(
                "registered",
                ask(organizer, "addDelegate", Fields.of("name", "Ông Năm")).text("id"));
        ask(organizer, "listReplies", null);
        changed(organizer, "postponeBriefing", Fields.of("reason", "bão số 5"));
        changed(
                organizer,
                "rescheduleBriefing",
                Fields.of("reason", "hết bão").and("plannedStart", start).and("plannedEnd", start.plusSeconds(3_600)));
        var kept = ids.put(
                "briefing", organizer.create("/api/briefings", plan).id().toString());
        changed(organizer, "cancelBriefing", Fields.of("reason", "trùng lịch"));
        ids.put("briefing", kept);
    }

    private void run(Someone organizer, Someone operator) {
        for (var verb : List.of("openBriefing", "startBriefing")) ask(organizer, verb, null);
        var site = ids.get("endpoint");
        rounds(organizer);
        ids.put("endpoint", site);
        ask(operator, "prepareCheck", null);
        ask(operator, "recordCheck", CheckStoryTest.check(world.clock.instant(), CheckStoryTest.steps(700)));
        ask(operator, "listChecks", null);
        ask(operator, "joinBriefing", null);
        world.clock.forward(java.time.Duration.ofSeconds(5));
        world.node.rooms().lines().reconcile();
        var year = ask(organizer, "readBriefing", null).text("plannedStart").substring(0, 4);
        var passport = organizer
                .get("/api/endpoints/" + ids.get("endpoint") + "/passport?year=" + year)
                .expect(200);
        // The site is also invited to a briefing that was cancelled and to a copy, at the same hour.
        var losses = ((List<?>) passport.get("briefings"))
                .stream().map(told -> Reply.at(told, "losses.0.n")).filter(n -> n != null);
        ids.put("loss", losses.findFirst().orElseThrow().toString());
        ask(organizer, "explainLoss", Fields.of("cause", "POWER"));
        ask(organizer, "readPassport", null);
        ask(organizer, "exportPassport", null);
        for (var list : List.of("readSiteList", "exportSiteList")) ask(organizer, list, null);
        ask(organizer, "beginRollCall", Map.of("seconds", 30));
        for (var verb : List.of("pauseRollCall", "resumeRollCall", "rollCallBack")) ask(organizer, verb, null);
        ask(
                organizer,
                "markRollCall",
                Fields.of("endpoint", ids.get("endpoint")).and("result", "NO_ANSWER"));
        ask(organizer, "stopRollCall", null);
        ask(organizer, "listRollCalls", null);
        ids.put("delegate", ids.get("registered"));
        ask(operator, "seatDelegate", null);
        ask(
                operator,
                "reportLine",
                Fields.of("seconds", 20)
                        .and("roundTripMs", 30)
                        .and("jitterMs", 3)
                        .and("stalls", 0));
        ask(operator, "askHelp", Fields.of("reason", "SOUND").and("text", "không nghe thấy gì"));
        ask(operator, "withdrawHelp", null);
        for (var verb : List.of("takeToSupport", "returnFromSupport")) ask(organizer, verb, null);
        ask(organizer, "markOnPhone", Fields.of("number", "024 3846 4416"));
        ask(organizer, "hangUp", null);
        ids.put("alarm", "LATE");
        ask(organizer, "acknowledgeAlarm", Fields.of("since", world.clock.instant()));
        ask(organizer, "readLines", null);
        ids.put(
                "delegate",
                ask(operator, "addDelegate", Fields.of("name", "Bác sĩ An")).text("id"));
        for (var verb : List.of("giveFloor", "takeFloor", "withdrawFloor")) {
            if (!verb.equals("takeFloor"))
                ids.put(
                        "request",
                        ask(
                                        operator,
                                        "requestFloor",
                                        Fields.of("endpoint", ids.get("endpoint"))
                                                .and("delegate", ids.get("delegate"))
                                                .and("topic", "thuốc"))
                                .text("id"));
            ask(verb.equals("withdrawFloor") ? operator : organizer, verb, null);
        }
        ask(organizer, "sendLine", Fields.of("text", "còn 2 phút"));
        ask(organizer, "sendLineToSite", Fields.of("text", "mời bật micro"));
        ask(organizer, "enterVideo", Map.of());
        ask(
                organizer,
                "relayVideo",
                Fields.of("page", UUID.randomUUID()).and("n", 1).and("seats", List.of()));
        for (var verb : List.of("skipItem", "restoreItem", "startItem", "finishItem")) ask(organizer, verb, null);
        ask(operator, "removeDelegate", null);
        ask(operator, "leaveBriefing", null);
        ask(organizer, "readAttendance", null);
        ask(organizer, "closeBriefing", null);
        ask(organizer, "addAddendum", Fields.of("text", "bổ sung"));
        for (var read : List.of(
                "readAttendance", "exportAttendance", "readTiming", "exportTiming", "readJournal", "readBriefing"))
            ask(organizer, read, null);
        ask(operator, "listBriefings", null);
    }

    private void rounds(Someone organizer) {
        var start = java.time.Instant.parse(ask(organizer, "readBriefing", null).text("plannedStart"));
        ids.put("endpoint", world.newEndpoint("Gọi thử").id().toString());
        organizer
                .create(
                        "/api/briefings/" + ids.get("briefing") + "/endpoints",
                        Fields.of("endpoints", List.of(ids.get("endpoint"))))
                .expect(201);
        var hours = Fields.of("from", start.minusSeconds(7_200)).and("to", start);
        var wish = Fields.of("technicians", List.of("Kỹ thuật A"))
                .and("minutes", 5)
                .and("hours", List.of(hours));
        ids.put("kind", "FINAL");
        ask(organizer, "planRound", wish);
        ask(
                organizer,
                "planRound",
                Fields.of("technicians", List.of("A")).and("minutes", 120).and("hours", List.of(hours)));
        ids.put("call", ask(organizer, "saveRound", wish).text("rounds.0.calls.0.id"));
        ask(organizer, "moveCall", Fields.of("technician", "Kỹ thuật A").and("at", start.minusSeconds(3_600)));
        ask(organizer, "missCall", null);
        ask(organizer, "restoreCall", null);
        ask(organizer, "finishCall", null);
        ask(organizer, "readRounds", null);
        ask(organizer, "dropRound", null);
    }
}

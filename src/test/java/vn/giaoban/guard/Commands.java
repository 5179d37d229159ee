package vn.giaoban.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import vn.giaoban.db.Fields;
import vn.giaoban.story.Reply;
import vn.giaoban.story.Someone;

/** For every command on briefings a maker of random requests, which looks at what is there so that most of them succeed. */
final class Commands {
    private static final int MOST_AT_ONCE = 7;
    private static final List<String> KINDS =
            List.of("BRIEFING", "SEMINAR", "PRESS_CONFERENCE", "PRESS_MEETING", "REHEARSAL");
    private static final List<String> AUDIENCES = List.of("PUBLIC", "PRESS", "SITE", "STAFF");
    private static final List<String> TEXTS = List.of(
            "Khai mạc",
            "Hỏi đáp \"mở\"",
            "=SUM(A1)",
            "</script><b>",
            "Điểm cầu số 7 \\ \u2028",
            "\uD83C\uDFA4 phát biểu",
            "Ha\u0300 No\u0323\u0302i");

    private final Map<String, Supplier<Command>> makers = new LinkedHashMap<>();
    private final Random random;
    private final Someone reader;
    private final Function<UUID, Map<String, Object>> staffPicture;
    private final Stock stock;
    private final List<UUID> ids = new ArrayList<>();
    private int reports;
    private final Map<UUID, Reply> plans = new HashMap<>();

    /** One request that can be sent; {@code briefing}: the one it is about, null for one that is to be made. */
    record Command(
            String operation,
            UUID briefing,
            String method,
            String path,
            Map<String, Object> body,
            Map<String, String> headers) {}

    /** Persons, places and the clock that commands may name. */
    record Stock(
            List<UUID> organisations,
            List<UUID> persons,
            List<UUID> endpoints,
            List<UUID> rooms,
            Supplier<Instant> now) {}

    Commands(Random random, Someone reader, Stock stock, Function<UUID, Map<String, Object>> staffPicture) {
        this.random = random;
        this.reader = reader;
        this.stock = stock;
        this.staffPicture = staffPicture;
        briefings();
        agenda();
        sites();
        floor();
        rollCalls();
        rounds();
    }

    Map<String, Supplier<Command>> makers() {
        return makers;
    }

    List<UUID> briefings() {
        makers.put("createBriefing", () -> running() >= MOST_AT_ONCE ? null : post(null, "", newPlan(), null));
        makers.put(
                "copyBriefing",
                () -> running() >= MOST_AT_ONCE || some()
                        ? null
                        : of(any(), (id, plan) -> {
                            var body = new HashMap<String, Object>();
                            if (some()) body.put("plannedStart", Fields.text(hour()));
                            if (some()) body.put("title", text());
                            return post(id, "/copy", body, null);
                        }));
        makers.put(
                "editBriefing",
                () -> of(
                        in("DRAFT", "SCHEDULED", "POSTPONED", "OPEN", "LIVE"),
                        (id, plan) ->
                                new Command("editBriefing", id, "PATCH", path(id), changes(plan), match(plan.etag()))));
        makers.put(
                "deleteBriefing",
                () -> random.nextInt(3) > 0
                        ? null
                        : of(
                                in("DRAFT"),
                                (id, plan) -> new Command(
                                        "deleteBriefing", id, "DELETE", path(id), null, match(plan.etag()))));
        makers.put("scheduleBriefing", () -> of(in("DRAFT"), (id, plan) -> post(id, "/schedule", null, plan.etag())));
        makers.put(
                "rescheduleBriefing",
                () -> of(in("SCHEDULED", "POSTPONED"), (id, plan) -> {
                    var start = hour();
                    return post(
                            id,
                            "/reschedule",
                            map("plannedStart", start, "plannedEnd", start.plus(length()), "reason", "Vì " + text()),
                            plan.etag());
                }));
        makers.put(
                "postponeBriefing",
                () -> random.nextInt(3) > 0
                        ? null
                        : of(
                                in("SCHEDULED", "OPEN"),
                                (id, plan) -> post(id, "/postpone", map("reason", "Hoãn"), plan.etag())));
        makers.put(
                "cancelBriefing",
                () -> random.nextInt(4) > 0
                        ? null
                        : of(
                                in("SCHEDULED", "OPEN", "POSTPONED"),
                                (id, plan) -> post(id, "/cancel", map("reason", "Huỷ"), plan.etag())));
        makers.put("openBriefing", () -> of(in("SCHEDULED"), (id, plan) -> post(id, "/open", null, null)));
        makers.put("startBriefing", () -> of(in("OPEN"), (id, plan) -> post(id, "/start", null, null)));
        makers.put(
                "closeBriefing",
                () -> random.nextInt(3) > 0
                        ? null
                        : of(in("OPEN", "LIVE"), (id, plan) -> post(id, "/close", null, null)));
        makers.put("sendLine", () -> of(in("OPEN", "LIVE"), (id, plan) -> put(id, "/line", map("text", line()))));
        makers.put("endVideo", () -> of(in("OPEN", "LIVE"), (id, plan) -> post(id, "/video/end", null, null)));
        makers.put("enterVideo", () -> of(any(), (id, plan) -> post(id, "/video", map(), null)));
        makers.put("editPerson", () -> {
            var person = "/api/people/" + one(stock.persons());
            var etag = reader.get(person).expect(200).etag();
            return new Command("editPerson", null, "PATCH", person, map("name", text()), match(etag));
        });
        makers.put("renameEndpoint", () -> {
            var endpoint = "/api/endpoints/" + one(stock.endpoints());
            var card = reader.get(endpoint).expect(200);
            var began = LocalDate.parse(card.text("periods." + (((List<?>) card.get("periods")).size() - 1) + ".from"));
            var today = LocalDate.ofInstant(stock.now().get(), ZoneOffset.UTC);
            var from = began.isBefore(today) && some() ? today.plusDays(random.nextInt(3)) : began;
            return new Command(
                    "renameEndpoint",
                    null,
                    "POST",
                    endpoint + "/periods",
                    map("validFrom", from.toString(), "name", "Điểm cầu " + random.nextInt(1000)),
                    match(card.etag()));
        });
        makers.put(
                "addAddendum",
                () -> of(in("CLOSED"), (id, plan) -> post(id, "/attendance/addenda", map("text", text()), null)));
        return ids;
    }

    private void agenda() {
        makers.put(
                "addItem",
                () -> of(in("DRAFT", "SCHEDULED", "OPEN", "LIVE"), (id, plan) -> {
                    var body = map("title", text(), "minutes", 1 + random.nextInt(25));
                    if (some()) body.put("titleEn", text());
                    if (some()) body.put("speaker", text());
                    if (some()) body.put("visibility", one(AUDIENCES));
                    if (some()) body.put("endpoint", one(stock.endpoints()));
                    var before = item(plan, "PLANNED");
                    if (before != null && some()) body.put("before", before.get("id"));
                    return post(id, "/agenda", body, null);
                }));
        makers.put(
                "editItem",
                () -> of(in("DRAFT", "SCHEDULED", "OPEN", "LIVE"), (id, plan) -> {
                    var item = item(plan, "PLANNED", "LIVE");
                    if (item == null) return null;
                    var body = map("visibility", one(AUDIENCES));
                    if (some()) body.put("minutes", 1 + random.nextInt(25));
                    if (some()) body.put("title", text());
                    if (some()) body.put("speaker", "");
                    if (some()) body.put("endpoint", some() ? null : one(stock.endpoints()));
                    return new Command(
                            "editItem", id, "PATCH", path(id) + "/agenda/" + item.get("id"), body, match(item));
                }));
        makers.put(
                "removeItem",
                () -> of(in("DRAFT", "SCHEDULED", "OPEN", "LIVE"), (id, plan) -> {
                    var item = item(plan, "PLANNED");
                    return item == null || items(plan).size() < 3
                            ? null
                            : new Command(
                                    "removeItem",
                                    id,
                                    "DELETE",
                                    path(id) + "/agenda/" + item.get("id"),
                                    null,
                                    match(item));
                }));
        makers.put(
                "orderAgenda",
                () -> of(in("DRAFT", "SCHEDULED", "OPEN", "LIVE"), (id, plan) -> {
                    var all = items(plan);
                    var loose = all.stream()
                            .filter(i -> !begun(i))
                            .map(i -> i.get("id"))
                            .toList();
                    if (loose.size() < 2) return null;
                    var mixed = new ArrayList<>(loose);
                    Collections.shuffle(mixed, random);
                    var left = mixed.iterator();
                    var order = all.stream()
                            .map(i -> begun(i) ? i.get("id") : left.next())
                            .toList();
                    return new Command(
                            "orderAgenda", id, "PUT", path(id) + "/agenda/order", map("order", order), match((String)
                                    plan.get("agenda.etag")));
                }));
        item("startItem", "start", "PLANNED");
        item("finishItem", "finish", "LIVE");
        item("skipItem", "skip", "PLANNED");
        item("restoreItem", "restore", "SKIPPED");
    }

    private void item(String operation, String verb, String status) {
        makers.put(
                operation,
                () -> of(in("LIVE"), (id, plan) -> {
                    var item = item(plan, status);
                    return item == null ? null : post(id, "/agenda/" + item.get("id") + "/" + verb, null, null);
                }));
    }

    private void sites() {
        makers.put(
                "inviteEndpoints",
                () -> of(in("DRAFT", "SCHEDULED", "OPEN", "LIVE"), (id, plan) -> {
                    var some = new ArrayList<>(stock.endpoints());
                    Collections.shuffle(some, random);
                    return post(
                            id,
                            "/endpoints",
                            map("endpoints", some.subList(0, 1 + random.nextInt(some.size() - 1))),
                            null);
                }));
        site("uninviteEndpoint", "DELETE", "", i -> random.nextInt(3) == 0, "DRAFT", "SCHEDULED", "OPEN");
        site("joinBriefing", "POST", "/join", i -> true, "OPEN", "LIVE");
        site("leaveBriefing", "POST", "/leave", i -> taken(i) && some(), "OPEN", "LIVE");
        site("sendLineToSite", "PUT", "/line", i -> true, "OPEN", "LIVE");
        site("recordCheck", "POST", "/checks", i -> true, "SCHEDULED", "OPEN", "LIVE", "POSTPONED", "CLOSED");
        site("reportLine", "POST", "/quality", Commands::taken, "OPEN", "LIVE");
        site("askHelp", "POST", "/help", i -> true, "SCHEDULED", "OPEN", "LIVE");
        makers.put(
                "withdrawHelp",
                () -> of(in("SCHEDULED", "OPEN", "LIVE"), (id, plan) -> {
                    var site = asking(id);
                    return site == null
                            ? null
                            : new Command(
                                    "withdrawHelp",
                                    id,
                                    "DELETE",
                                    path(id) + "/endpoints/" + site + "/help",
                                    null,
                                    Map.of());
                }));
        site("takeToSupport", "POST", "/support", i -> true, "OPEN", "LIVE");
        site("returnFromSupport", "POST", "/support/return", i -> is(i, "IN_SUPPORT"), "OPEN", "LIVE");
        site("markOnPhone", "PUT", "/phone", i -> true, "OPEN", "LIVE");
        site("hangUp", "DELETE", "/phone", i -> is(i, "ON_PHONE"), "OPEN", "LIVE");
        site("acknowledgeAlarm", "POST", "/alarms/LOST", i -> true, "SCHEDULED", "OPEN", "LIVE");
        site("addDelegate", "POST", "/delegates", i -> true, "SCHEDULED", "OPEN", "LIVE");
        site("answerInvitation", "PUT", "/reply", i -> true, "SCHEDULED", "OPEN", "POSTPONED");
        substitute("acceptSubstitute", "/accept", null);
        substitute("refuseSubstitute", "/refuse", "reason");
        makers.put(
                "setReplyBy",
                () -> of(in("DRAFT", "SCHEDULED", "OPEN", "POSTPONED"), (id, plan) -> {
                    var start = Instant.parse((String) plan.get("plannedStart"));
                    return put(
                            id,
                            "/replies/deadline",
                            map("replyBy", some() ? null : start.minusSeconds(1 + random.nextInt(9_000))));
                }));
        makers.put(
                "seatDelegate",
                () -> of(in("OPEN", "LIVE"), (id, plan) -> {
                    var site = invitation(plan, i -> delegate(i) != null);
                    return site == null
                            ? null
                            : post(
                                    id,
                                    "/endpoints/" + site.get("endpoint") + "/delegates/" + delegate(site) + "/arrive",
                                    null,
                                    null);
                }));
        makers.put(
                "removeDelegate",
                () -> of(in("SCHEDULED", "OPEN", "LIVE"), (id, plan) -> {
                    var site = invitation(plan, i -> delegate(i) != null);
                    return site == null
                            ? null
                            : new Command(
                                    "removeDelegate",
                                    id,
                                    "DELETE",
                                    path(id) + "/endpoints/" + site.get("endpoint") + "/delegates/" + delegate(site),
                                    null,
                                    Map.of());
                }));
    }

    private void rollCalls() {
        makers.put(
                "beginRollCall",
                () -> of(
                        in("OPEN", "LIVE"),
                        (id, plan) -> post(
                                id, "/roll-calls", some() ? map() : map("seconds", 3 + random.nextInt(200)), null)));
        makers.put(
                "markRollCall",
                () -> of(in("OPEN", "LIVE"), (id, plan) -> {
                    var current = Reply.at(staffPicture.apply(id), "rollCall.current.endpoint");
                    return current == null
                            ? null
                            : post(
                                    id,
                                    "/roll-calls/mark",
                                    map(
                                            "endpoint",
                                            current,
                                            "result",
                                            one(List.of("PRESENT", "PRESENT", "NO_ANSWER", "SKIPPED"))),
                                    null);
                }));
        Map.of("rollCallBack", "back", "pauseRollCall", "pause", "resumeRollCall", "resume", "stopRollCall", "stop")
                .forEach((operation, verb) -> makers.put(
                        operation,
                        () -> of(in("OPEN", "LIVE"), (id, plan) -> {
                            var status = Reply.at(staffPicture.apply(id), "rollCall.status");
                            boolean fits = status != null
                                    && !status.equals("ENDED")
                                    && (!verb.equals("stop") || random.nextInt(4) == 0)
                                    && verb.equals("resume") != status.equals("CALLING");
                            return fits ? post(id, "/roll-calls/" + verb, null, null) : null;
                        })));
    }

    private void substitute(String operation, String verb, String reason) {
        makers.put(
                operation,
                () -> of(in("SCHEDULED", "OPEN"), (id, plan) -> {
                    if (!(Reply.at(staffPicture.apply(id), "endpoints") instanceof Map<?, ?> sites)) return null;
                    var fitting = sites.entrySet().stream()
                            .filter(site -> Reply.at(site.getValue(), "reply.substitute") != null)
                            .map(Map.Entry::getKey)
                            .toList();
                    return fitting.isEmpty()
                            ? null
                            : post(
                                    id,
                                    "/endpoints/" + one(fitting) + "/reply" + verb,
                                    reason == null ? null : map(reason, text()),
                                    null);
                }));
    }

    private Map<String, Object> reply() {
        if (random.nextInt(4) == 0) return map("answer", "DECLINED", "reason", text());
        return some()
                ? map("answer", "CONFIRMED")
                : map(
                        "answer",
                        "CONFIRMED",
                        "substitute",
                        one(TEXTS),
                        "substituteTitle",
                        text(),
                        "instead",
                        "Giám đốc");
    }

    private void site(
            String operation,
            String method,
            String verb,
            Function<Map<String, Object>, Boolean> fits,
            String... states) {
        makers.put(
                operation,
                () -> of(in(states), (id, plan) -> {
                    var site = invitation(plan, fits);
                    if (site == null) return null;
                    var body = switch (operation) {
                        case "sendLineToSite" -> map("text", line());
                        case "recordCheck" -> check();
                        case "answerInvitation" -> reply();
                        case "reportLine" ->
                            map("seconds", 20, "roundTripMs", 900 * random.nextInt(3), "jitterMs", 5, "stalls", 0);
                        case "askHelp" ->
                            map("reason", one(List.of("SOUND", "PICTURE", "LINE", "OTHER")), "text", text());
                        case "markOnPhone" -> some() ? map("number", "024 3846 4416") : map();
                        case "acknowledgeAlarm" -> map("since", hour());
                        case "addDelegate" -> some() ? map("name", text()) : map("name", text(), "title", text());
                        default -> null;
                    };
                    return new Command(
                            operation,
                            id,
                            method,
                            path(id) + "/endpoints/" + site.get("endpoint") + verb,
                            body,
                            key(null));
                }));
    }

    private void rounds() {
        for (var operation : List.of("planRound", "saveRound", "dropRound"))
            makers.put(
                    operation,
                    () -> of(in("DRAFT", "SCHEDULED", "OPEN", "LIVE", "POSTPONED"), (id, plan) -> {
                        var round = path(id) + "/rounds/" + one(List.of("TRIAL", "FINAL"));
                        return switch (operation) {
                            case "planRound" -> new Command(operation, id, "POST", round + "/plan", wish(), Map.of());
                            case "saveRound" -> new Command(operation, id, "PUT", round, wish(), Map.of());
                            default ->
                                random.nextInt(3) > 0
                                        ? null
                                        : new Command(operation, id, "DELETE", round, null, Map.of());
                        };
                    }));
        call("moveCall", "move", "PLANNED");
        call("finishCall", "finish", "PLANNED");
        call("missCall", "miss", "PLANNED");
        call("restoreCall", "restore", "DONE");
    }

    private Map<String, Object> wish() {
        var from = stock.now().get();
        return map(
                "technicians",
                some() ? List.of("Anh Tư") : List.of("Anh Tư", "Chị Năm"),
                "minutes",
                1 + random.nextInt(10),
                "hours",
                List.of(map("from", from, "to", from.plus(Duration.ofHours(60)))));
    }

    private void call(String operation, String verb, String state) {
        makers.put(
                operation,
                () -> of(in("DRAFT", "SCHEDULED", "OPEN", "LIVE"), (id, plan) -> {
                    var rounds = list(reader.get(path(id) + "/rounds").get("rounds"));
                    var calls = rounds.stream()
                            .flatMap(round -> list(round.get("calls")).stream())
                            .filter(call -> state.equals(call.get("state")))
                            .toList();
                    if (calls.isEmpty()) return null;
                    var call = one(calls);
                    var at = Instant.parse((String) call.get("at")).plus(Duration.ofMinutes(random.nextInt(40) - 20));
                    return post(
                            id,
                            "/calls/" + call.get("id") + "/" + verb,
                            verb.equals("move") ? map("technician", call.get("technician"), "at", at) : null,
                            null);
                }));
    }

    /** Measured now, or a while ago and sent only now. */
    private Map<String, Object> check() {
        var at = stock.now().get().minus(Duration.ofMinutes(some() ? random.nextInt(600) : 0));
        var line = map("outcome", "OK", "upKbitPerS", random.nextInt(5000), "roundTripMs", random.nextInt(700));
        if (some()) line.put("downKbitPerS", random.nextInt(9000));
        var camera = map("outcome", one(List.of("OK", "FAILED", "DENIED", "SKIPPED")));
        return map("measuredAt", at, "technician", text(), "steps", map("line", line, "camera", camera));
    }

    private void floor() {
        makers.put(
                "requestFloor",
                () -> of(in("OPEN", "LIVE"), (id, plan) -> {
                    var site = invitation(plan, Commands::taken);
                    if (site == null) return null;
                    var body = map("endpoint", site.get("endpoint"));
                    if (some() && delegate(site) != null) body.put("delegate", delegate(site));
                    if (some()) body.put("topic", text());
                    return post(id, "/floor", body, null);
                }));
        makers.put(
                "relayVideo",
                () -> of(in("OPEN", "LIVE"), (id, plan) -> {
                    var seats = new ArrayList<Map<String, Object>>();
                    for (int i = 0; i < random.nextInt(4); i++) {
                        var site = invitation(plan, any -> true);
                        if (site == null) continue;
                        var seat = map("id", "p" + random.nextInt(5), "name", site.get("name"));
                        if (some()) seat.put("user", site.get("endpoint"));
                        seat.put("audioMuted", some());
                        seat.put("moderator", random.nextInt(5) == 0);
                        seat.put("hand", some() ? 0 : 1 + random.nextInt(3));
                        seats.add(seat);
                    }
                    var body = map("page", new UUID(7, random.nextInt(2)), "n", ++reports, "seats", seats);
                    if (some()) body.put("recording", some());
                    if (some()) body.put("knocking", List.of(map("id", "k" + random.nextInt(3), "name", text())));
                    return new Command("relayVideo", id, "PUT", path(id) + "/video/relay", body, key(null));
                }));
        request("giveFloor", "give", "WAITING");
        request("takeFloor", "take", "SPEAKING");
        request("withdrawFloor", "withdraw", "WAITING");
    }

    private void request(String operation, String verb, String status) {
        makers.put(
                operation,
                () -> of(in("OPEN", "LIVE"), (id, plan) -> {
                    if (!(Reply.at(staffPicture.apply(id), "floor.requests") instanceof Map<?, ?> requests))
                        return null;
                    var fitting = requests.entrySet().stream()
                            .filter(r -> status.equals(Reply.at(r.getValue(), "status")))
                            .map(Map.Entry::getKey)
                            .toList();
                    return fitting.isEmpty() ? null : post(id, "/floor/" + one(fitting) + "/" + verb, null, null);
                }));
    }

    /** What an answer tells of what there is now. */
    void learn(Command command, Reply reply) {
        if (reply.status() == 201
                && (command.path().equals(path(null)) || command.path().endsWith("/copy"))) ids.add(reply.id());
        refresh();
    }

    void refresh() {
        plans.clear();
        for (var id : List.copyOf(ids)) {
            var plan = reader.get(path(id));
            if (plan.status() == 404) ids.remove(id);
            else plans.put(id, plan.expect(200));
        }
    }

    private Map<String, Object> newPlan() {
        var start = hour();
        var body = map(
                "organisation", random.nextInt(5) > 0 ? stock.organisations().getFirst() : one(stock.organisations()),
                "kind", one(KINDS),
                "title", text(),
                "plannedStart", start,
                "plannedEnd", start.plus(length()),
                "chair", one(stock.persons()));
        if (some()) body.put("titleEn", text());
        if (some()) body.put("visibility", one(AUDIENCES));
        if (some()) body.put("zone", some() ? "Europe/Paris" : "Asia/Ho_Chi_Minh");
        if (some()) body.put("secretary", one(stock.persons()));
        if (some()) body.put("hub", one(stock.endpoints()));
        if (some()) body.put("room", one(stock.rooms()));
        if (some()) body.put("expectedDelegates", random.nextInt(50));
        return body;
    }

    private Map<String, Object> changes(Reply plan) {
        var body = map("visibility", one(AUDIENCES));
        if (some()) body.put("title", text());
        if (some()) body.put("titleEn", some() ? "" : text());
        if (some()) body.put("kind", one(KINDS));
        if (some()) body.put("chair", one(stock.persons()));
        if (some()) body.put("operator", some() ? null : one(stock.persons()));
        if (some()) body.put("hub", some() ? null : one(stock.endpoints()));
        if (some()) body.put("room", some() ? null : one(stock.rooms()));
        if (some()) body.put("expectedDelegates", random.nextInt(50));
        if ("DRAFT".equals(plan.get("status")) && some()) {
            var start = hour();
            body.put("plannedStart", Fields.text(start));
            body.put("plannedEnd", Fields.text(start.plus(length())));
        }
        return body;
    }

    private interface Make {
        Command of(UUID id, Reply plan);
    }

    private Command of(UUID id, Make make) {
        return id == null ? null : make.of(id, plans.get(id));
    }

    private UUID any() {
        return ids.isEmpty() ? null : one(ids);
    }

    private UUID in(String... states) {
        var fitting = ids.stream()
                .filter(id ->
                        Arrays.asList(states).contains((String) plans.get(id).get("status")))
                .toList();
        return fitting.isEmpty() ? null : one(fitting);
    }

    private long running() {
        return ids.stream()
                .filter(id -> !List.of("CLOSED", "CANCELLED")
                        .contains((String) plans.get(id).get("status")))
                .count();
    }

    private static List<Map<String, Object>> items(Reply plan) {
        return list(plan.get("agenda.items"));
    }

    private Map<String, Object> item(Reply plan, String... states) {
        var fitting = items(plan).stream()
                .filter(item -> Arrays.asList(states).contains((String) item.get("status")))
                .toList();
        return fitting.isEmpty() ? null : one(fitting);
    }

    private Map<String, Object> invitation(Reply plan, Function<Map<String, Object>, Boolean> fits) {
        var fitting = list(plan.get("invitations")).stream().filter(fits::apply).toList();
        return fitting.isEmpty() ? null : one(fitting);
    }

    private static boolean is(Map<String, Object> invitation, String state) {
        return state.equals(invitation.get("state"));
    }

    /** A site that asks for help and has none yet. */
    private String asking(UUID briefing) {
        return staffPicture.apply(briefing).get("endpoints") instanceof Map<?, ?> sites
                ? sites.entrySet().stream()
                        .filter(site -> ((Map<?, ?>) site.getValue()).get("help") instanceof Map<?, ?> help
                                && !help.containsKey("takenAt"))
                        .map(site -> (String) site.getKey())
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static Object delegate(Map<String, Object> invitation) {
        return list(invitation.get("delegates")).stream()
                .filter(delegate -> !delegate.containsKey("to"))
                .map(delegate -> delegate.get("id"))
                .findFirst()
                .orElse(null);
    }

    private static boolean taken(Map<String, Object> invitation) {
        return invitation.containsKey("joinedAt") && !invitation.containsKey("leftAt");
    }

    private static boolean begun(Map<String, Object> item) {
        return Stream.of("LIVE", "DONE").anyMatch(status -> status.equals(item.get("status")));
    }

    private Command post(UUID id, String verb, Map<String, Object> body, String etag) {
        return new Command(null, id, "POST", path(id) + verb, body, key(etag));
    }

    private Command put(UUID id, String verb, Map<String, Object> body) {
        return new Command(null, id, "PUT", path(id) + verb, body, Map.of());
    }

    /** A key for those that need one; the others pay it no attention. */
    private Map<String, String> key(String etag) {
        var key = new UUID(random.nextLong(), random.nextLong()).toString();
        return etag == null ? Map.of("Idempotency-Key", key) : Map.of("If-Match", etag);
    }

    private static Map<String, String> match(String etag) {
        return Map.of("If-Match", etag);
    }

    private static Map<String, String> match(Map<String, Object> item) {
        return match((String) item.get("etag"));
    }

    static String path(UUID id) {
        return id == null ? "/api/briefings" : "/api/briefings/" + id;
    }

    /** Hours that are close enough to meet each other now and then. */
    private Instant hour() {
        return stock.now().get().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1 + random.nextInt(40)));
    }

    private Duration length() {
        return Duration.ofMinutes(5 + random.nextInt(40));
    }

    private boolean some() {
        return random.nextInt(3) == 0;
    }

    private String text() {
        return one(TEXTS) + " " + random.nextInt(1000);
    }

    private String line() {
        return some() ? "" : "Còn " + random.nextInt(9) + " phút";
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Map<String, Object> map(Object... pairs) {
        var map = new HashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2)
            map.put((String) pairs[i], pairs[i + 1] instanceof Instant at ? Fields.text(at) : pairs[i + 1]);
        return map;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;

/** Planning by several people: nobody's change is lost, nothing happens twice, and lists show what is one's own. */
@Timeout(60)
class PlanningStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    private String draft(String title) {
        return "/api/briefings/"
                + organizer
                        .create("/api/briefings", world.plan("BRIEFING", title, world.freeHour(), 60))
                        .expect(201)
                        .id();
    }

    static List<Reply> atOnce(List<Callable<Reply>> calls) throws Exception {
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies = new ArrayList<Reply>();
            for (var done : together.invokeAll(calls)) replies.add(done.get());
            return replies;
        }
    }

    @Test
    void whoEditsMustHaveSeenWhatStands() {
        var path = draft("Giao ban tuần");
        assertEquals(
                "precondition-required",
                organizer.patch(path, null, Fields.of("title", "X")).expect(428).problem());
        var first = organizer.get(path).etag();
        var second = organizer
                .patch(path, first, Fields.of("title", "Giao ban tháng"))
                .expect(200)
                .etag();
        var stale =
                organizer.patch(path, first, Fields.of("title", "Giao ban quý")).expect(412);
        assertEquals("Giao ban tháng", stale.get("current.title"));
        assertEquals(second, stale.etag());
        for (var verb : List.of("schedule", "cancel", "postpone"))
            organizer
                    .call(
                            "POST",
                            path + "/" + verb,
                            verb.equals("schedule") ? null : Fields.of("reason", "lý do"),
                            Map.of("If-Match", first))
                    .expect(412);
        organizer.call("DELETE", path, null, Map.of("If-Match", first)).expect(412);
        organizer.delete(path).expect(428);
        for (var none : List.of("*", "W/" + second, "b1", "\"\""))
            organizer.patch(path, none, Fields.of("title", "X")).expect(412);
        organizer.call("DELETE", path, null, Map.of("If-Match", second)).expect(204);
        organizer.get(path).expect(404);
    }

    @Test
    void eightPressesOfCreateAreOneBriefing() throws Exception {
        var plan = world.plan("BRIEFING", "Bấm tám lần", world.freeHour(), 30);
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var replies = atOnce(Collections.nCopies(8, () -> organizer.call("POST", "/api/briefings", plan, key)));
        replies.forEach(reply ->
                assertEquals(replies.getFirst().text(), reply.expect(201).text()));
        assertEquals(1, found("q=" + text("bam tam lan")).size());
        var other = world.organizer().call("POST", "/api/briefings", plan, key).expect(201);
        assertNotEquals(replies.getFirst().id(), other.id(), "another's key is another key");
    }

    @Test
    void anOrderIsOfTheAgendaAsItStands() {
        var path = draft("Nhiều mục");
        var ids = new ArrayList<String>();
        for (int i = 0; i < 4; i++)
            ids.add(organizer
                    .create(path + "/agenda", World.item("Mục " + i, 20, "SITE"))
                    .expect(201)
                    .text("id"));
        var plan = organizer.get(path);
        assertEquals(20, plan.get("overMinutes"), "four times twenty minutes in an hour");
        var etag = plan.text("agenda.etag");
        Collections.reverse(ids);
        var ordered = order(path, etag, ids).expect(200);
        assertEquals(ids.getFirst(), ordered.get("items.0.id"));
        var stale = order(path, etag, ids).expect(412);
        assertEquals(ordered.etag(), stale.etag());
        assertEquals(ids.getFirst(), stale.get("current.items.0.id"));
        for (var wrong : List.<List<String>>of(
                List.of(),
                ids.subList(1, 4),
                List.of(ids.get(0), ids.get(1), ids.get(2), UUID.randomUUID().toString())))
            assertEquals(
                    "/order", order(path, ordered.etag(), wrong).expect(422).get("errors.0.pointer"));
        organizer
                .create(path + "/agenda", World.item("Chen", 5, "SITE").and("before", ids.get(1)))
                .expect(201);
        order(path, ordered.etag(), ids).expect(412);
        assertEquals("Chen", organizer.get(path).get("agenda.items.1.title"));
    }

    private Reply order(String path, String etag, List<String> ids) {
        return organizer.call("PUT", path + "/agenda/order", Fields.of("order", ids), Map.of("If-Match", etag));
    }

    @Test
    void anAgendaHasAnEnd() {
        var path = draft("Năm trăm mục");
        for (int i = 0; i < 200; i++)
            world.node
                    .rooms()
                    .agenda()
                    .add(
                            vn.giaoban.journal.Actor.SYSTEM,
                            id(path),
                            new vn.giaoban.agenda.AgendaItem.Text(
                                    "Mục " + i, "", 1, "", null, vn.giaoban.journal.Audience.SITE),
                            null);
        assertEquals(
                "too-many-items",
                organizer
                        .create(path + "/agenda", World.item("Thừa", 5, "SITE"))
                        .expect(409)
                        .problem());
    }

    private static UUID id(String path) {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    @Test
    void twoPressesOfARunningVerbAreOneEffect() throws Exception {
        var id = world.scheduled(
                organizer,
                "BRIEFING",
                world.freeHour(),
                List.of(World.item("A", 5, "SITE"), World.item("B", 5, "SITE")),
                List.of());
        var path = "/api/briefings/" + id;
        var other = world.organizer();
        var item = path + "/agenda/" + organizer.get(path).get("agenda.items.0.id");
        for (var verb : List.of(path + "/open", path + "/start", item + "/start", item + "/finish", path + "/close")) {
            var statuses = new ArrayList<Integer>();
            atOnce(List.of(() -> organizer.post(verb), () -> other.post(verb), () -> organizer.post(verb)))
                    .forEach(reply -> statuses.add(reply.status()));
            Collections.sort(statuses);
            assertEquals(List.of(200, 409, 409), statuses, verb);
        }
        var verbs = new ArrayList<String>();
        for (var entry : (List<?>) organizer.get(path + "/journal").get("items"))
            verbs.add((String) ((Map<?, ?>) entry).get("verb"));
        for (var once :
                List.of("briefing.opened", "briefing.started", "agenda.started", "agenda.finished", "briefing.closed"))
            assertEquals(1, Collections.frequency(verbs, once), once + " in " + verbs);
    }

    @Test
    void aCopyIsADraftOfItsOwn() {
        var site = world.newEndpoint("Sở");
        var id = world.live(
                organizer,
                "TRAINING",
                List.of(World.item("Một", 5, "SITE").and("speaker", "Bà Hoa")),
                List.of(site.id()));
        var path = "/api/briefings/" + id;
        organizer.create(path + "/agenda", World.item("Chen thêm", 5, "SITE")).expect(201);
        organizer
                .post(path + "/agenda/" + organizer.get(path).get("agenda.items.0.id") + "/start")
                .expect(200);
        var copy = organizer.create(path + "/copy", Map.of()).expect(201);
        assertEquals("DRAFT", copy.get("status"));
        assertEquals("PLANNED", copy.get("agenda.items.0.status"));
        assertEquals("Bà Hoa", copy.get("agenda.items.0.speaker"));
        assertNull(copy.get("agenda.items.1"), "what was put in late is not planned again");
        assertEquals(site.id().toString(), copy.get("invitations.0.endpoint"));
        assertNotEquals(organizer.get(path).get("agenda.items.0.id"), copy.get("agenda.items.0.id"));
        assertTrue(copy.text("plannedStart").compareTo(organizer.get(path).text("plannedStart")) > 0);
        assertFalse(world.anybody().get("/api/briefings").text().contains(copy.text("id")));
    }

    @Test
    void listsAreFilteredSearchedAndPaged() {
        var word = "quy" + System.nanoTime();
        var ids = new HashSet<String>();
        for (int i = 0; i < 7; i++)
            ids.add(draft("Hoà Bình " + word + " số " + i).substring("/api/briefings/".length()));
        for (var q : List.of("hoa binh " + word, "HÒA BÌNH " + word, word + " hoà", "hoabinh" + word))
            assertEquals(7, found("q=" + text(q)).size(), q);
        assertEquals(0, found("q=" + text(word + " không có")).size());
        assertEquals(1, found("q=" + text(word + " so 3")).size());
        var seen = new ArrayList<String>();
        var next = "";
        for (int pages = 0; next != null; pages++) {
            assertTrue(pages < 5);
            var page = organizer.get("/api/briefings?limit=3&q=" + word + next).expect(200);
            for (var item : (List<?>) page.get("items")) seen.add((String) ((Map<?, ?>) item).get("id"));
            next = page.get("next") == null ? null : "&after=" + text(page.text("next"));
        }
        assertEquals(7, seen.size());
        assertEquals(ids, new HashSet<>(seen));
        assertEquals(0, found("status=SCHEDULED&q=" + word).size());
        assertEquals(7, found("status=DRAFT&kind=BRIEFING&q=" + word).size());
        assertEquals(0, found("kind=TRAINING&q=" + word).size());
        for (var nobody : List.of(
                world.journalist(),
                world.anybody(),
                world.operator(world.newEndpoint("X").id())))
            assertEquals(
                    List.of(),
                    nobody.get("/api/briefings?q=" + word).expect(200).get("items"));
        assertEquals(
                List.of(),
                foreigner().get("/api/briefings?q=" + word).expect(200).get("items"),
                "another's drafts");
    }

    private Someone foreigner() {
        return world.signedIn(world.person(
                "Sở khác",
                vn.giaoban.people.Role.ORGANIZER,
                world.department("01").organisation(),
                null));
    }

    private List<?> found(String query) {
        return (List<?>) organizer.get("/api/briefings?" + query).expect(200).get("items");
    }

    private static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

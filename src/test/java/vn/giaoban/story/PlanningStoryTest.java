package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
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

    private List<?> found(String query) {
        return (List<?>) organizer.get("/api/briefings?" + query).expect(200).get("items");
    }

    private static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;

/** What sites answer to their invitations, and who asked for it sees it at once. */
class ReplyStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();
    private final UUID here = world.newEndpoint("Điện Biên").id();
    private final UUID silent = world.newEndpoint("Lai Châu").id();
    private final Someone atHere = world.operator(here);

    @Test
    void aSiteConfirmsChangesItsMindAndEverybodyConcernedSeesIt() {
        var id = scheduled();
        var control = organizer.follow("briefing/" + id).sees("replies.confirmed", 0);
        var mine = atHere.follow("endpoint/" + here);
        var viewer = world.signedIn(world.person("Người xem", vn.giaoban.people.Role.VIEWER, world.ministry(), null))
                .follow("briefing/" + id);
        answer(id, Fields.of("answer", "CONFIRMED")).expect(200);
        control.sees("endpoints." + here + ".reply.answer", "CONFIRMED").sees("replies.confirmed", 1);
        mine.sees("briefings." + id + ".reply.answer", "CONFIRMED");
        assertEquals("EXPECTED", control.at("endpoints." + here + ".state"), "what stands around it stays");

        assertEquals(
                "invalid",
                answer(id, Fields.of("answer", "DECLINED")).expect(422).problem());
        answer(id, Fields.of("answer", "DECLINED").and("reason", "Mất điện-7731"))
                .expect(200);
        control.sees("replies.declined", 1).sees("replies.confirmed", 0);
        mine.sees("briefings." + id + ".reply.reason", "Mất điện-7731");

        organizer.post(path(id) + "/open").expect(200);
        answer(id, Fields.of("answer", "CONFIRMED")).expect(200);
        control.sees("replies.confirmed", 1).sees("endpoints." + here + ".reply.reason", null);
        organizer.post(path(id) + "/start").expect(200);
        assertEquals(
                "reply-closed",
                answer(id, Fields.of("answer", "CONFIRMED")).expect(409).problem());

        var list = organizer.get(path(id) + "/replies").expect(200);
        assertEquals(List.of("CONFIRMED"), answers(list), "the silent one has no answer");
        var journal = organizer.get(path(id) + "/journal").expect(200).text();
        assertEquals(3, journal.split("\"reply.given\"").length - 1, journal);
        assertFalse(journal.contains("7731"), "a reason is erasable, so not in the chain");
        assertFalse(viewer.bytes().contains("7731"));
        world.drawsTheSame(control, "briefing/" + id, "staff");
        world.drawsTheSame(mine, "endpoint/" + here, "site");
        List.of(control, mine, viewer).forEach(Page::close);
    }

    @Test
    void aSubstituteComesOnlyWithTheChairsConsent() {
        var id = scheduled();
        var control = organizer.follow("briefing/" + id);
        var mine = atHere.follow("endpoint/" + here);
        var wish = Fields.of("answer", "CONFIRMED")
                .and("substitute", "Lò Văn Phó")
                .and("substituteTitle", "Phó giám đốc")
                .and("instead", "Giám đốc");
        answer(id, wish).expect(200);
        control.sees("endpoints." + here + ".reply.substitute.consent", "ASKED").sees("replies.asked", 1);
        atHere.post(reply(id) + "/accept").expect(403);
        organizer.post(reply(id) + "/refuse", Fields.of("reason", " ")).expect(422);
        organizer
                .post(reply(id) + "/refuse", Fields.of("reason", "Đề nghị Giám đốc dự"))
                .expect(200);
        mine.sees("briefings." + id + ".reply.substitute.consent", "REFUSED")
                .sees("briefings." + id + ".reply.substitute.note", "Đề nghị Giám đốc dự");
        control.sees("replies.asked", 0);
        // Another name is another question; the chair himself may answer it.
        answer(id, wish.and("substitute", "Quàng Thị Phó")).expect(200);
        control.sees("replies.asked", 1);
        var chair = world.signedIn(world.person("Chủ trì", vn.giaoban.people.Role.CHAIR, world.ministry(), null));
        chair.post(reply(id) + "/accept").expect(200);
        mine.sees("briefings." + id + ".reply.substitute.consent", "ACCEPTED");
        answer(id, wish).expect(200);
        assertEquals("ACCEPTED", mine.at("briefings." + id + ".reply.substitute.consent"), "the same person once more");
        answer(id, Fields.of("answer", "CONFIRMED")).expect(200);
        mine.sees("briefings." + id + ".reply.substitute", null);
        assertEquals(
                "no-substitute",
                organizer.post(reply(id) + "/accept").expect(409).problem());
        world.drawsTheSame(control, "briefing/" + id, "staff");
        world.drawsTheSame(mine, "endpoint/" + here, "site");
        List.of(control, mine).forEach(Page::close);
    }

    @Test
    void theDeadlineIsKnownToSitesMovesAlongAndTellsWhoWasLate() {
        var id = scheduled();
        var start = Instant.parse(organizer.get(path(id)).text("plannedStart"));
        organizer
                .put(path(id) + "/replies/deadline", Fields.of("replyBy", start.plusSeconds(1)))
                .expect(422);
        var by = world.clock.instant().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        organizer.put(path(id) + "/replies/deadline", Fields.of("replyBy", by)).expect(200);
        var board = atHere.follow("briefing/" + id, "?audience=site").sees("replies.by", Fields.text(by));
        assertNull(board.at("replies.confirmed"), "sums are the staff's");
        var control = organizer.follow("briefing/" + id);
        answer(id, Fields.of("answer", "CONFIRMED")).expect(200);
        control.sees("endpoints." + here + ".reply.late", true);
        organizer
                .call(
                        "POST",
                        path(id) + "/reschedule",
                        Fields.of("plannedStart", start.plusSeconds(7_200))
                                .and("plannedEnd", start.plusSeconds(10_800))
                                .and("reason", "Đổi giờ"),
                        Map.of("If-Match", organizer.get(path(id)).etag()))
                .expect(200);
        control.sees("replies.by", Fields.text(by.plusSeconds(7_200)))
                .sees("endpoints." + here + ".reply.start", Fields.text(start));
        organizer
                .put(path(id) + "/replies/deadline", java.util.Collections.singletonMap("replyBy", null))
                .expect(200);
        control.sees("replies.by", null);
        world.drawsTheSame(control, "briefing/" + id, "staff");
        List.of(board, control).forEach(Page::close);
    }

    @Test
    void whoIsRegisteredIsNotYetThereAndTheListTellsWhoCame() {
        var id = scheduled();
        var control = organizer.follow("briefing/" + id);
        var mine = atHere.follow("endpoint/" + here);
        var comes = register(id, "Vàng A Đến");
        register(id, "Giàng Thị Vắng");
        control.sees("endpoints." + here + ".reply.registered", 2).sees("sites.delegates", 0);
        assertEquals(0, control.at("endpoints." + here + ".delegates"));
        assertNull(mine.sees("delegates." + id + "." + comes + ".name", "Vàng A Đến")
                .at("delegates." + id + "." + comes + ".from"));
        atHere.post(seats(id) + "/" + comes + "/arrive").expect(409);
        organizer.post(path(id) + "/open").expect(200);
        atHere.post(path(id) + "/endpoints/" + here + "/join").expect(200);
        atHere.post(seats(id) + "/" + comes + "/arrive").expect(200);
        atHere.post(seats(id) + "/" + comes + "/arrive").expect(200);
        control.sees("sites.delegates", 1);
        register(id, "Sùng A Thêm");
        control.sees("sites.delegates", 2);
        assertEquals(
                2, control.at("endpoints." + here + ".reply.registered"), "who came unannounced was not registered");
        organizer.post(path(id) + "/start").expect(200);
        var list = organizer.get(path(id) + "/attendance").expect(200);
        assertEquals(2, list.get("totals.registered"));
        assertEquals(2, list.get("totals.delegates"));
        var absent = (Map<?, ?>) list.get("sites.0.delegates.1");
        assertEquals("Giàng Thị Vắng", absent.get("name"));
        assertNull(absent.get("from"));
        assertEquals(
                "registration-closed",
                atHere.delete(seats(id) + "/" + absent.get("id")).expect(409).problem());
        organizer.post(path(id) + "/close").expect(200);
        assertNull(
                organizer.get(path(id) + "/attendance").get("sites.0.delegates.1.to"), "who never came has no hours");
        world.drawsTheSame(control, "briefing/" + id, "staff");
        List.of(control, mine).forEach(Page::close);
    }

    @Test
    void takenOffTheListASiteTakesItsAnswerWithIt() {
        var id = scheduled();
        var control = organizer.follow("briefing/" + id);
        var mine = atHere.follow("endpoint/" + here);
        register(id, "Một");
        answer(id, Fields.of("answer", "CONFIRMED").and("substitute", "Hai")).expect(200);
        control.sees("replies.asked", 1);
        organizer.delete(path(id) + "/endpoints/" + here).expect(204);
        control.sees("replies.asked", 0).sees("replies.confirmed", 0).sees("endpoints." + here, null);
        mine.sees("briefings." + id, null);
        organizer
                .create(path(id) + "/endpoints", Fields.of("endpoints", List.of(here.toString())))
                .expect(201);
        control.sees("endpoints." + here + ".state", "EXPECTED");
        assertNull(control.at("endpoints." + here + ".reply"));
        assertTrue(organizer.get(path(id) + "/replies").text().contains("\"registered\":0"));
        world.drawsTheSame(control, "briefing/" + id, "staff");
        world.drawsTheSame(mine, "endpoint/" + here, "site");
        List.of(control, mine).forEach(Page::close);
    }

    private static List<?> answers(Reply list) {
        return ((List<?>) list.get("items"))
                .stream()
                        .map(item -> Reply.at(item, "answer"))
                        .filter(answer -> answer != null)
                        .toList();
    }

    private UUID scheduled() {
        return world.scheduled(
                organizer,
                "BRIEFING",
                world.freeHour(),
                List.of(World.item("Khai mạc", 5, "SITE")),
                List.of(here, silent));
    }

    private Reply answer(UUID id, Fields body) {
        return atHere.put(reply(id), body);
    }

    private String register(UUID id, String name) {
        return atHere.create(seats(id), Fields.of("name", name)).expect(201).text("id");
    }

    private String reply(UUID id) {
        return path(id) + "/endpoints/" + here + "/reply";
    }

    private String seats(UUID id) {
        return path(id) + "/endpoints/" + here + "/delegates";
    }

    private static String path(UUID id) {
        return "/api/briefings/" + id;
    }
}

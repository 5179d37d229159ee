package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Endpoint;

/** What a moderator's page sees of the video room reaches everybody whom it concerns, and hands go into one queue. */
class RelayStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();
    private final UUID here = world.newEndpoint("Lai Châu").id();
    private final Endpoint southernmost = world.newEndpoint("Cà Mau");
    private final UUID there = southernmost.id();
    private final Someone atHere = world.operator(here);
    private final Someone atThere = world.operator(there);
    private final UUID page = UUID.randomUUID();
    private int n;

    private UUID live() {
        var id = world.live(
                organizer, "PRESS_CONFERENCE", List.of(World.item("Khai mạc", 10, "PUBLIC")), List.of(here, there));
        for (var site : List.of(here, there))
            organizer.post(path(id) + "/endpoints/" + site + "/join").expect(200);
        return id;
    }

    private static String path(UUID id) {
        return "/api/briefings/" + id;
    }

    private static Fields seat(String participant, UUID user, String name, long hand) {
        return Fields.of("id", participant)
                .and("user", user)
                .and("name", name)
                .and("audioMuted", true)
                .and("hand", hand);
    }

    private Fields report(List<Fields> seats) {
        return Fields.of("page", page).and("n", ++n).and("seats", seats);
    }

    /** As the page does: once a second. */
    private Reply relay(UUID id, Fields report) {
        world.clock.forward(Duration.ofSeconds(1));
        return organizer.put(path(id) + "/video/relay", report);
    }

    private static Object firstOf(Page page) {
        return page.at("floor.order.0");
    }

    @Test
    void handsGoIntoOneQueueInTheOrderInWhichTheyWereRaised() {
        var id = live();
        var control = organizer.follow("briefing/" + id);
        var mine = atHere.follow("endpoint/" + here);
        var theirs = atThere.follow("endpoint/" + there);
        var asked = atHere.create(path(id) + "/floor", Fields.of("endpoint", here))
                .expect(201)
                .id();

        // Whose page has asked already is not asked for again; of the others the first hand is first.
        var both = report(List.of(seat("aaaa0001", here, "Lai Châu", 1_000), seat("bbbb0002", there, "Cà Mau", 900)));
        assertEquals(true, relay(id, both).expect(200).get("relaying"));
        control.until("two wait", p -> p.at("floor.order.1") != null);
        assertEquals(asked.toString(), firstOf(control));
        var hand = (String) control.at("floor.order.1");
        assertEquals(there.toString(), control.at("floor.requests." + hand + ".endpoint"));
        theirs.sees("floor." + id + ".place", 2).sees("video." + id + ".audioMuted", true);
        theirs.sees("video." + id + ".handAt", Fields.text(Instant.ofEpochMilli(900)));

        // Twice, late, and again with a new number: nothing becomes of it.
        organizer.put(path(id) + "/video/relay", both).expect(200);
        relay(id, report(List.of(seat("aaaa0001", here, "Lai Châu", 1_000), seat("bbbb0002", there, "Cà Mau", 900))))
                .expect(200);
        var late = report(List.of(seat("bbbb0002", there, "Cà Mau", 0)));
        late.and("n", 1);
        organizer.put(path(id) + "/video/relay", late).expect(200);
        assertEquals(hand, control.at("floor.order.1"));

        // A connection that is cut keeps its place; back as another it has lowered nothing.
        relay(id, report(List.of(seat("aaaa0001", here, "Lai Châu", 1_000)))).expect(200);
        control.sees("video.seats.bbbb0002", null);
        theirs.sees("video." + id, null).sees("floor." + id + ".place", 2);
        relay(id, report(List.of(seat("aaaa0001", here, "Lai Châu", 1_000), seat("bbbb0003", there, "Cà Mau", 0))))
                .expect(200);
        control.sees("video.seats.bbbb0003.endpoint", there);
        assertEquals(hand, control.at("floor.order.1"));

        // Lowered by the one that raised it, the request is taken back; the one that the page made stays.
        relay(id, report(List.of(seat("aaaa0001", here, "Lai Châu", 0), seat("bbbb0003", there, "Cà Mau", 2_000))))
                .expect(200);
        mine.sees("video." + id + ".handAt", null);
        control.sees("floor.order", List.of(asked.toString(), hand));
        relay(id, report(List.of(seat("bbbb0003", there, "Cà Mau", 0), seat("bbbb0002", there, "Cà Mau", 0))))
                .expect(200);
        control.sees("floor.order", List.of(asked.toString()));
        relay(id, report(List.of(seat("bbbb0003", there, "Cà Mau", 3_000)))).expect(200);
        control.until("again", p -> p.at("floor.order.1") != null);

        organizer
                .post(path(id) + "/floor/" + control.at("floor.order.1") + "/give")
                .expect(200);
        theirs.sees("floor." + id + ".status", "SPEAKING");
        relay(id, report(List.of(seat("bbbb0003", there, "Cà Mau", 0)))).expect(200);
        control.sees("video.seats.bbbb0003.handAt", null);
        assertEquals("SPEAKING", theirs.at("floor." + id + ".status"), "lowering a hand takes nobody the floor");

        world.drawsTheSame(control, "briefing/" + id, "staff");
        world.drawsTheSame(theirs, "endpoint/" + there, "site");
        List.of(control, mine, theirs).forEach(Page::close);
    }

    @Test
    void whoIsNotThereYetIsHeardOnceHeIs() {
        var id = world.live(organizer, "BRIEFING", List.of(World.item("Khai mạc", 10, "PUBLIC")), List.of(here, there));
        var control = organizer.follow("briefing/" + id);
        var seats = List.of(seat("cccc0001", here, "Lai Châu", 500), seat("dddd0001", null, "Ai đó", 400));
        relay(id, report(seats)).expect(200);
        control.sees("video.seats.cccc0001.endpoint", here).sees("video.seats.dddd0001.endpoint", null);
        assertNull(control.at("floor"));
        atHere.post(path(id) + "/endpoints/" + here + "/join").expect(200);
        relay(id, report(seats)).expect(200);
        control.until("one waits", p -> firstOf(p) != null);
        control.close();
    }

    @Test
    void onePageRelaysAndAnotherTakesOverWhenItIsSilent() {
        var id = live();
        var control = organizer.follow("briefing/" + id);
        relay(id, report(List.of(seat("eeee0001", here, "Lai Châu", 0)))).expect(200);
        control.sees("video.relay.page", page);

        var chair = world.signedIn(world.person("Chủ trì Hạ", vn.giaoban.people.Role.CHAIR, world.ministry(), null));
        var second = Fields.of("page", UUID.randomUUID())
                .and("n", 1)
                .and("seats", List.of(seat("ffff0001", there, "Cà Mau", 7)));
        var waits = chair.put(path(id) + "/video/relay", second).expect(200);
        assertEquals(false, waits.get("relaying"));
        assertNull(control.at("video.seats.ffff0001"), "who does not relay changes nothing");

        // As long as it says anything, be it the same, it relays.
        for (int i = 0; i < 8; i++)
            assertEquals(
                    true,
                    relay(id, report(List.of(seat("eeee0001", here, "Lai Châu", 0))))
                            .expect(200)
                            .get("relaying"));
        assertEquals(page.toString(), control.at("video.relay.page"));

        world.clock.forward(Duration.ofSeconds(6));
        control.sees("video.relay", null).sees("video.seats.eeee0001.endpoint", here);
        second.and("n", 2);
        assertEquals(
                true, chair.put(path(id) + "/video/relay", second).expect(200).get("relaying"));
        control.sees("video.relay.by", "Chủ trì Hạ").sees("video.seats.eeee0001", null);
        assertEquals(false, relay(id, report(List.of())).expect(200).get("relaying"), "the first one must wait now");
        world.drawsTheSame(control, "briefing/" + id, "staff");
        control.close();
    }

    @Test
    void thatItIsRecordedEverybodyKnowsAndNothingElse() {
        var id = live();
        var control = organizer.follow("briefing/" + id);
        var press = world.journalist().follow("briefing/" + id);
        var anybody = world.anybody().follow("briefing/" + id);
        var site = atHere.follow("briefing/" + id);
        var seats = List.of(seat("aaaa1111", here, "Lai Châu-8812", 5));
        relay(id, report(seats).and("knocking", List.of(Map.of("id", "k1", "name", southernmost.name()))))
                .expect(200);
        control.sees("video.knocking.k1.endpoint", there);
        assertNull(press.at("video"));
        relay(id, report(seats).and("recording", true).and("lobby", true)).expect(200);
        control.sees("video.lobby", true);
        for (var page : List.of(control, press, anybody, site))
            page.until("recording", p -> p.at("video.recording.since") != null);
        var since = control.at("video.recording.since");
        relay(id, report(List.of()).and("recording", true)).expect(200);
        control.sees("video.seats.aaaa1111", null);
        assertEquals(since, control.at("video.recording.since"), "since it began");
        relay(id, report(List.of())).expect(200);
        for (var page : List.of(press, anybody, site)) {
            page.sees("video", null);
            assertFalse(page.bytes().contains("8812"));
            assertFalse(page.bytes().contains("knocking"));
            assertFalse(page.bytes().contains("relay"));
        }
        var journal = organizer.get(path(id) + "/journal").expect(200).toString();
        for (var verb : List.of("video.relayed", "video.recording", "video.lobby", "video.hand-raised"))
            assertEquals(true, journal.contains(verb), verb);

        relay(id, report(seats).and("recording", true)).expect(200);
        organizer.post(path(id) + "/close").expect(200);
        control.sees("video", null);
        anybody.sees("video", null);
        assertEquals("doors-closed", relay(id, report(seats)).expect(409).problem());
        world.drawsTheSame(control, "briefing/" + id, "staff");
        world.drawsTheSame(anybody, "briefing/" + id, "public");
        List.of(control, press, anybody, site).forEach(Page::close);
    }

    @Test
    void aSiteThatIsNoLongerInvitedIsASiteNoMore() {
        var id = world.scheduled(
                organizer,
                "BRIEFING",
                world.freeHour(),
                List.of(World.item("Khai mạc", 10, "PUBLIC")),
                List.of(here, there));
        organizer.post(path(id) + "/open").expect(200);
        var control = organizer.follow("briefing/" + id);
        var mine = atHere.follow("endpoint/" + here);
        relay(id, report(List.of(seat("aaaa2222", here, "Lai Châu", 0)))).expect(200);
        mine.sees("video." + id + ".audioMuted", true);
        organizer.delete(path(id) + "/endpoints/" + here).expect(204);
        mine.sees("video." + id, null);
        control.sees("video.seats.aaaa2222.endpoint", null).sees("video.seats.aaaa2222.name", "Lai Châu");
        world.drawsTheSame(control, "briefing/" + id, "staff");
        world.drawsTheSame(mine, "endpoint/" + here, "site");
        control.close();
        mine.close();
    }

    @Test
    void aReportIsHeldAgainstTheContract() {
        var id = live();
        for (var bad : List.of(
                report(List.of(Fields.of("id", "x".repeat(65)).and("name", "x"))),
                report(List.of(Fields.of("name", "ohne"))),
                report(List.of(seat("a", here, "x", -1))),
                report(List.of()).and("volume", 11),
                report(java.util.Collections.nCopies(501, seat("a", here, "x", 0)))))
            assertEquals(true, List.of(400, 422).contains(relay(id, bad).status()), () -> "" + bad);
        atHere.put(path(id) + "/video/relay", report(List.of())).expect(403);
        world.journalist().put(path(id) + "/video/relay", report(List.of())).expect(403);
    }
}

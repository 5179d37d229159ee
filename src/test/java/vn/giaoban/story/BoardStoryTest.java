package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Chain;

/** What the control room knows of its sites while they are there: weak lines, help, the telephone, alarms. */
@Timeout(90)
class BoardStoryTest {
    /** Of a board for two sites at most, with a video room to be entered. */
    private static World small;

    private final World world = World.shared();
    private final Someone organizer = world.organizer();
    private final UUID site = world.newEndpoint("Hà Giang").id();
    private final UUID other = world.newEndpoint("Cao Bằng").id();
    private final Someone operator = world.operator(site);
    private final UUID briefing = world.live(organizer, "BRIEFING", List.of(), List.of(site, other));
    private final String path = "/api/briefings/" + briefing;
    private final String mine = path + "/endpoints/" + site;
    private final Page board = organizer.follow("briefing/" + briefing).seesFrame("snapshot");

    @AfterAll
    static void close() {
        if (small != null) small.close();
    }

    private Page joined() {
        var page = operator.follow("endpoint/" + site).seesFrame("snapshot");
        operator.post(mine + "/join").expect(200);
        sees("CONNECTED");
        return page;
    }

    private void sees(String state) {
        board.sees("endpoints." + site + ".state", state);
    }

    private void measured(int roundTripMs, int stalls) {
        operator.post(
                        mine + "/quality",
                        Fields.of("seconds", 2)
                                .and("roundTripMs", roundTripMs)
                                .and("jitterMs", 8)
                                .and("stalls", stalls))
                .expect(204);
    }

    private long entries(String verb) {
        return new Chain(world.node.rooms().db())
                .entries("briefing/" + briefing, 0, 200).stream()
                        .filter(entry -> entry.verb().equals(verb))
                        .count();
    }

    @Test
    void aLineThatBecomesWeakShowsWithinFiveSecondsAndOnlyTheEdgesAreWrittenDown() {
        var page = joined();
        measured(30, 0);
        measured(35, 0);
        long begun = System.nanoTime();
        measured(900, 0);
        sees("WEAK");
        long ms = (System.nanoTime() - begun) / 1_000_000;
        assertTrue(ms < 5_000, "weak after " + ms + " ms");
        board.sees("sites.weak", 1).sees("sites.connected", 1);
        assertTrue(board.at("endpoints." + site + ".weakAt") != null);
        measured(950, 1);
        measured(40, 0);
        sees("CONNECTED");
        board.sees("endpoints." + site + ".weakAt", null);
        assertEquals(2, entries("bridge.quality"), "weak, and well again");
        var strip = organizer.get(path + "/lines?endpoint=" + site).expect(200);
        assertTrue(strip.text("items.0.cells").matches("[-ugfwbx]{64}"), strip.text());
        assertEquals(
                List.of(site.toString(), other.toString()),
                ((List<?>) organizer.get(path + "/lines").expect(200).get("items"))
                        .stream()
                                .map(item -> ((Map<?, ?>) item).get("endpoint"))
                                .toList());
        world.drawsTheSame(board, "briefing/" + briefing, "staff");
        page.close();
    }

    @Test
    void whoIsTakenAsideForSupportComesBackToItsPlaceInTheQueue() {
        var page = joined();
        var atOther = world.operator(other);
        atOther.post(path + "/endpoints/" + other + "/join").expect(200);
        var first = operator.create(path + "/floor", Fields.of("endpoint", site))
                .expect(201)
                .text("id");
        var second = atOther.create(path + "/floor", Fields.of("endpoint", other))
                .expect(201)
                .text("id");
        organizer.post(path + "/floor/" + first + "/give").expect(200);
        board.sees("floor.holder", first);

        operator.post(mine + "/help", Fields.of("reason", "SOUND").and("text", "Mất tiếng"))
                .expect(200);
        assertEquals(
                "help-asked",
                operator.post(mine + "/help", Fields.of("reason", "LINE"))
                        .expect(409)
                        .problem());
        board.sees("endpoints." + site + ".help.reason", "SOUND").sees("endpoints." + site + ".help.text", "Mất tiếng");
        page.sees("briefings." + briefing + ".help.asked", true);

        organizer.post(mine + "/support").expect(200);
        sees("IN_SUPPORT");
        page.sees("briefings." + briefing + ".state", "IN_SUPPORT");
        board.sees("sites.inSupport", 1)
                .sees("sites.connected", 2)
                .sees("floor.holder", null)
                .sees("floor.order", List.of(first, second));
        assertTrue(board.at("endpoints." + site + ".help.takenBy") != null);
        assertEquals(
                "in-support",
                organizer.post(path + "/floor/" + first + "/give").expect(409).problem());
        assertEquals(
                "no-support-case", operator.delete(mine + "/help").expect(409).problem());

        var colleague = world.organizer();
        colleague.post(mine + "/support").expect(200);
        board.until("taken over", p -> colleagueName(colleague).equals(p.at("endpoints." + site + ".help.takenBy")));
        colleague.post(mine + "/support/return").expect(200);
        sees("CONNECTED");
        board.sees("endpoints." + site + ".help", null).sees("floor.order", List.of(first, second));
        page.sees("briefings." + briefing + ".help", null);
        assertEquals(
                "no-support-case",
                organizer.post(mine + "/support/return").expect(409).problem());
        organizer.post(path + "/floor/" + first + "/give").expect(200);
        world.drawsTheSame(board, "briefing/" + briefing, "staff");
        world.drawsTheSame(page, "endpoint/" + site, "site");
        page.close();
    }

    private static String colleagueName(Someone who) {
        return who.get("/api/session").expect(200).text("name");
    }

    @Test
    void aSiteThatDropsOutOfSupportIsLostAndFoundThere() {
        var page = joined();
        organizer.post(mine + "/support").expect(200);
        sees("IN_SUPPORT");
        world.clock.forward(Duration.ofSeconds(5));
        page.cut();
        sees("LOST");
        assertTrue(board.at("endpoints." + site + ".help") != null, "its case stays open");
        var back = operator.follow("endpoint/" + site);
        sees("IN_SUPPORT");
        operator.post(mine + "/leave").expect(200);
        sees("EXPECTED");
        board.sees("endpoints." + site + ".help", null);
        assertEquals(1, entries("support.ended"), "who leaves needs no help any more");
        back.close();
    }

    @Test
    void whoIsOnTheTelephoneIsPresentWhateverItsLineDoes() {
        var page = joined();
        organizer.put(mine + "/phone", Fields.of("number", "0219 386 1234")).expect(204);
        sees("ON_PHONE");
        board.sees("endpoints." + site + ".phone", "0219 386 1234").sees("sites.onPhone", 1);
        world.clock.forward(Duration.ofSeconds(5));
        page.cut();
        board.until("lost beneath", p -> p.at("endpoints." + site + ".lostAt") != null);
        assertEquals("ON_PHONE", board.at("endpoints." + site + ".state"));
        board.sees("sites.connected", 1).sees("sites.lost", 0);
        organizer.delete(mine + "/phone").expect(204);
        sees("LOST");
        organizer.put(path + "/endpoints/" + other + "/phone", Map.of()).expect(204);
        board.sees("endpoints." + other + ".state", "ON_PHONE").sees("sites.connected", 1);
        operator.put(mine + "/phone", Map.of()).expect(403);
        organizer.post(path + "/close").expect(200);
        var list = organizer.get(path + "/attendance").expect(200);
        for (var each : (List<?>) list.get("sites"))
            if (Reply.at(each, "endpoint").equals(other.toString())) {
                assertEquals(true, Reply.at(each, "attended"), "by telephone alone");
                assertEquals("phone", Reply.at(each, "intervals.0.source"));
            }
        assertEquals(2, list.get("totals.attended"));
    }

    @Test
    void anAlarmIsSeenBySomebodyByNameAndAnotherOneIsNot() {
        var page = joined();
        world.clock.forward(Duration.ofSeconds(5));
        page.cut();
        sees("LOST");
        var since = (String) board.at("endpoints." + site + ".lostAt");
        organizer.post(mine + "/alarms/LOST", Fields.of("since", since)).expect(204);
        board.sees("endpoints." + site + ".seen.LOST.since", since)
                .sees("endpoints." + site + ".seen.LOST.by", colleagueName(organizer));
        var back = operator.follow("endpoint/" + site);
        sees("CONNECTED");
        world.clock.forward(Duration.ofSeconds(5));
        back.cut();
        sees("LOST");
        assertNotEquals(since, board.at("endpoints." + site + ".lostAt"), "lost anew, not yet seen");
        var strip = organizer.get(path + "/lines?endpoint=" + site).expect(200);
        assertEquals(since, strip.get("items.0.lost.0.from"), "told although it came back at once");
        assertEquals(2, ((List<?>) strip.get("items.0.lost")).size());
        board.sees("endpoints." + site + ".seen.LOST.since", since);
        assertEquals(
                404,
                organizer.post(mine + "/alarms/FIRE", Fields.of("since", since)).status());
        world.drawsTheSame(board, "briefing/" + briefing, "staff");
    }

    @Test
    void aboveTheLimitThereAreTotalsOnlyAndASiteAsideEntersARoomOfItsOwn() {
        small = World.with(Map.of(
                "GIAOBAN_BRIEFING_MAXONBOARD", "2",
                "GIAOBAN_JITSI_DOMAIN", "meet.example.org",
                "GIAOBAN_JITSI_SECRET", "mot-bi-mat-du-dai-cho-jitsi-0123456789"));
        var boss = small.organizer();
        var sites = new ArrayList<UUID>();
        for (var name : List.of("Một", "Hai", "Ba"))
            sites.add(small.newEndpoint(name).id());
        var one = sites.getFirst();
        var id = small.live(boss, "BRIEFING", List.of(), sites);
        var at = "/api/briefings/" + id + "/endpoints/" + one;
        var seen = boss.follow("briefing/" + id).seesFrame("snapshot");
        var there = small.operator(one);
        there.post(at + "/join").expect(200);
        seen.sees("sites.connected", 1).sees("sites.expected", 3);
        there.post(at + "/help", Fields.of("reason", "OTHER")).expect(200);
        boss.post(at + "/support").expect(200);
        boss.post(at + "/alarms/HELP", Fields.of("since", small.clock.instant()))
                .expect(204);
        seen.sees("sites.inSupport", 1);
        assertFalse(seen.bytes().contains("endpoints"), "not one of them");
        small.drawsTheSame(seen, "briefing/" + id, "staff");

        var video = "/api/briefings/" + id + "/video";
        var hall = boss.post(video, Map.of()).expect(200).text("room");
        var aside = there.post(video, Fields.of("endpoint", one)).expect(200);
        var technician = boss.post(video, Fields.of("support", one)).expect(200);
        assertNotEquals(hall, aside.text("room"));
        assertEquals(aside.text("room"), technician.text("room"));
        assertEquals(true, technician.get("moderator"));
        assertEquals(
                hall,
                small.operator(sites.get(1))
                        .post(video, Fields.of("endpoint", sites.get(1)))
                        .expect(200)
                        .text("room"));
        there.post(video, Fields.of("support", one)).expect(403);
        boss.post(at + "/support/return").expect(200);
        assertEquals(
                hall, there.post(video, Fields.of("endpoint", one)).expect(200).text("room"));
        assertEquals(
                "not-in-support",
                boss.post(video, Fields.of("support", one)).expect(409).problem());
    }
}

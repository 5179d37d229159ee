package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/** Who was there: delegates by name, a list that is frozen when the briefing closes, and what comes after. */
class AttendanceStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();
    private final UUID here = world.newEndpoint("Nghệ An").id();
    private final UUID away = world.newEndpoint("Cao Bằng").id();
    private final Someone atHere = world.operator(here);

    @Test
    void namesAreForTheSiteAndNumbersForEverybody() {
        var id = scheduled("PRESS_CONFERENCE");
        var control = organizer.follow("briefing/" + id).sees("sites.delegates", 0);
        var press = world.journalist().follow("briefing/" + id).sees("sites.delegates", 0);
        var mine = atHere.follow("endpoint/" + here);
        var delegate = add(id, "Nguyễn Văn Kín-5531", "Giám đốc");
        mine.sees("delegates." + id + "." + delegate + ".name", "Nguyễn Văn Kín-5531")
                .sees("delegates." + id + "." + delegate + ".title", "Giám đốc");
        organizer.post(path(id) + "/open").expect(200);
        atHere.post(seats(id) + "/" + delegate + "/arrive").expect(200);
        control.sees("endpoints." + here + ".delegates", 1).sees("sites.delegates", 1);
        press.sees("sites.delegates", 1);
        assertEquals(
                "Nguyễn Văn Kín-5531",
                atSite(organizer.get(path(id)).expect(200), here).get("name"));
        assertFalse(press.bytes().contains("5531"));
        assertFalse(control.bytes().contains("5531"));
        assertFalse(
                organizer.get(path(id) + "/journal").expect(200).text().contains("5531"),
                "erasable, so not in the chain");

        atHere.delete(seats(id) + "/" + delegate).expect(204);
        mine.sees("delegates." + id, null);
        control.sees("sites.delegates", 0);
        atHere.delete(seats(id) + "/" + delegate).expect(404);
        world.drawsTheSame(control, "briefing/" + id, "staff");
        world.drawsTheSame(mine, "endpoint/" + here, "site");
        List.of(control, press, mine).forEach(Page::close);
    }

    @Test
    void aMistakeBeforehandIsGoneAndWhoLeavesLaterWasThere() {
        var id = scheduled("BRIEFING");
        var mistake = add(id, "Nhầm", "");
        atHere.delete(seats(id) + "/" + mistake).expect(204);
        var stays = add(id, "Ở lại", "");
        var leaves = add(id, "Về sớm", "");
        openAndStart(id, stays, leaves);
        atHere.delete(seats(id) + "/" + leaves).expect(204);
        var list = organizer.get(path(id) + "/attendance").expect(200);
        assertEquals(false, list.get("frozen"));
        assertEquals(2, list.get("totals.delegates"));
        assertEquals(stays, list.get("sites.0.delegates.0.id"));
        assertNull(list.get("sites.0.delegates.0.to"));
        assertNotNull(list.get("sites.0.delegates.1.to"));
        organizer.post(path(id) + "/close").expect(200);
        assertEquals(
                "briefing-over",
                atHere.create(seats(id), Fields.of("name", "Muộn")).expect(409).problem());
        atHere.delete(seats(id) + "/" + stays).expect(409);
    }

    @Test
    void whatIsNotTheirsIsRefused() {
        var id = scheduled("BRIEFING");
        var other = world.operator(away);
        other.create(seats(id), Fields.of("name", "X")).expect(403);
        world.journalist().create(seats(id), Fields.of("name", "X")).expect(404);
        atHere.create(seats(id), Fields.of("name", "  ")).expect(422);
        atHere.create(seats(id), Fields.of("title", "X")).expect(400);
        var uninvited = world.newEndpoint("Ngoài");
        world.operator(uninvited.id())
                .create(path(id) + "/endpoints/" + uninvited.id() + "/delegates", Fields.of("name", "X"))
                .expect(404);
        organizer
                .create(path(id) + "/endpoints/" + uninvited.id() + "/delegates", Fields.of("name", "X"))
                .expect(404);
        for (var report : List.of("/attendance", "/attendance.csv", "/timing", "/timing.csv")) {
            atHere.get(path(id) + report).expect(403);
            world.journalist().get(path(id) + report).expect(404);
            world.anybody().get(path(id) + report).expect(401);
            organizer.get(path(id) + report).expect(200);
        }
    }

    @Test
    void closingFreezesTheListAndLateFactsHangOnItsHash() throws Exception {
        var id = scheduled("BRIEFING");
        var there = add(id, "=HYPERLINK(\"http://x\")", "Phó giám đốc");
        assertEquals("not-frozen", addendum(id, "Sớm quá").expect(409).problem());
        openAndStart(id, there);
        world.clock.forward(Duration.ofMinutes(10));
        organizer.post(path(id) + "/close").expect(200);

        var list = organizer.get(path(id) + "/attendance").expect(200);
        assertEquals(true, list.get("frozen"));
        assertEquals(2, list.get("totals.expected"));
        assertEquals(1, list.get("totals.attended"));
        assertEquals(true, list.get("sites.0.attended"));
        assertEquals(false, list.get("sites.1.attended"));
        assertNotNull(list.get("sites.0.intervals.0.to"), "the close ends every line");
        assertNotNull(list.get("sites.0.delegates.0.to"));
        var body = new java.util.TreeMap<>(list.json());
        body.keySet().removeAll(Set.of("frozen", "frozenAt", "hash", "addenda"));
        var hash = MessageDigest.getInstance("SHA-256").digest(Json.text(body).getBytes(StandardCharsets.UTF_8));
        assertEquals(HexFormat.of().formatHex(hash), list.get("hash"));

        var first = addendum(id, "Cao Bằng dự qua điện thoại").expect(201);
        assertEquals(1, first.get("number"));
        assertEquals("Thư ký", first.get("by"));
        var second = addendum(id, "-1 đại biểu Nghệ An").expect(201);
        assertEquals(2, second.get("number"));
        var after = organizer.get(path(id) + "/attendance").expect(200);
        assertEquals(list.get("hash"), after.get("hash"), "the list itself stays");
        assertEquals(second.get("hash"), after.get("addenda.1.hash"));
        assertFalse(first.get("hash").equals(second.get("hash")));
        atHere.create(path(id) + "/attendance/addenda", Fields.of("text", "x")).expect(403);
        addendum(id, " ").expect(422);
        var written = assertThrows(
                RuntimeException.class,
                () -> world.node
                        .rooms()
                        .db()
                        .query("UPDATE attendance_record SET body = '{}' WHERE briefing = $1", id));
        assertNotNull(written.getMessage());

        var csv = organizer.get(path(id) + "/attendance.csv").expect(200);
        assertEquals(
                "text/csv; charset=utf-8",
                csv.headers().firstValue("content-type").orElseThrow());
        assertTrue(csv.text().startsWith("\uFEFFĐiểm cầu,Có mặt,"), csv.text());
        assertTrue(csv.text().contains("\"'=HYPERLINK(\"\"http://x\"\")\""), csv.text());
        assertTrue(csv.text().contains("'-1 đại biểu"), csv.text());
        var english = world.organizer()
                .speaking("en")
                .get(path(id) + "/attendance.csv")
                .expect(200);
        assertTrue(english.text().startsWith("\uFEFFSite,Attended,"), english.text());
    }

    @Test
    void theTimingSetsPlannedAgainstActual() {
        var id = scheduled("BRIEFING");
        openAndStart(id);
        var item = organizer.get(path(id)).expect(200).text("agenda.items.0.id");
        organizer.post(path(id) + "/agenda/" + item + "/start").expect(200);
        world.clock.forward(Duration.ofMinutes(7));
        organizer.post(path(id) + "/agenda/" + item + "/finish").expect(200);
        var timing = organizer.get(path(id) + "/timing").expect(200);
        assertEquals(5, timing.get("items.0.plannedMinutes"));
        assertEquals("DONE", timing.get("items.0.status"));
        long over = ((Number) timing.get("items.0.overMs")).longValue();
        assertTrue(over >= 120_000 && over < 180_000, "two minutes over: " + over);
        var csv = organizer.speaking("en").get(path(id) + "/timing.csv").expect(200);
        assertTrue(csv.text().contains("Khai mạc,Done,No,"), csv.text());
        organizer.post(path(id) + "/close").expect(200);
    }

    @Test
    void aSiteTakenOffTheListTakesItsNamesWithIt() {
        var id = scheduled("BRIEFING");
        organizer.post(path(id) + "/open").expect(200);
        atHere.post(path(id) + "/endpoints/" + here + "/join").expect(200);
        var delegate = add(id, "Nguyễn Văn A", "");
        var mine = atHere.follow("endpoint/" + here).sees("delegates." + id + "." + delegate + ".name", "Nguyễn Văn A");
        var control = organizer.follow("briefing/" + id).sees("sites.delegates", 1);
        var request = atHere.create(
                        path(id) + "/floor", Fields.of("endpoint", here).and("delegate", delegate))
                .expect(201)
                .text("id");
        organizer.post(path(id) + "/floor/" + request + "/give").expect(200);
        control.sees("floor.holder", request);
        organizer.delete(path(id) + "/endpoints/" + here).expect(204);
        control.sees("sites.delegates", 0).sees("sites.expected", 1).sees("floor.holder", null);
        assertNull(control.at("floor.requests." + request + ".delegate"));
        mine.sees("delegates." + id, null);
        world.drawsTheSame(control, "briefing/" + id, "staff");
        world.drawsTheSame(mine, "endpoint/" + here, "site");
        mine.close();
        control.close();
    }

    private UUID scheduled(String kind) {
        return world.scheduled(
                organizer, kind, world.freeHour(), List.of(World.item("Khai mạc", 5, "SITE")), List.of(here, away));
    }

    private void openAndStart(UUID id, String... arriving) {
        organizer.post(path(id) + "/open").expect(200);
        atHere.post(path(id) + "/endpoints/" + here + "/join").expect(200);
        for (var delegate : arriving)
            atHere.post(seats(id) + "/" + delegate + "/arrive").expect(200);
        organizer.post(path(id) + "/start").expect(200);
    }

    private String add(UUID briefing, String name, String title) {
        return atHere.create(seats(briefing), Fields.of("name", name).and("title", title))
                .expect(201)
                .text("id");
    }

    private Reply addendum(UUID briefing, String text) {
        return organizer.create(path(briefing) + "/attendance/addenda", Fields.of("text", text));
    }

    private static java.util.Map<?, ?> atSite(Reply plan, UUID endpoint) {
        for (var invitation : (List<?>) plan.get("invitations"))
            if (endpoint.toString().equals(Reply.at(invitation, "endpoint")))
                return (java.util.Map<?, ?>) Reply.at(invitation, "delegates.0");
        throw new AssertionError("not invited");
    }

    private String seats(UUID briefing) {
        return path(briefing) + "/endpoints/" + here + "/delegates";
    }

    private static String path(UUID briefing) {
        return "/api/briefings/" + briefing;
    }
}

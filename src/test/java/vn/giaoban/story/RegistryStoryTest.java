package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.registry.Consequences;
import vn.giaoban.directory.registry.Registry;
import vn.giaoban.directory.registry.card.Column;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.people.Role;

/** The registry as people use it: who sees and changes what, names that stay with their hour, tables that come in as seen. */
@Timeout(120)
class RegistryStoryTest {
    private final World world = World.shared();
    private final Someone administrator = world.administrator();

    private Reply card(UUID endpoint) {
        return administrator.get("/api/endpoints/" + endpoint).expect(200);
    }

    private Reply rename(UUID endpoint, String from, String name) {
        return administrator.call(
                "POST",
                "/api/endpoints/" + endpoint + "/periods",
                Fields.of("validFrom", from).and("name", name).and("act", "Quyết định 12/QĐ-UBND"),
                Map.of("If-Match", card(endpoint).etag()));
    }

    private UUID planned(Someone organizer, UUID endpoint, Instant start) {
        var id = organizer
                .create("/api/briefings", world.plan("BRIEFING", "Giao ban", start, 30))
                .expect(201)
                .id();
        organizer
                .create("/api/briefings/" + id + "/endpoints", Fields.of("endpoints", List.of(endpoint.toString())))
                .expect(201);
        return id;
    }

    private static String named(Someone who, UUID briefing) {
        return who.get("/api/briefings/" + briefing).expect(200).text("invitations.0.name");
    }

    @Test
    void anOldBriefingKeepsTheNameOfItsHourAndTheNextOneHasTheNew() {
        var site = world.newEndpoint("Bệnh viện Cũ");
        var organizer = world.organizer();
        var before = planned(organizer, site.id(), world.freeHour());
        var start = Instant.parse(organizer.get("/api/briefings/" + before).text("plannedStart"));
        var after = planned(organizer, site.id(), start.plus(Duration.ofDays(3)));
        var page = organizer.follow("briefing/" + after);
        var from = java.time.LocalDate.ofInstant(start, java.time.ZoneId.of("Asia/Ho_Chi_Minh"))
                .plusDays(1);
        var renamed = rename(site.id(), from.toString(), "Bệnh viện Mới").expect(200);
        assertEquals("Quyết định 12/QĐ-UBND", renamed.text("periods.1.act"));
        assertEquals(site.name(), named(organizer, before));
        assertEquals("Bệnh viện Mới", named(organizer, after));
        page.until("the new name", it -> it.view().toString().contains("Bệnh viện Mới"))
                .close();
        assertEquals(
                422,
                rename(site.id(), from.minusDays(1).toString(), "Trước đó").status(),
                "a period cannot begin before the last one");
    }

    private Registry registry() {
        var rooms = world.node.rooms();
        return new Registry(
                rooms.journal(),
                rooms.directory(),
                world.node.settings().registry(),
                new Consequences(rooms.journal(), rooms.directory()));
    }

    @Test
    void aNameThatComesIntoUseIsNotLaidOverANewerOne() throws Exception {
        var site = world.newEndpoint("Trạm Cũ");
        var registry = registry();
        var today = world.node.rooms().directory().today();
        assertNull(world.meanwhile(
                () -> registry.rename(
                        Actor.SYSTEM,
                        site.id(),
                        registry.get(site.id()).etag(),
                        Map.of(Column.VALID_FROM, today.toString(), Column.NAME, "Trạm Mới"),
                        "",
                        organisation -> true),
                () -> new Consequences(
                                world.node.rooms().journal(), world.node.rooms().directory())
                        .turnDue(site.id())));
        assertEquals(
                "Trạm Mới",
                world.node
                        .rooms()
                        .db()
                        .row("SELECT name FROM endpoint WHERE id = $1", site.id())
                        .getString("name"));
    }

    @Test
    void twoAreNotPutUnderEachOtherAtTheSameTime() throws Exception {
        var one = world.newEndpoint("Bệnh viện Một");
        var two = world.newEndpoint("Bệnh viện Hai");
        var registry = registry();
        var refused = world.meanwhile(() -> under(registry, one, two), () -> under(registry, two, one));
        assertEquals("invalid", ((Refusal) refused).type());
        assertNull(registry.get(two.id()).last().parent());
    }

    private static void under(Registry registry, Endpoint child, Endpoint parent) {
        registry.rename(
                Actor.SYSTEM,
                child.id(),
                registry.get(child.id()).etag(),
                Map.of(Column.VALID_FROM, "2026-12-01", Column.PARENT, parent.code()),
                "",
                organisation -> true);
    }

    @Test
    void phonesAreForThoseWhoConveneAndForTheSiteItself() {
        var site = world.newEndpoint("Sở có điện thoại");
        var operator = world.operator(site.id());
        var other = world.operator(world.newEndpoint("Sở khác").id());
        var secret = "0901 234 567";
        var path = "/api/endpoints/" + site.id();
        administrator
                .patch(
                        path,
                        card(site.id()).etag(),
                        Fields.of("dutyName", "Người trực").and("dutyPhone", secret))
                .expect(200);
        assertEquals(secret, operator.get(path).expect(200).text("dutyPhone"));
        assertEquals(secret, world.organizer().get(path).expect(200).text("dutyPhone"));
        var viewer = world.signedIn(world.person("Xem", Role.VIEWER, world.ministry(), null));
        var journalist = world.signedIn(world.person("Báo", Role.JOURNALIST, world.ministry(), null));
        for (var stranger : List.of(other, viewer, journalist, world.anybody()))
            for (var asked : List.of(path, path + "/history", "/api/endpoints.csv"))
                assertFalse(stranger.get(asked).text().contains(secret), asked);
        assertFalse(administrator.get("/api/endpoints/registry").text().contains(secret), "not even in the list");
        // In the chain stands a digest, beside it the value.
        var what = world.node
                .rooms()
                .db()
                .row("SELECT string_agg(what, '') FROM journal_entry WHERE subject = $1", "endpoint/" + site.id())
                .getString(0);
        assertTrue(what.contains("dutyPhone") && !what.contains(secret), what);
        assertTrue(operator.get(path + "/history").expect(200).text().contains(secret));
        operator.call(
                        "PUT",
                        path + "/contacts",
                        Fields.of("dutyPhone", "0901 000 000"),
                        Map.of("If-Match", card(site.id()).etag()))
                .expect(200);
        operator.patch(path, card(site.id()).etag(), Fields.of("room", "Phòng khác"))
                .expect(403);
        operator.call("PUT", path + "/contacts", Fields.of("dutyPhone", "1"), Map.of("If-Match", "\"e1\""))
                .expect(422);
        operator.call("PUT", path + "/contacts", Fields.of("dutyName", "Ai"), Map.of("If-Match", "\"e1\""))
                .expect(412);
    }

    @Test
    void aPlanThatMeetsMaintenanceIsWarned() {
        var site = world.newEndpoint("Đang bảo trì");
        var organizer = world.organizer();
        var briefing = planned(organizer, site.id(), world.freeHour());
        var start = Instant.parse(organizer.get("/api/briefings/" + briefing).text("plannedStart"));
        assertNull(organizer.get("/api/briefings/" + briefing).get("warnings"));
        var path = "/api/endpoints/" + site.id() + "/maintenance";
        administrator
                .create(
                        path,
                        Fields.of("from", start.minusSeconds(7_200))
                                .and("to", start)
                                .and("reason", "Xong trước giờ họp"))
                .expect(201);
        assertNull(organizer.get("/api/briefings/" + briefing).get("warnings"), "it ends as the briefing begins");
        administrator
                .create(
                        path,
                        Fields.of("from", start.plusSeconds(60))
                                .and("to", start.plusSeconds(600))
                                .and("reason", "Thay tổng đài"))
                .expect(201);
        var plan = organizer.get("/api/briefings/" + briefing).expect(200);
        assertEquals("MAINTENANCE", plan.text("warnings.0.kind"));
        assertEquals("Thay tổng đài", plan.text("warnings.0.reason"));
        assertEquals(site.name(), plan.text("warnings.0.name"));
    }

    @Test
    void whatComesInIsWhatWasSeenOrNothing() {
        var mark = "I" + System.nanoTime();
        var table = "\uFEFFMã điểm cầu;Tên điểm cầu;Loại đơn vị;Đơn vị quản lý (mã);Trực thuộc (mã điểm cầu)\r\n"
                + mark + ";Bệnh viện A;Bệnh viện;BYT;SYT-40\r\n" + mark + "-1;Trạm A1;Trạm y tế xã;BYT;" + mark
                + "\r\n";
        var preview =
                administrator.sendTable("/api/endpoints/import/preview", table).expect(200);
        assertEquals(2, preview.get("new"));
        var apply = "/api/endpoints/import?token=" + preview.text("token");
        assertEquals(2, administrator.sendTable(apply, table).expect(200).get("new"));
        administrator.sendTable(apply, table).expect(412);
        var again =
                administrator.sendTable("/api/endpoints/import/preview", table).expect(200);
        assertEquals(2, again.get("unchanged"));
        // Somebody changes one of them between the look and the deed.
        var edit = "Mã điểm cầu,Phòng họp\n" + mark + ",Hội trường B\n";
        var seen =
                administrator.sendTable("/api/endpoints/import/preview", edit).expect(200);
        var id = UUID.fromString(
                administrator.get("/api/endpoints?q=" + mark).expect(200).text("items.0.id"));
        administrator
                .patch("/api/endpoints/" + id, card(id).etag(), Fields.of("room", "Hội trường A"))
                .expect(200);
        administrator
                .sendTable("/api/endpoints/import?token=" + seen.text("token"), edit)
                .expect(412);
        assertEquals("Hội trường A", card(id).text("room"));
        var wrong = administrator
                .sendTable("/api/endpoints/import/preview", "code,capacity\n" + mark + ",nhiều\n")
                .expect(200);
        assertEquals("Sức chứa", wrong.text("lines.0.errors.0.label"));
        administrator
                .sendTable("/api/endpoints/import?token=" + wrong.text("token"), "code,capacity\n" + mark + ",nhiều\n")
                .expect(409);
    }
}

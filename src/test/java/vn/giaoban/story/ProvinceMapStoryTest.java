package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;

/** The night in which 63 provinces became 34, seen from the registry: nobody is lost, nobody is invited twice. */
@Timeout(120)
class ProvinceMapStoryTest {
    private static final String TABLE = """
            code,name,kind,organisation,provinceSystem,province,validFrom,parent
            SYT63-02,Sở Y tế tỉnh Hà Giang,DEPARTMENT,BYT,gso-63,02,2010-01-01,
            SYT63-08,Sở Y tế tỉnh Tuyên Quang,DEPARTMENT,BYT,gso-63,08,2010-01-01,
            BV-HG,Bệnh viện Hà Giang,HOSPITAL,BYT,gso-63,02,2010-01-01,SYT63-02
            """;

    private static World world;

    private Someone administrator;

    @BeforeAll
    static void aHouseOfItsOwn() {
        world = World.with(Map.of());
        world.clock.set(Instant.parse("2025-06-10T02:00:00Z"));
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private UUID id(String code) {
        return UUID.fromString(administrator
                .get("/api/endpoints/registry?q=" + code)
                .expect(200)
                .text("items.0.id"));
    }

    private UUID briefing(Instant start, UUID... sites) {
        var id = administrator
                .create("/api/briefings", world.plan("BRIEFING", "Giao ban", start, 30))
                .expect(201)
                .id();
        administrator
                .create(
                        "/api/briefings/" + id + "/endpoints",
                        Fields.of(
                                "endpoints",
                                List.of(sites).stream().map(UUID::toString).toList()))
                .expect(201);
        return id;
    }

    /** It took place: what a briefing's whole life would leave behind, without living it. */
    private void tookPlace(UUID briefing) {
        var db = world.node.rooms().db();
        db.query("UPDATE briefing SET status = 'CLOSED' WHERE id = $1", briefing);
        db.query("UPDATE invitation SET joined_at = clock_timestamp() WHERE briefing = $1", briefing);
    }

    private Reply statistics(String map) {
        return administrator
                .get("/api/provinces/statistics?from=2025-06-01&to=2025-07-31&map=" + map)
                .expect(200);
    }

    private static int joined(Reply reply, String key) {
        var sum = 0;
        for (var item : (List<?>) reply.get("items")) {
            var row = (Map<?, ?>) item;
            if (key.equals(row.get("codeSystem") + " " + row.get("code"))) sum += (Integer) row.get("joined");
        }
        return sum;
    }

    @Test
    void twoProvincesBecomeOneAndEverythingFindsItsPlace() {
        administrator = world.administrator();
        var token = administrator
                .sendTable("/api/endpoints/import/preview", TABLE)
                .expect(200)
                .text("token");
        administrator.sendTable("/api/endpoints/import?token=" + token, TABLE).expect(200);
        var haGiang = id("SYT63-02");
        var tuyenQuang = id("SYT63-08");
        var hospital = id("BV-HG");
        var heir = world.department("08").id();
        var old = briefing(Instant.parse("2025-06-20T02:00:00Z"), haGiang, tuyenQuang, hospital);
        var both = briefing(Instant.parse("2025-07-20T02:00:00Z"), haGiang, tuyenQuang, hospital);
        var one = briefing(Instant.parse("2025-07-21T02:00:00Z"), haGiang);

        var change = Fields.of("kind", "MERGE")
                .and("on", "2025-07-01")
                .and("act", "Nghị quyết 202/2025/QH15")
                .and(
                        "from",
                        List.of(
                                Fields.of("codeSystem", "gso-63").and("code", "02"),
                                Fields.of("codeSystem", "gso-63").and("code", "08")))
                .and("to", List.of(Fields.of("code", "08")));
        var preview =
                administrator.post("/api/provinces/changes/preview", change).expect(200);
        var outcomes = new java.util.TreeMap<String, String>();
        for (var each : (List<?>) preview.get("endpoints"))
            outcomes.put((String) ((Map<?, ?>) each).get("code"), (String) ((Map<?, ?>) each).get("outcome"));
        assertEquals("ENDED", outcomes.get("SYT63-02"));
        assertEquals("MOVED", outcomes.get("BV-HG"));
        assertEquals("ENDED", outcomes.get("SYT63-08"));
        assertEquals("STAYS", outcomes.get("SYT-08"), "the department of the new province is there already");
        administrator
                .post("/api/provinces/changes", change.and("token", preview.text("token")))
                .expect(200);

        var ended = change.and("on", "2026-07-01");
        var refused = administrator
                .post("/api/provinces/changes/preview", ended)
                .expect(422)
                .text();
        assertTrue(refused.contains("/from/0/code"), "what has ended becomes nothing a year later: " + refused);

        // No orphan: what stood under the one that ends stands under the one that lives on.
        assertEquals(
                heir.toString(), administrator.get("/api/endpoints/" + hospital).text("parent.id"));
        // No double invitation, and whoever was invited alone has an heir.
        for (var planned : List.of(both, one))
            administrator
                    .follow("briefing/" + planned)
                    .until("the heir", page -> {
                        var seen = String.valueOf(page.view());
                        return seen.contains(heir.toString())
                                && !seen.contains(tuyenQuang.toString())
                                && !seen.contains(haGiang.toString());
                    })
                    .close();
        assertEquals(List.of(hospital, heir), invited(both));
        assertEquals(List.of(heir), invited(one));
        assertEquals(3, invited(old).size(), "what was before stays as it was");

        tookPlace(old);
        tookPlace(both);
        world.clock.set(Instant.parse("2025-08-01T02:00:00Z"));
        administrator = world.administrator();
        var then = statistics("then");
        assertEquals(2, joined(then, "gso-63 02"), "before, as it stood");
        assertEquals(1, joined(then, "gso-63 08"));
        assertEquals(2, joined(then, "gso-34 08"), "after");
        var before = statistics("gso-63");
        assertEquals(3, joined(before, "gso-63 02"), "the hospital is in Hà Giang, whatever it is called now");
        assertEquals(2, joined(before, "gso-63 08"));
        var after = statistics("gso-34");
        assertEquals(5, joined(after, "gso-34 08"));
        assertEquals(then.get("total"), before.get("total"));
        assertEquals(then.get("total"), after.get("total"));
        assertEquals(5, after.get("total.joined"));
    }

    @Test
    void theWholeCountryComesInWithinSecondsAndGoesOutUnchanged() {
        administrator = world.administrator();
        var mark = "X" + System.nanoTime() + "-";
        var table = new StringBuilder("code,name,kind,organisation,parent,contact1Name,contact1Phone\n");
        for (int i = 0; i < 3_356; i++)
            table.append(mark)
                    .append(i)
                    .append(",Trạm y tế ")
                    .append(i)
                    .append(",STATION,BYT,SYT-40,Người ")
                    .append(i)
                    .append(",0900 ")
                    .append(100_000 + i)
                    .append('\n');
        long began = System.nanoTime();
        var preview = administrator
                .sendTable("/api/endpoints/import/preview", table.toString())
                .expect(200);
        long seen = System.nanoTime();
        assertEquals(3_356, preview.get("new"));
        administrator
                .sendTable("/api/endpoints/import?token=" + preview.text("token"), table.toString())
                .expect(200);
        long done = System.nanoTime();
        System.err.println("import of 3356: preview " + (seen - began) / 1_000_000 + " ms, apply "
                + (done - seen) / 1_000_000 + " ms");
        var out = administrator.get("/api/endpoints.csv").expect(200).text();
        var back = administrator.sendTable("/api/endpoints/import/preview", out).expect(200);
        assertEquals(0, back.get("new"));
        assertEquals(0, back.get("changed"), () -> back.text().substring(0, 2_000));
        assertEquals(0, back.get("errors"), () -> back.text().substring(0, 2_000));
    }

    private List<UUID> invited(UUID briefing) {
        var ids = new java.util.ArrayList<UUID>();
        for (var each : (List<?>)
                administrator.get("/api/briefings/" + briefing).expect(200).get("invitations"))
            ids.add(UUID.fromString((String) ((Map<?, ?>) each).get("endpoint")));
        ids.sort(java.util.Comparator.comparing(
                id -> administrator.get("/api/endpoints/" + id).text("code")));
        return ids;
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;

/** The list of sites with what each room of the house knows of them, on a page and as a spreadsheet. */
class SiteListStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    @Test
    void theListGathersWhatTheHouseKnowsAndInventsNothing() throws Exception {
        var evil = world.newEndpoint("=HYPERLINK(\"http://x\")").id();
        var plain = world.newEndpoint("Sơn La").id();
        organizer
                .patch(
                        "/api/endpoints/" + plain,
                        organizer.get("/api/endpoints/" + plain).expect(200).etag(),
                        Fields.of("room", "Phòng 305, 12 Lê Lợi")
                                .and("provider", "VNPT")
                                .and("mbps", 100)
                                .and("dutyName", "Lò Văn Trực")
                                .and("dutyPhone", "0912345678"))
                .expect(200);
        var id = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(evil, plain));
        var atPlain = world.operator(plain);
        atPlain.put(path(id) + "/endpoints/" + plain + "/reply", Fields.of("answer", "CONFIRMED"))
                .expect(200);
        atPlain.create(path(id) + "/endpoints/" + plain + "/delegates", Fields.of("name", "Cầm Thị A"))
                .expect(201);

        var list = organizer.get(path(id) + "/sites").expect(200);
        assertEquals("Bộ Y tế", list.get("letterhead.body"));
        assertEquals("Hà Nội", list.get("letterhead.place"));
        assertNull(list.get("letterhead.parent"), "nobody stands above a ministry");
        assertEquals("Phòng 305, 12 Lê Lợi", list.get("items.1.room"));
        assertEquals(1, list.get("items.1.capacity"));
        assertEquals("Lò Văn Trực", list.get("items.1.contacts.0.name"));
        assertEquals("VNPT 100 Mb/s", list.get("items.1.equipment.0"));
        assertEquals("CONFIRMED", list.get("items.1.answer"));
        for (var unknown : List.of("room", "capacity", "test1", "test2", "answer", "state"))
            assertNull(list.get("items.0." + unknown), unknown);
        atPlain.get(path(id) + "/sites").expect(403);
        // Whom to call at the silent ones comes with the answers.
        assertEquals(
                "0912345678", organizer.get(path(id) + "/replies").expect(200).get("items.1.contacts.0.phone"));

        var bytes = bytes(path(id) + "/sites.xlsx");
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            var rows = book.getFirstSheet().read();
            assertEquals(
                    "DANH SÁCH ĐIỂM CẦU VÀ ĐẦU MỐI KỸ THUẬT", rows.getFirst().getCellText(0));
            var head = rows.stream()
                    .filter(row -> row.getCellText(0).equals("TT"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("Tên điểm cầu", head.getCellText(1));
            assertEquals("Trạng thái", head.getCellText(9));
            var first = rows.get(rows.indexOf(head) + 1);
            assertEquals(CellType.STRING, first.getCell(1).getType(), "a name is never a formula");
            assertTrue(first.getCellText(1).startsWith("=HYPERLINK"));
            assertEquals("Chưa trả lời", first.getCellText(9));
            var second = rows.get(rows.indexOf(head) + 2);
            assertEquals(CellType.NUMBER, second.getCell(4).getType());
            assertEquals("Lò Văn Trực 0912345678", second.getCellText(6));
        }
        var sheet = part(bytes, "xl/worksheets/sheet1.xml");
        assertTrue(sheet.contains("state=\"frozen\"") || sheet.contains("<pane"), "the head stays in sight");
        assertTrue(sheet.contains("<cols>"), "columns have widths");
        assertTrue(!sheet.contains("<f>"), "no formula");
        assertTrue(sheet.contains("orientation=\"landscape\""), "for paper");
    }

    private byte[] bytes(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(world.base + path))
                .header("Cookie", organizer.cookie())
                .header("Origin", world.base)
                .header("Accept-Language", "vi")
                .build();
        var response = Someone.HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        assertEquals(
                Map.of("type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                Map.of("type", response.headers().firstValue("content-type").orElse("")));
        return response.body();
    }

    private static String part(byte[] book, String name) throws Exception {
        var file = java.nio.file.Files.createTempFile("sites", ".xlsx");
        java.nio.file.Files.write(file, book);
        try (var zip = new ZipFile(file.toFile())) {
            return new String(
                    zip.getInputStream(zip.getEntry(name)).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } finally {
            java.nio.file.Files.delete(file);
        }
    }

    private static String path(UUID id) {
        return "/api/briefings/" + id;
    }
}

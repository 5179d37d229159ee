package vn.giaoban.attendance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Words;

/** Both reports as tables: in the reader's language, in the briefing's hours, and with nothing that runs. */
class ReportsTest {
    private static final Map<String, Object> ATTENDANCE = Fields.of("zone", "Asia/Ho_Chi_Minh")
            .and(
                    "sites",
                    List.of(
                            Fields.of("name", "Nghệ An")
                                    .and("attended", true)
                                    .and("joinedAt", "2026-12-01T01:00:00.000Z")
                                    .and("minutes", 42.5)
                                    .and("losses", 1)
                                    .and(
                                            "rollCalls",
                                            List.of(
                                                    Fields.of("result", "PRESENT")
                                                            .and("at", "2026-12-01T01:03:10.000Z"),
                                                    Fields.of("result", "NO_ANSWER")
                                                            .and("at", "2026-12-01T02:40:00.000Z")))
                                    .and(
                                            "delegates",
                                            List.of(
                                                    Fields.of("name", "=cmd|' /C calc'!A0")
                                                            .and("from", "2026-12-01T01:00:00.000Z"),
                                                    Fields.of("name", "Trần Thị B")
                                                            .and("title", "Giám đốc")
                                                            .and("registeredAt", "2026-11-30T01:00:00.000Z"))),
                            Fields.of("name", "Cao Bằng")
                                    .and("attended", false)
                                    .and("minutes", 0.0)
                                    .and("losses", 0)
                                    .and("delegates", List.of())))
            .and(
                    "addenda",
                    List.of(Fields.of("number", 1)
                            .and("at", "2026-12-01T05:00:00.000Z")
                            .and("by", "Thư ký")
                            .and("text", "+1 người")));

    @Test
    void attendanceInVietnamese() {
        var lines = lines(Reports.attendance(ATTENDANCE, Words.VI));
        assertTrue(
                lines.getFirst().startsWith("\uFEFFĐiểm cầu,Có mặt,Vào phòng (Asia/Ho_Chi_Minh),"), lines.getFirst());
        assertEquals(
                "Nghệ An,Có,2026-12-01 08:00:00,,42.5,1,\"Có mặt 08:03:10; Không trả lời 09:40:00\",'=cmd|' /C calc'!A0,,,2026-12-01 08:00:00,,,,,",
                lines.get(1));
        assertEquals(
                "Nghệ An,Có,2026-12-01 08:00:00,,42.5,1,\"Có mặt 08:03:10; Không trả lời 09:40:00\",Trần Thị B,Giám đốc,2026-11-30 08:00:00,,,,,,",
                lines.get(2));
        assertEquals("Cao Bằng,Không,,,0.0,0,,,,,,,,,,", lines.get(3));
        assertEquals(",,,,,,,,,,,,1,2026-12-01 12:00:00,Thư ký,'+1 người", lines.get(4));
        assertEquals(5, lines.size());
    }

    @Test
    void timingInEnglish() {
        var timing = Fields.of("zone", "Asia/Ho_Chi_Minh")
                .and(
                        "items",
                        List.of(Fields.of("title", "Khai mạc")
                                .and("status", "DONE")
                                .and("late", false)
                                .and("plannedStart", "2026-12-01T01:00:00.000Z")
                                .and("plannedMinutes", 10)
                                .and("startedAt", "2026-12-01T01:01:00.000Z")
                                .and("endedAt", "2026-12-01T01:08:30.000Z")
                                .and("actualMs", 450_000L)
                                .and("overMs", -150_000L)))
                .and(
                        "speaking",
                        List.of(Fields.of("name", "Nghệ An").and("times", 2).and("spokenMs", 90_000L)));
        var lines = lines(Reports.timing(timing, Words.EN));
        assertTrue(lines.getFirst().startsWith("\uFEFFItem,Status,Late item,"), lines.getFirst());
        assertEquals(
                "Khai mạc,Done,No,,2026-12-01 08:00:00,10,2026-12-01 08:01:00,2026-12-01 08:08:30,7.5,-2.5,,,",
                lines.get(1));
        assertEquals(",,,,,,,,,,Nghệ An,2,1.5", lines.get(2));
    }

    /** A head without its sentence would stand there as its key. */
    @Test
    void everyHeadHasItsWords() {
        for (var words : Words.values()) {
            assertFalse(Reports.attendance(ATTENDANCE, words).contains("csv."));
            for (var status : List.of("PLANNED", "LIVE", "DONE", "SKIPPED"))
                assertTrue(words.has("csv.status." + status));
        }
    }

    private static List<String> lines(String csv) {
        return List.of(csv.split("\r\n"));
    }
}

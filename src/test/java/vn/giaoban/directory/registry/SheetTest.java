package vn.giaoban.directory.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Organisation;
import vn.giaoban.directory.Province;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.directory.registry.card.Column;
import vn.giaoban.directory.registry.card.Facts;
import vn.giaoban.directory.registry.card.Known;
import vn.giaoban.directory.registry.card.Text;
import vn.giaoban.http.Refusal;
import vn.giaoban.http.Words;

/** A table of endpoints in and out: what an import would do, said line by line, and nothing lost on the way. */
class SheetTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final Organisation MINISTRY =
            new Organisation(UUID.randomUUID(), "BYT", "Bộ Y tế", null, Organisation.Kind.MINISTRY);
    private static final Organisation OTHER =
            new Organisation(UUID.randomUUID(), "SYT-40", "Sở Y tế", null, Organisation.Kind.DEPARTMENT);
    private static final List<Province> PROVINCES =
            List.of(province("gso-63", "15", "Tỉnh Yên Bái"), province("gso-34", "15", "Tỉnh Lào Cai"));

    private static Province province(String system, String code, String name) {
        return new Province(
                system, code, name, name, "tỉnh", "Trung du", LocalDate.parse("2025-07-01"), null, null, List.of());
    }

    private static Card card(String code, String name, Facts facts) {
        return new Card(
                UUID.randomUUID(),
                7,
                LocalDate.parse("2020-01-01"),
                null,
                null,
                new Endpoint.Period(
                        LocalDate.parse("2020-01-01"),
                        null,
                        code,
                        name,
                        "",
                        Endpoint.Kind.HOSPITAL,
                        MINISTRY.id(),
                        null,
                        "gso-34",
                        "15",
                        ""),
                facts,
                1);
    }

    private static Known known(Card... cards) {
        return Known.of(List.of(cards), List.of(MINISTRY, OTHER), PROVINCES, MINISTRY.id()::equals);
    }

    private static Import preview(String table, Card... cards) {
        return Import.preview(Sheet.read(table, 100), known(cards), TODAY);
    }

    private static final Card LAO_CAI =
            card("BV-1", "Bệnh viện Lào Cai", new Facts(Map.of(Column.ROOM, "P1", Column.CAPACITY, "40")));

    @Test
    void everyLineSaysWhatWouldHappen() {
        var result = preview("""
                Ma diem cau;Tên điểm cầu;Loại đơn vị;Đơn vị quản lý (mã);Phòng họp;Sức chứa;Màu tường
                BV-1;Bệnh viện Lào Cai;Bệnh viện;BYT;"Hội trường; tầng 2";40;xanh
                BV-2;Bệnh viện mới;hospital;BYT;;;
                BV-3;;Nhà máy;XYZ;;nhiều;
                BV-1;;;;;;
                """, LAO_CAI);
        assertEquals(
                List.of("CHANGED", "NEW", "ERROR", "ERROR"),
                result.lines().stream().map(line -> line.outcome().name()).toList());
        assertEquals(List.of("Màu tường"), result.strange());
        var changed = result.lines().getFirst().differences();
        assertEquals(
                List.of(new Import.Difference(Column.ROOM, "P1", "Hội trường; tầng 2")),
                changed,
                "nothing but the room");
        assertEquals(
                Map.of("kind", "enum", "capacity", "integer", "name", "required"),
                result.lines().get(2).faults().stream()
                        .collect(Collectors.toMap(Refusal.Fault::pointer, Refusal.Fault::reason, (a, b) -> a)));
        assertEquals(
                List.of(2, 3, 4, 5),
                result.lines().stream().map(Import.Line::line).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code,provinceSystem,province\\nBV-1,gso-63,15     | gso-63 15",
                "code,provinceSystem,province\\nBV-1,gso-34,15     | gso-34 15",
                "code,province\\nBV-1,Lào Cai                      | gso-34 15",
                "code,provinceSystem,province\\nBV-1,gso-63,yen bai | gso-63 15",
                "code,provinceSystem,province\\nBV-1,,14            | province-system",
                "code,provinceSystem,province\\nBV-1,gso-34,99      | unknown-code",
                "code,organisation\\nBV-1,SYT-40                    | not-yours",
                "code,parent\\nBV-1,BV-1                            | parent-circle",
                "code,validFrom,name\\nBV-1,31/12/2019,Khác         | earlier-period",
                "code,validFrom\\nBV-1,30/02/2026                   | date"
            })
    void aBareCodeOfAProvinceSaysNothing(String table, String result) {
        var line = preview(table.replace("\\n", "\n"), LAO_CAI).lines().getFirst();
        if (line.faults().isEmpty()) {
            var last = line.after() == null ? LAO_CAI.last() : line.after().last();
            assertEquals(result, last.provinceSystem() + " " + last.provinceCode());
        } else assertEquals(result, line.faults().getFirst().reason());
    }

    @Test
    void aNewNameWithALaterDayIsANewPeriodAndWithoutItACorrection() {
        var later = preview("code,name,validFrom\nBV-1,Tên mới,01/07/2026", LAO_CAI);
        assertEquals(
                LocalDate.parse("2026-07-01"),
                later.lines().getFirst().after().last().from());
        var now = preview("code,name\nBV-1,Tên mới", LAO_CAI);
        assertEquals(
                LocalDate.parse("2020-01-01"),
                now.lines().getFirst().after().last().from());
        var neither = preview("code,validFrom\nBV-1,01/07/2026", LAO_CAI);
        assertEquals(Import.Outcome.UNCHANGED, neither.lines().getFirst().outcome());
    }

    @Test
    void parentsMayStandInTheSameTableInAnyOrderButNotInACircle() {
        var tree = preview("""
                code,name,kind,organisation,parent
                B,Trạm,STATION,BYT,A
                A,Bệnh viện,HOSPITAL,BYT,
                """);
        assertEquals(2, tree.count(Import.Outcome.NEW));
        assertEquals(
                tree.lines().get(1).after().id(),
                tree.lines().get(0).after().last().parent());
        var circle = preview("""
                code,name,kind,organisation,parent
                B,Trạm,STATION,BYT,A
                A,Bệnh viện,HOSPITAL,BYT,B
                """);
        assertEquals(2, circle.count(Import.Outcome.ERROR));
    }

    @Test
    void aRowThatBreaksOffSaysNothingOfTheRest() {
        var line = preview("code,name,room,capacity\nBV-1,Bệnh viện Lào Cai,P2", LAO_CAI)
                .lines()
                .getFirst();
        assertEquals(List.of(new Import.Difference(Column.ROOM, "P1", "P2")), line.differences());
        var emptied = preview("code,name,room,capacity\nBV-1,Bệnh viện Lào Cai,P1,", LAO_CAI)
                .lines()
                .getFirst();
        assertEquals(List.of(new Import.Difference(Column.CAPACITY, "40", "")), emptied.differences());
    }

    @Test
    void whoSendsBackTheWholeTableChangesNothingOfOthers() {
        var known = Known.of(List.of(LAO_CAI), List.of(MINISTRY, OTHER), PROVINCES, OTHER.id()::equals);
        var outcomes = List.of("BV-1,P1,", "BV-1,P1,0901 234 567", "BV-1,P2,", "BV-2,P1,").stream()
                .map(row -> Import.preview(Sheet.read("code,room,dutyPhone\n" + row, 100), known, TODAY)
                        .lines()
                        .getFirst())
                .toList();
        assertEquals(
                List.of("UNCHANGED", "UNCHANGED", "ERROR", "ERROR"),
                outcomes.stream().map(line -> line.outcome().name()).toList(),
                "as it is, also where a private telephone is guessed at; another room; a new one");
        assertTrue(outcomes.stream().allMatch(line -> line.after() == null));
    }

    @Test
    void whatIsNoTableIsRefusedByItsLine() {
        for (var table : Map.of(
                        "", "no-headings",
                        "\n\n", "no-headings",
                        "name\nX", "no-code-column",
                        "code,code\nX,Y", "twice",
                        "code\n\"X", "quotes")
                .entrySet())
            assertEquals(
                    table.getValue(),
                    assertThrows(Refusal.class, () -> Sheet.read(table.getKey(), 100), table.getKey())
                            .faults()
                            .getFirst()
                            .reason(),
                    table.getKey());
        assertThrows(Refusal.class, () -> Sheet.read("code\n" + "a\n".repeat(101), 100));
        assertEquals(100, Sheet.read("code\n" + "a\n".repeat(100), 100).rows().size());
    }

    @Test
    void whatASpreadsheetWouldRunIsGuardedOnTheWayOutAndReadBackAsItWas() {
        for (var text : List.of("=1+1", "+84 24 1080", "-x", "@x", "'=x", "''=x", "'x", "'", "＝x")) {
            var card = card("A", "A", new Facts(Map.of(Column.ROOM, text)));
            var table = Sheet.write(List.of(known(card).texts(card)), Words.VI);
            assertTrue(!table.contains("," + text + ",") || text.startsWith("'"), table);
            assertEquals(
                    text,
                    Sheet.read(table.substring(1), 9).rows().getFirst().cells().get(Column.ROOM));
        }
    }

    @Property(tries = 200)
    void outAndInAgainChangesNothing(@ForAll("cards") List<Map<Column, String>> texts, @ForAll boolean english) {
        var cards = new ArrayList<Card>();
        for (var each : texts) cards.add(card("C" + cards.size(), "Tên " + cards.size(), new Facts(each)));
        var known = known(cards.toArray(Card[]::new));
        var words = english ? Words.EN : Words.VI;
        var table = Sheet.write(cards.stream().map(known::texts).toList(), words);
        var read = Import.preview(Sheet.read(table.substring(1), 100), known, TODAY);
        assertEquals(cards.size(), read.lines().size());
        for (var line : read.lines())
            assertEquals(
                    Import.Outcome.UNCHANGED, line.outcome(), () -> line.faults() + " " + line.differences() + table);
    }

    @Provide
    Arbitrary<List<Map<Column, String>>> cards() {
        var odd = Arbitraries.of(
                "=SUM(A1)",
                "+84 24 3846",
                "'=x",
                "a\"b",
                "a;b,c",
                "Hà Nội",
                "Hội trường\u00a0A",
                "-",
                "'",
                "|",
                "a | b",
                "\u0110");
        var any = Arbitraries.strings().ofMaxLength(20);
        return Arbitraries.maps(Arbitraries.of(Column.values()), Arbitraries.oneOf(odd, any))
                .ofMaxSize(20)
                .map(SheetTest::kept)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    /** What of it the registry would take. */
    private static Map<Column, String> kept(Map<Column, String> raw) {
        var kept = new EnumMap<Column, String>(Column.class);
        raw.forEach((column, text) -> {
            try {
                kept.put(column, Text.read(column, text));
            } catch (Text.Unfit unfit) {
                kept.remove(column);
            }
        });
        return kept;
    }
}

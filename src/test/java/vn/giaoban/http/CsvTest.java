package vn.giaoban.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is exported can be read back by RFC 4180, and no text of it is a formula to a spreadsheet. */
class CsvTest {
    private static final String DANGEROUS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    @Test
    void beginsWithAMarkAndEndsItsLinesAsTheRfcSays() {
        var csv = new Csv(List.of("Điểm cầu", "Phút"));
        csv.row(List.of("Sở Y tế, \"Nghệ An\"", 3.5));
        csv.row(Arrays.asList(null, -2));
        assertEquals("\uFEFFĐiểm cầu,Phút\r\n\"Sở Y tế, \"\"Nghệ An\"\"\",3.5\r\n,-2\r\n", csv.toString());
    }

    @Test
    void aShortRowIsFilledUp() {
        var csv = new Csv(List.of("a", "b", "c"));
        csv.row(List.of("x"));
        assertTrue(csv.toString().endsWith("x,,\r\n"));
    }

    @Test
    void formulasBecomeText() {
        assertEquals("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"", Csv.cell("=HYPERLINK(\"http://x\",\"y\")"));
        assertEquals("'-2+3", Csv.cell("-2+3"));
        assertEquals("'\uFF1D1", Csv.cell("\uFF1D1"));
        assertEquals("'\tx", Csv.cell("\tx"));
    }

    @Property
    void whateverIsWrittenIsReadBackAndIsNoFormula(@ForAll("tables") List<List<String>> table) {
        var csv = new Csv(table.getFirst());
        table.subList(1, table.size()).forEach(csv::row);
        var read = read(csv.toString());
        assertEquals(table.size(), read.size());
        for (int r = 0; r < table.size(); r++) {
            assertEquals(table.get(r).size(), read.get(r).size());
            for (int c = 0; c < table.get(r).size(); c++) {
                var wrote = table.get(r).get(c);
                var cell = read.get(r).get(c);
                assertTrue(cell.isEmpty() || DANGEROUS.indexOf(cell.charAt(0)) < 0, cell);
                assertEquals(wrote, cell.equals(wrote) ? cell : cell.substring(1));
            }
        }
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        var cell = Arbitraries.strings()
                .withChars(DANGEROUS + "\",;' aệ1")
                .withCharRange('a', 'f')
                .ofMaxLength(8);
        return Arbitraries.integers()
                .between(1, 4)
                .flatMap(width -> cell.list().ofSize(width).list().ofMinSize(1).ofMaxSize(5));
    }

    /** A reader by the letter of RFC 4180, written without a look at the writer. */
    private static List<List<String>> read(String text) {
        assertEquals('\uFEFF', text.charAt(0));
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') cell.append(c);
                else if (i + 1 < text.length() && text.charAt(i + 1) == '"') cell.append(text.charAt(++i));
                else quoted = false;
            } else if (c == '"') {
                assertEquals(0, cell.length(), "a quote opens a cell or does not stand");
                quoted = true;
            } else if (c == ',') {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\r') {
                assertEquals('\n', text.charAt(++i));
                row.add(cell.toString());
                cell.setLength(0);
                rows.add(List.copyOf(row));
                row.clear();
            } else cell.append(c);
        }
        assertEquals(0, row.size(), "ends with a line end");
        return rows;
    }
}

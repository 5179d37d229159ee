package vn.giaoban.directory.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import vn.giaoban.directory.registry.card.Column;
import vn.giaoban.directory.registry.card.Text;
import vn.giaoban.http.Csv;
import vn.giaoban.http.Refusal;
import vn.giaoban.http.Refusal.Fault;
import vn.giaoban.http.Words;

/**
 * A table of endpoints as people keep it in a spreadsheet: comma, semicolon or tab between the cells, headings in either
 * language in any order. What is written out reads back as the same.
 *
 * @param strange headings that name no column of ours: they are left aside, and the reader is told
 */
public record Sheet(List<Column> columns, List<String> strange, List<Row> rows) {
    /** What a spreadsheet takes for the beginning of a formula; the export puts an apostrophe before it. */
    private static final String FORMULA = "'*[-=+@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20].*";

    private static final CsvMapper MAPPER =
            CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

    /** One line; its number is that of a spreadsheet, where the headings are the first. */
    public record Row(int line, Map<Column, String> cells) {}

    static Sheet read(String text, int mostLines) {
        var lines = lines(text, mostLines);
        if (lines.isEmpty() || empty(lines.getFirst())) throw Refusal.field("/1", "no-headings");
        var heads = Arrays.stream(lines.getFirst()).map(Sheet::heading).toList();
        var columns = new ArrayList<Column>();
        var strange = new ArrayList<String>();
        for (var head : heads) {
            var column = Column.of(head);
            if (column == null && !head.isEmpty()) strange.add(head);
            if (column != null && columns.contains(column))
                throw new Refusal(422, "invalid", Map.of()).faults(List.of(new Fault("/1/" + head, "twice")));
            columns.add(column);
        }
        if (!columns.contains(Column.CODE)) throw Refusal.field("/1", "no-code-column");
        var rows = new ArrayList<Row>();
        for (int i = 1; i < lines.size(); i++) {
            var cells = new EnumMap<Column, String>(Column.class);
            if (empty(lines.get(i))) continue;
            // A row that is shorter than the headings says nothing of the rest: what is known of it stays.
            for (int c = 0; c < Math.min(columns.size(), lines.get(i).length); c++)
                if (columns.get(c) != null) cells.put(columns.get(c), unguarded(lines.get(i)[c]));
            rows.add(new Row(i + 1, cells));
        }
        return new Sheet(columns.stream().filter(c -> c != null).toList(), strange, rows);
    }

    private static List<String[]> lines(String text, int mostLines) {
        var lines = new ArrayList<String[]>();
        try (MappingIterator<String[]> read = MAPPER.readerFor(String[].class)
                .with(CsvSchema.emptySchema().withColumnSeparator(separator(text)))
                .readValues(text)) {
            while (read.hasNextValue()) {
                lines.add(read.nextValue());
                if (lines.size() > mostLines + 1)
                    throw Refusal.field("/" + lines.size(), "too-many-lines", Map.of("most", mostLines));
            }
        } catch (JacksonException e) {
            throw Refusal.field("/" + (lines.size() + 1), "quotes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** What stands most often in the line of headings, outside of quotes. */
    private static char separator(String text) {
        var counts = new int[128];
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') quoted = !quoted;
            else if (!quoted && (c == '\n' || c == '\r')) break;
            else if (!quoted && c < counts.length) counts[c]++;
        }
        return counts[';'] > counts[','] ? ';' : counts['\t'] > counts[','] ? '\t' : ',';
    }

    private static boolean empty(String[] cells) {
        return Arrays.stream(cells).allMatch(cell -> cell == null || cell.isBlank());
    }

    private static String heading(String raw) {
        try {
            return Text.tidy(raw);
        } catch (Text.Unfit e) {
            return "?";
        }
    }

    /** The table of these cards, each as its texts by column. */
    static String write(Collection<? extends Map<Column, String>> cards, Words words) {
        var csv = new Csv(
                Arrays.stream(Column.values()).map(c -> c.heading(words)).toList());
        for (var card : cards)
            csv.row(Arrays.stream(Column.values())
                    .map(column -> guarded(Text.said(column, card.getOrDefault(column, ""), words)))
                    .toList());
        return csv.toString();
    }

    /** A text that already begins as if it had been guarded gets one more apostrophe, so that one can be taken away. */
    private static String guarded(String text) {
        return text.startsWith("'") && text.matches(FORMULA) ? "'" + text : text;
    }

    private static String unguarded(String text) {
        return text != null && text.startsWith("'") && text.substring(1).matches("(?s)" + FORMULA)
                ? text.substring(1)
                : text;
    }
}

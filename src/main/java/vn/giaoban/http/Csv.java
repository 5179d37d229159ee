package vn.giaoban.http;

import java.util.List;

/**
 * A table for spreadsheets, as RFC 4180 has it: a byte order mark, without which Excel reads Vietnamese as something
 * else, CRLF, quotes where needed. A text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
public final class Csv {
    /** The full-width forms count too: East Asian spreadsheets take them for the plain ones. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private final StringBuilder text = new StringBuilder("\uFEFF");
    private final int width;

    public Csv(List<String> heads) {
        this.width = heads.size();
        row(heads);
    }

    /** A row as wide as the heads. Null is an empty cell; numbers stand as they are, a negative one is no formula. */
    public void row(List<?> cells) {
        for (int i = 0; i < width; i++)
            text.append(i == 0 ? "" : ",").append(i < cells.size() ? cell(cells.get(i)) : "");
        text.append("\r\n");
    }

    static String cell(Object value) {
        return switch (value) {
            case null -> "";
            case Number number -> number.toString();
            default -> quoted(safe(value.toString()));
        };
    }

    private static String safe(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        return text.chars().anyMatch(c -> c == '"' || c == ',' || c == ';' || c == '\r' || c == '\n')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

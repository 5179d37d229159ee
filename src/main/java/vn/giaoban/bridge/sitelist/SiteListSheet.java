package vn.giaoban.bridge.sitelist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.http.Words;

/**
 * The list of sites as a spreadsheet: headed in the reader's language, the head frozen. Everything is typed as text or
 * number, so that no name is ever run as a formula.
 */
final class SiteListSheet {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("HH:mm dd/MM/uuuu");
    private static final int HEAD = 3;

    private enum Cell {
        NO(0, 6),
        POINT(1, 34),
        LEVEL(2, 14),
        ROOM(3, 28),
        CAPACITY(4, 12),
        EQUIPMENT(5, 36),
        CONTACT(6, 32),
        TEST1(7, 20),
        TEST2(8, 20),
        STATUS(9, 18);

        private final int place;
        private final int width;

        Cell(int place, int width) {
            this.place = place;
            this.width = width;
        }
    }

    private final Words words;
    private final ZoneId zone;

    private SiteListSheet(Words words, ZoneId zone) {
        this.words = words;
        this.zone = zone;
    }

    static byte[] of(Briefing briefing, List<SiteRow> rows, Words words) {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "Giao Ban", null)) {
            new SiteListSheet(words, ZoneId.of(briefing.plan().zone()))
                    .fill(book.newWorksheet(words.say("sites.sheet")), briefing, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void fill(Worksheet sheet, Briefing briefing, List<SiteRow> rows) {
        int last = Cell.values().length - 1;
        title(sheet, 0, last, words.say("sites.title"));
        title(
                sheet,
                1,
                last,
                briefing.plan().title() + ", " + at(briefing.plan().start()));
        for (var cell : Cell.values()) {
            sheet.width(cell.place, cell.width);
            sheet.value(HEAD, cell.place, words.say("sites.column." + cell.name()));
        }
        sheet.range(HEAD, 0, HEAD, last)
                .style()
                .bold()
                .wrapText(true)
                .horizontalAlignment("center")
                .verticalAlignment("center")
                .fillColor("E0EFF5")
                .borderStyle(BorderStyle.THIN)
                .set();
        for (int i = 0; i < rows.size(); i++) row(sheet, HEAD + 1 + i, rows.get(i));
        if (!rows.isEmpty())
            sheet.range(HEAD + 1, 0, HEAD + rows.size(), last)
                    .style()
                    .wrapText(true)
                    .verticalAlignment("top")
                    .borderStyle(BorderStyle.THIN)
                    .set();
        sheet.freezePane(2, HEAD + 1);
        sheet.repeatRows(HEAD);
        sheet.setAutoFilter(HEAD, 0, HEAD + rows.size(), last);
        sheet.pageOrientation("landscape");
        sheet.paperSize(org.dhatim.fastexcel.PaperSize.A4_PAPER);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
    }

    private static void title(Worksheet sheet, int row, int last, String text) {
        sheet.value(row, 0, text);
        sheet.range(row, 0, row, last).merge();
        sheet.style(row, 0).bold().horizontalAlignment("center").set();
    }

    private void row(Worksheet sheet, int at, SiteRow row) {
        sheet.value(at, Cell.NO.place, row.no());
        text(sheet, at, Cell.POINT, row.point());
        text(sheet, at, Cell.LEVEL, words.say("sites.level." + row.level()));
        text(sheet, at, Cell.ROOM, row.room());
        if (row.expected() > 0) sheet.value(at, Cell.CAPACITY.place, row.expected());
        text(sheet, at, Cell.EQUIPMENT, String.join("\n", row.equipment()));
        text(
                sheet,
                at,
                Cell.CONTACT,
                row.contacts().stream()
                        .map(one -> (one.name() + " " + one.phone()).strip())
                        .collect(Collectors.joining("\n")));
        text(sheet, at, Cell.TEST1, test(row.test1()));
        text(sheet, at, Cell.TEST2, test(row.test2()));
        text(sheet, at, Cell.STATUS, status(row));
    }

    /** Before the doors open what counts is the answer to the invitation. */
    private String status(SiteRow row) {
        if (row.state() != null) return words.say("sites.state." + row.state());
        return words.say("sites.answer." + (row.answer() == null ? "NONE" : row.answer()));
    }

    private String test(SiteRow.Test test) {
        return test == null ? "" : words.say("sites.verdict." + test.verdict()) + ", " + at(test.at());
    }

    private String at(Instant instant) {
        return LOCAL.format(instant.atZone(zone));
    }

    private static void text(Worksheet sheet, int row, Cell cell, String text) {
        if (!text.isEmpty()) sheet.value(row, cell.place, text);
    }
}

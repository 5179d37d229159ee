package vn.giaoban.attendance;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vn.giaoban.http.Csv;
import vn.giaoban.http.Words;

/** The two reports as tables for spreadsheets, headed in the reader's language, hours in the briefing's zone. */
final class Reports {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int ADDENDUM_COLUMN = 12;
    private static final int ADDENDUM_TEXT_COLUMN = ADDENDUM_COLUMN + 3;
    private static final int SPEAKING_COLUMN = 10;

    private final Words words;
    private final ZoneId zone;

    Reports(Words words, Object zone) {
        this.words = words;
        this.zone = ZoneId.of((String) zone);
    }

    /** One row for each delegate, or for a site without any; the addenda below, in columns of their own. */
    static String attendance(Map<String, Object> attendance, Words words) {
        var report = new Reports(words, attendance.get("zone"));
        var csv = new Csv(report.heads(
                "site",
                "attended",
                "joined",
                "left",
                "minutes",
                "losses",
                "roll-call",
                "delegate",
                "title",
                "registered",
                "from",
                "to",
                "addendum",
                "addendum-at",
                "addendum-by",
                "addendum-text"));
        for (var site : list(attendance, "sites")) {
            var cells = report.site(site);
            var delegates = list(site, "delegates");
            if (delegates.isEmpty()) csv.row(cells);
            for (var delegate : delegates) {
                var row = new ArrayList<>(cells);
                row.add(delegate.get("name"));
                row.add(delegate.get("title"));
                row.add(report.local(delegate.get("registeredAt")));
                row.add(report.local(delegate.get("from")));
                row.add(report.local(delegate.get("to")));
                csv.row(row);
            }
        }
        // As the sites above, named for what they are: the list that was frozen stays what it is.
        if (attendance.containsKey("corrections"))
            for (var correction : list(attendance, "corrections")) {
                var row = report.site(correction);
                row.addAll(empty(ADDENDUM_TEXT_COLUMN - row.size()));
                row.add(words.say("csv.corrected"));
                csv.row(row);
            }
        for (var addendum : list(attendance, "addenda")) {
            var row = empty(ADDENDUM_COLUMN);
            row.add(addendum.get("number"));
            row.add(report.local(addendum.get("at")));
            row.add(addendum.get("by"));
            row.add(addendum.get("text"));
            csv.row(row);
        }
        return csv.toString();
    }

    private List<Object> site(Map<String, Object> site) {
        var cells = new ArrayList<Object>();
        cells.add(site.get("name"));
        cells.add(words.say(Boolean.TRUE.equals(site.get("attended")) ? "csv.yes" : "csv.no"));
        cells.add(local(site.get("joinedAt")));
        cells.add(local(site.get("leftAt")));
        cells.add(site.get("minutes"));
        cells.add(site.get("losses"));
        cells.add(rollCalls(site));
        return cells;
    }

    /** What came of each roll call, with its hour: "Có mặt 08:03:10; Không trả lời 09:40:00". */
    private String rollCalls(Map<String, Object> site) {
        return site.get("rollCalls") == null
                ? null
                : list(site, "rollCalls").stream()
                        .map(call -> words.say("csv.roll." + call.get("result")) + " "
                                + local(call.get("at")).substring(11))
                        .collect(Collectors.joining("; "));
    }

    /** The items in their order; below, in columns of their own, how long each site spoke. */
    static String timing(Map<String, Object> timing, Words words) {
        var report = new Reports(words, timing.get("zone"));
        var csv = new Csv(report.heads(
                "item",
                "status",
                "late",
                "speaker",
                "planned-start",
                "planned-minutes",
                "started",
                "ended",
                "actual-minutes",
                "over-minutes",
                "site",
                "times",
                "spoken-minutes"));
        for (var item : list(timing, "items")) csv.row(report.item(item));
        for (var site : list(timing, "speaking")) {
            var row = empty(SPEAKING_COLUMN);
            row.add(site.get("name"));
            row.add(site.get("times"));
            row.add(minutes(site.get("spokenMs")));
            csv.row(row);
        }
        return csv.toString();
    }

    private List<Object> item(Map<String, Object> item) {
        var cells = new ArrayList<Object>();
        cells.add(item.get("title"));
        cells.add(words.say("csv.status." + item.get("status")));
        cells.add(words.say(Boolean.TRUE.equals(item.get("late")) ? "csv.yes" : "csv.no"));
        cells.add(item.get("speaker"));
        cells.add(local(item.get("plannedStart")));
        cells.add(item.get("plannedMinutes"));
        cells.add(local(item.get("startedAt")));
        cells.add(local(item.get("endedAt")));
        cells.add(minutes(item.get("actualMs")));
        cells.add(minutes(item.get("overMs")));
        return cells;
    }

    private static List<Object> empty(int cells) {
        return new ArrayList<>(Collections.nCopies(cells, null));
    }

    private List<String> heads(String... names) {
        var heads = new ArrayList<String>();
        for (var name : names) heads.add(words.say("csv." + name, Map.of("zone", zone.getId())));
        return heads;
    }

    private static Double minutes(Object ms) {
        return ms == null ? null : Math.round(((Number) ms).doubleValue() / 6_000) / 10.0;
    }

    private String local(Object instant) {
        return instant == null
                ? null
                : LOCAL.format(Instant.parse((String) instant).atZone(zone));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> of, String name) {
        return (List<Map<String, Object>>) of.get(name);
    }
}

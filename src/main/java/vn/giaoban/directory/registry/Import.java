package vn.giaoban.directory.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Json;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.directory.registry.card.Column;
import vn.giaoban.directory.registry.card.Facts;
import vn.giaoban.directory.registry.card.Known;
import vn.giaoban.directory.registry.card.Text;
import vn.giaoban.http.Refusal.Fault;

/**
 * What an import would do, line by line, and nothing done yet. Its token is made of all of that: the same token is the
 * same effect, and where the registry has changed in between so has the token.
 */
public record Import(List<Line> lines, List<String> strange, String token) {
    public enum Outcome {
        NEW,
        CHANGED,
        UNCHANGED,
        ERROR
    }

    /** One thing that becomes another. */
    public record Difference(Column column, String from, String to) {}

    /**
     * What one line of the file would do.
     *
     * @param before null for a new one; {@code after} null where nothing comes of the line
     */
    public record Line(
            int line,
            String code,
            String name,
            Outcome outcome,
            List<Difference> differences,
            List<Fault> faults,
            Card before,
            Card after) {}

    public long count(Outcome outcome) {
        return lines.stream().filter(line -> line.outcome() == outcome).count();
    }

    /** Pure: from a table and what is known. */
    static Import preview(Sheet sheet, Known known, LocalDate today) {
        var ids = new HashMap<String, UUID>();
        known.cards().forEach((code, card) -> ids.put(code, card.id()));
        for (var row : sheet.rows()) ids.computeIfAbsent(code(row), code -> UUID.randomUUID());
        var lines = new ArrayList<Line>();
        var seen = new HashSet<String>();
        var wider = known.and(ids);
        for (var row : sheet.rows()) lines.add(new Reading(row, wider, ids, today).line(!seen.add(code(row))));
        withoutCircles(lines, known);
        return new Import(List.copyOf(lines), sheet.strange(), token(lines));
    }

    static String code(Sheet.Row row) {
        try {
            return Text.tidy(row.cells().get(Column.CODE));
        } catch (Text.Unfit e) {
            return "";
        }
    }

    /** Nobody is his own superior, by whatever way round. */
    private static void withoutCircles(List<Line> lines, Known known) {
        var parents = known.parents();
        for (var line : lines)
            if (line.after() != null)
                parents.put(line.after().id(), line.after().last().parent());
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.after() == null || !Known.circle(line.after().id(), parents)) continue;
            lines.set(
                    i,
                    new Line(
                            line.line(),
                            line.code(),
                            line.name(),
                            Outcome.ERROR,
                            List.of(),
                            List.of(new Fault(Column.PARENT.key, "parent-circle")),
                            line.before(),
                            null));
        }
    }

    private static String token(List<Line> lines) {
        var all = new ArrayList<Object>();
        for (var line : lines) {
            var changes = new ArrayList<Object>();
            line.differences().forEach(change -> changes.add(List.of(change.column().key, change.from(), change.to())));
            var faults = line.faults().stream()
                    .map(fault -> List.of(fault.pointer(), fault.reason()))
                    .toList();
            all.add(List.of(line.line(), line.code(), line.outcome().name(), changes, faults));
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(Json.text(all).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One line being read against what is known. */
    private static final class Reading {
        private final Sheet.Row row;
        private final Known known;
        private final Map<String, UUID> ids;
        private final LocalDate today;
        private final Card before;
        private final List<Fault> faults = new ArrayList<>();
        private final Map<Column, String> now = new EnumMap<>(Column.class);

        Reading(Sheet.Row row, Known known, Map<String, UUID> ids, LocalDate today) {
            this.row = row;
            this.known = known;
            this.ids = ids;
            this.today = today;
            this.before = known.cards().get(code(row));
        }

        Line line(boolean twice) {
            var was = before == null ? known.blank() : known.texts(before);
            now.putAll(was);
            row.cells().forEach(this::read);
            if (twice) faults.add(new Fault(Column.CODE.key, "line-twice"));
            if (before == null) complete();
            var after = faults.isEmpty() ? after(was) : null;
            var differences = new ArrayList<Difference>();
            if (after != null) {
                var is = known.texts(after);
                for (var column : Column.values())
                    if (!is.getOrDefault(column, "").equals(was.getOrDefault(column, "")))
                        differences.add(new Difference(column, was.getOrDefault(column, ""), is.get(column)));
            }
            if (!mine(after)) {
                // Whoever sends back the whole table changes nothing of others; what is private is not even compared.
                if (before == null
                        || differences.stream().anyMatch(one -> !one.column().personal()))
                    faults.add(new Fault(Column.ORGANISATION.key, "not-yours"));
                differences.clear();
            }
            var outcome = !faults.isEmpty()
                    ? Outcome.ERROR
                    : before == null ? Outcome.NEW : differences.isEmpty() ? Outcome.UNCHANGED : Outcome.CHANGED;
            return new Line(
                    row.line(),
                    code(row),
                    now.getOrDefault(Column.NAME, ""),
                    outcome,
                    List.copyOf(differences),
                    List.copyOf(faults),
                    before,
                    outcome == Outcome.NEW || outcome == Outcome.CHANGED ? after : null);
        }

        private boolean mine(Card after) {
            return after == null
                    || known.mayEdit().test(after.last().organisation())
                            && (before == null
                                    || known.mayEdit().test(before.last().organisation()));
        }

        private void read(Column column, String cell) {
            try {
                now.put(column, Text.read(column, cell));
            } catch (Text.Unfit unfit) {
                faults.add(new Fault(column.key, unfit.reason));
            }
        }

        private void complete() {
            for (var column : java.util.List.of(Column.NAME, Column.KIND))
                if (now.getOrDefault(column, "").isEmpty()) faults.add(new Fault(column.key, "required"));
            now.merge(Column.VALID_FROM, today.toString(), (given, other) -> given.isEmpty() ? other : given);
            now.merge(Column.SORT, String.valueOf(known.nextSort()), (given, other) -> given.isEmpty() ? other : given);
        }

        private Card after(Map<Column, String> was) {
            var period = known.period(now, was, ids, before == null ? null : before.last(), faults);
            if (period == null) return null;
            if (!faults.isEmpty()) return null;
            int sort = now.get(Column.SORT).isEmpty() ? 0 : Integer.parseInt(now.get(Column.SORT));
            if (before == null)
                return new Card(ids.get(code(row)), sort, period.from(), null, null, period, Facts.NONE.with(now), 1);
            return before.with(sort, period, before.facts().with(now));
        }
    }
}

package vn.giaoban.directory.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.directory.registry.card.Column;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;

/** The registry as a table, out and in: what comes in is seen before, line by line, and then comes whole or not at all. */
public final class Imports {
    private final Journal journal;
    private final Registry registry;
    private final Directory directory;
    private final int mostLines;

    public Imports(Journal journal, Registry registry, Directory directory, Settings.Registry limits) {
        this.journal = journal;
        this.registry = registry;
        this.directory = directory;
        this.mostLines = limits.maxImportLines();
    }

    /** Everything as texts by column, in the order of protocol. */
    List<Map<Column, String>> texts() {
        var known = registry.known(organisation -> true);
        return registry.open().stream().map(known::texts).toList();
    }

    public Import preview(String table, Predicate<UUID> mayEdit) {
        return preview(Sheet.read(table, mostLines), mayEdit);
    }

    private Import preview(Sheet sheet, Predicate<UUID> mayEdit) {
        return Import.preview(sheet, registry.known(mayEdit), directory.today());
    }

    /** Does what was previewed; refuses where that is no longer what would happen. */
    public Import apply(Actor actor, String table, String token, Predicate<UUID> mayEdit) {
        var sheet = Sheet.read(table, mostLines);
        return journal.write(Registry.SUBJECT, actor, change -> {
            journal.hold(registry.open().stream()
                    .map(card -> Card.subject(card.id()))
                    .toList());
            var result = preview(sheet, mayEdit);
            if (!result.token().equals(token)) throw new Refusal(412, "import-stale", Map.of());
            if (result.count(Import.Outcome.ERROR) > 0)
                throw Refusal.state("import-faults", Map.of("count", result.count(Import.Outcome.ERROR)));
            var cards = new LinkedHashMap<Card, Card>();
            for (var line : result.lines()) if (line.after() != null) cards.put(line.after(), line.before());
            registry.write(actor, change, "endpoint.imported", cards);
            change.record(
                    "registry.imported",
                    Fields.of("new", result.count(Import.Outcome.NEW))
                            .and("changed", result.count(Import.Outcome.CHANGED))
                            .and("token", token));
            return result;
        });
    }
}

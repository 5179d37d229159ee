package vn.giaoban.directory.registry.card;

import java.util.HashMap;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.journal.Journal;

/** What the journal is told of a card that has changed. */
public final class CardNote {
    private CardNote() {}

    /** What became of what: plain facts in the chain, what concerns persons beside it. */
    public static Journal.Note of(String verb, Known known, Card before, Card after) {
        var was = before == null ? known.blank() : known.texts(before);
        var is = known.texts(after);
        var plain = new Fields();
        var personal = new HashMap<String, String>();
        for (var column : Column.values()) {
            var from = was.getOrDefault(column, "");
            var to = is.getOrDefault(column, "");
            if (from.equals(to)) continue;
            if (column.personal())
                personal.put(column.key, Json.text(Fields.of("from", from).and("to", to)));
            else plain.and(column.key, Fields.of("from", from).and("to", to));
        }
        var what = Fields.of("changed", plain).and("version", after.version());
        if (!after.last().act().isEmpty()) what.and("act", after.last().act());
        return new Journal.Note(verb, what.and("until", after.to()).and("successor", after.successor()), personal);
    }
}

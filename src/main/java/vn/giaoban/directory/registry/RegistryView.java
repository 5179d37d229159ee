package vn.giaoban.directory.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.WorkingDays;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.directory.registry.card.Column;
import vn.giaoban.directory.registry.card.Facts;
import vn.giaoban.directory.registry.card.Reach;
import vn.giaoban.directory.registry.card.Text;
import vn.giaoban.directory.registry.maintenance.Maintenance;
import vn.giaoban.http.Words;
import vn.giaoban.journal.Chain;

/** What the registry shows to those who may look into it: allow-lists of fields. */
final class RegistryView {
    private RegistryView() {}

    /** A line of the list: nothing that concerns a person. */
    static Map<String, Object> line(RegistrySql.Line line) {
        var period = line.period();
        return Fields.of("id", line.id())
                .and("code", period.code())
                .and("name", period.name())
                .and("nameEn", period.nameEn())
                .and("kind", period.kind())
                .and("parent", period.parent())
                .and("organisation", period.organisation())
                .and("provinceSystem", period.provinceSystem())
                .and("province", period.provinceCode())
                .and("provinceName", line.province())
                .and("region", line.region())
                .and("connection", line.connection())
                .and("capacity", line.capacity())
                .and("validTo", period.to());
    }

    /** All of a card; {@code names}: what another endpoint, an organisation or a province is called. */
    static Fields card(Card card, Function<UUID, Endpoint> endpoints, Function<UUID, String> organisations) {
        var last = card.last();
        var facts = card.facts();
        var parent = endpoints.apply(last.parent());
        var successor = endpoints.apply(card.successor());
        return Fields.of("id", card.id())
                .and("code", last.code())
                .and("name", last.name())
                .and("nameEn", last.nameEn())
                .and("kind", last.kind())
                .and("sort", card.sort())
                .and("organisation", last.organisation())
                .and("organisationCode", organisations.apply(last.organisation()))
                .and("parent", parent == null ? null : ref(parent))
                .and("provinceSystem", last.provinceSystem())
                .and("province", last.provinceCode())
                .and("validFrom", card.from())
                .and("validTo", card.to())
                .and("successor", successor == null ? null : ref(successor))
                .and("connection", facts.connection())
                .and("room", facts.get(Column.ROOM))
                .and("capacity", facts.number(Column.CAPACITY))
                .and("equipment", facts.equipment())
                .and("equipmentNote", facts.get(Column.EQUIPMENT_NOTE))
                .and("sip", facts.get(Column.SIP))
                .and("h323Alias", facts.get(Column.H323_ALIAS))
                .and("h323Gateway", facts.get(Column.H323_GATEWAY))
                .and("dialPhone", facts.get(Column.DIAL_PHONE))
                .and("provider", facts.get(Column.PROVIDER))
                .and("mbps", facts.number(Column.MBPS))
                .and("secondRoute", facts.get(Column.SECOND_ROUTE))
                .and("fallbackPhone", facts.get(Column.FALLBACK_PHONE))
                .and("dutyName", facts.get(Column.DUTY_NAME))
                .and("dutyPhone", facts.get(Column.DUTY_PHONE))
                .and("contacts", contacts(facts));
    }

    private static Map<String, Object> ref(Endpoint endpoint) {
        return Fields.of("id", endpoint.id()).and("code", endpoint.code()).and("name", endpoint.name());
    }

    private static List<Map<String, Object>> contacts(Facts facts) {
        var contacts = new ArrayList<Map<String, Object>>();
        for (int n = 0; n < Column.CONTACTS; n++) {
            var texts = facts.contact(n);
            var contact = new Fields();
            for (int i = 0; i < texts.size(); i++) contact.and(Column.CONTACT.get(i), texts.get(i));
            if (!contact.isEmpty()) contacts.add(contact);
        }
        return contacts;
    }

    static Map<String, Object> period(Endpoint.Period period) {
        return Fields.of("from", period.from())
                .and("to", period.to())
                .and("code", period.code())
                .and("name", period.name())
                .and("nameEn", period.nameEn())
                .and("kind", period.kind())
                .and("provinceSystem", period.provinceSystem())
                .and("province", period.provinceCode())
                .and("act", period.act());
    }

    static Map<String, Object> maintenance(Maintenance window) {
        return Fields.of("id", window.id())
                .and("from", window.from())
                .and("to", window.to())
                .and("reason", window.reason());
    }

    static Map<String, Object> reach(Facts facts, WorkingDays days, Instant at) {
        var reach = Reach.at(facts, days, at);
        return reach == null
                ? null
                : Fields.of("who", reach.who()).and("name", reach.name()).and("phone", reach.phone());
    }

    /** {@code personal}: the values of this entry that have not been erased. */
    static Map<String, Object> entry(
            Chain.Entry entry, Map<String, String> personal, Function<String, String> actors, Words words) {
        var changes = new ArrayList<Map<String, Object>>();
        if (entry.what().get("changed") instanceof Map<?, ?> changed)
            changed.forEach((key, value) -> changes.add(change((String) key, (Map<?, ?>) value, words)));
        if (entry.what().get("personal") instanceof Map<?, ?> digests)
            digests.keySet()
                    .forEach(key -> changes.add(change(
                            (String) key,
                            personal.containsKey(key) ? Json.parse(personal.get(key)) : Map.of(),
                            words)));
        var text = entry.what();
        return Fields.of("n", entry.n())
                .and("at", entry.at())
                .and("actor", actors.apply(entry.actor()))
                .and("verb", entry.verb())
                .and("changes", changes)
                .and("act", text.get("act"))
                .and("reason", text.get("reason"))
                .and("from", text.get("from"))
                .and("to", text.get("to"))
                .and("until", text.get("until"));
    }

    private static Map<String, Object> change(String key, Map<?, ?> values, Words words) {
        var column = Column.byKey(key);
        return Fields.of("field", key)
                .and("label", column.heading(words))
                .and("from", said(column, values.get("from"), words))
                .and("to", said(column, values.get("to"), words));
    }

    private static String said(Column column, Object value, Words words) {
        return value instanceof String text ? Text.said(column, text, words) : null;
    }

    static Map<String, Object> preview(Import preview, Words words) {
        return Fields.of("token", preview.token())
                .and("strange", preview.strange())
                .and("new", preview.count(Import.Outcome.NEW))
                .and("changed", preview.count(Import.Outcome.CHANGED))
                .and("unchanged", preview.count(Import.Outcome.UNCHANGED))
                .and("errors", preview.count(Import.Outcome.ERROR))
                .and(
                        "lines",
                        preview.lines().stream().map(line -> line(line, words)).toList());
    }

    private static Map<String, Object> line(Import.Line line, Words words) {
        var fields = Fields.of("line", line.line())
                .and("code", line.code())
                .and("name", line.name())
                .and("outcome", line.outcome());
        if (!line.faults().isEmpty())
            fields.and(
                    "errors",
                    line.faults().stream()
                            .map(fault -> Fields.of("field", fault.pointer())
                                    .and("label", Column.byKey(fault.pointer()).heading(words))
                                    .and("detail", words.say("field." + fault.reason(), fault.says())))
                            .toList());
        // Of a new one everything is new: its name says enough.
        if (line.outcome() == Import.Outcome.CHANGED)
            fields.and(
                    "changes",
                    line.differences().stream()
                            .map(each -> Fields.of("field", each.column().key)
                                    .and("label", each.column().heading(words))
                                    .and("from", Text.said(each.column(), each.from(), words))
                                    .and("to", Text.said(each.column(), each.to(), words)))
                            .toList());
        return fields;
    }
}

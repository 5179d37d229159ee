package vn.giaoban.directory.registry.card;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is known of an endpoint as it is now: its room, its devices and line, and who answers the phone. */
public record Facts(Map<Column, String> texts) {
    /** How an endpoint takes part: a browser, a device that speaks SIP, a codec behind a gateway, or the phone. */
    public enum Connection {
        BROWSER,
        SIP,
        H323,
        PHONE
    }

    /** Who is called, and in which hours of a working day; without hours those of the office. */
    public record Contact(String name, String phone, String email, String role, LocalTime from, LocalTime to) {
        boolean answers(LocalTime time) {
            return !phone.isEmpty() && !time.isBefore(from) && time.isBefore(to);
        }
    }

    /** Office hours where a contact names none of his own. */
    static final LocalTime MORNING = LocalTime.of(7, 30);

    static final LocalTime EVENING = LocalTime.of(17, 30);

    public Facts {
        var all = new EnumMap<Column, String>(Column.class);
        for (var column : Column.values())
            if (!column.named() && column != Column.SORT) all.put(column, texts.getOrDefault(column, ""));
        all.computeIfPresent(Column.CONNECTION, (c, text) -> text.isEmpty() ? Connection.BROWSER.name() : text);
        moveUp(all);
        texts = Map.copyOf(all);
    }

    public static final Facts NONE = new Facts(Map.of());

    public String get(Column column) {
        return texts.get(column);
    }

    public int number(Column column) {
        return get(column).isEmpty() ? 0 : Integer.parseInt(get(column));
    }

    public Connection connection() {
        return Connection.valueOf(get(Column.CONNECTION));
    }

    public List<String> equipment() {
        return Text.things(get(Column.EQUIPMENT));
    }

    public Facts with(Map<Column, String> changes) {
        var all = new EnumMap<>(texts);
        changes.forEach((column, text) -> {
            if (all.containsKey(column)) all.put(column, text);
        });
        return new Facts(all);
    }

    public List<Contact> contacts() {
        var contacts = new ArrayList<Contact>();
        for (int n = 0; n < Column.CONTACTS; n++) {
            var texts = contact(n);
            if (texts.stream().allMatch(String::isEmpty)) continue;
            var hours = texts.get(4).isEmpty() ? null : texts.get(4).split("-");
            contacts.add(new Contact(
                    texts.get(0),
                    texts.get(1),
                    texts.get(2),
                    texts.get(3),
                    hours == null ? MORNING : LocalTime.parse(hours[0]),
                    hours == null ? EVENING : LocalTime.parse(hours[1])));
        }
        return contacts;
    }

    public List<String> contact(int n) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < Column.CONTACT.size(); i++) texts.add(get(Column.contact(n, i)));
        return texts;
    }

    /** A contact that was taken out leaves no hole: the next one moves up. */
    private static void moveUp(Map<Column, String> all) {
        var kept = new ArrayList<List<String>>();
        for (int n = 0; n < Column.CONTACTS; n++) {
            var contact = new ArrayList<String>();
            for (int i = 0; i < Column.CONTACT.size(); i++) contact.add(all.get(Column.contact(n, i)));
            // Hours alone are nobody.
            if (contact.subList(0, 4).stream().anyMatch(text -> !text.isEmpty())) kept.add(contact);
        }
        for (int n = 0; n < Column.CONTACTS; n++)
            for (int i = 0; i < Column.CONTACT.size(); i++)
                all.put(Column.contact(n, i), n < kept.size() ? kept.get(n).get(i) : "");
    }
}

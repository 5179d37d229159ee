package vn.giaoban.directory.registry.card;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;
import vn.giaoban.http.Refusal.Fault;

/** A card as a page sends it: what does not fit is pointed at where it stands in the form. */
public final class CardForm {
    private CardForm() {}

    /** The body as texts by column, each in the one form that is kept. */
    public static Map<Column, String> texts(Call call) {
        var raw = new EnumMap<Column, String>(Column.class);
        var faults = new ArrayList<Fault>();
        for (var column : Column.values()) {
            var value = call.body().get(column.key);
            if (value instanceof List<?> list)
                raw.put(
                        column,
                        String.join(
                                Text.BETWEEN, list.stream().map(String::valueOf).toList()));
            else if (call.says(column.key)) raw.put(column, value == null ? "" : String.valueOf(value));
        }
        if (call.body().get("contacts") instanceof List<?> contacts)
            for (int n = 0; n < Column.CONTACTS; n++)
                for (int i = 0; i < Column.CONTACT.size(); i++)
                    raw.put(
                            Column.contact(n, i),
                            n < contacts.size() ? said(contacts.get(n), Column.CONTACT.get(i)) : "");
        var texts = new EnumMap<Column, String>(Column.class);
        raw.forEach((column, text) -> {
            try {
                texts.put(column, Text.read(column, text));
            } catch (Text.Unfit unfit) {
                faults.add(new Fault(pointer(column), unfit.reason));
            }
        });
        if (!faults.isEmpty()) throw new Refusal(422, "invalid", Map.of()).faults(faults);
        return texts;
    }

    private static String said(Object contact, String field) {
        var value = ((Map<?, ?>) contact).get(field);
        return value == null ? "" : value.toString();
    }

    private static String pointer(Column column) {
        int place = column.placeInContacts();
        if (place < 0) return "/" + column.key;
        return "/contacts/" + place / Column.CONTACT.size() + "/" + Column.CONTACT.get(place % Column.CONTACT.size());
    }
}

package vn.giaoban.directory.registry.card;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Folded;
import vn.giaoban.http.Words;

/** The kinds of text that a column can hold, and the one form in which each is kept: what is typed otherwise is the same. */
public enum Text {
    PLAIN(text -> text),
    /** Codes and addresses have no spaces. */
    ONE_WORD(text -> matching(text, "\\S*", "format")),
    CODE_OF(text -> matching(text, "[\\p{L}0-9][\\p{L}0-9._/-]*", "format")),
    PHONE_OF(text -> matching(text, "|(?=(.*[0-9]){3})[+(0-9][-0-9 ().+*#,;/]*( ?(ext|máy lẻ) ?[0-9]+)?", "phone")),
    MAIL(text -> matching(text, "|[^\\s@,;<>]+@[^\\s@,;<>]+\\.[^\\s@,;<>]+", "email")),
    NUMBER(Text::number),
    LIST(Text::list),
    HOURS(Text::hours),
    DATE(Text::date),
    CHOICE(text -> text);

    /** Between the things of a list; no thing has it in its name. */
    public static final String BETWEEN = " | ";

    private static final int MOST_IN_LIST = 40;
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ISO_LOCAL_DATE,
            DateTimeFormatter.ofPattern("d/M/uuuu", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT));

    private final Function<String, String> form;

    Text(Function<String, String> form) {
        this.form = form;
    }

    /** Why a text cannot be what it should; the word of a sentence. */
    public static final class Unfit extends RuntimeException {
        public final String reason;

        Unfit(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }

    /** The text as it is kept. */
    public static String read(Column column, String raw) {
        var text = tidy(raw);
        if (column == Column.KIND) return text.isEmpty() ? "" : choice(KINDS, text);
        if (column == Column.CONNECTION) return text.isEmpty() ? "" : choice(CONNECTIONS, text);
        if (column.text == CODE_OF && text.isEmpty()) throw new Unfit("required");
        var read = column.text.form.apply(text);
        if (column.text == NUMBER) {
            if (!read.isEmpty() && Integer.parseInt(read) > column.most) throw new Unfit("too-large");
        } else if (read.codePointCount(0, read.length()) > column.most) throw new Unfit("too-long");
        return read;
    }

    /** One line, one space between words, composed letters; nothing that shows as something else than it is. */
    public static String tidy(String raw) {
        var text = Normalizer.normalize(raw == null ? "" : raw, Normalizer.Form.NFC)
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
        if (text.codePoints()
                .anyMatch(c -> Character.getType(c) == Character.CONTROL
                        || Character.getType(c) == Character.SURROGATE
                        || Character.getType(c) == Character.FORMAT)) throw new Unfit("format");
        return text;
    }

    private static String matching(String text, String pattern, String reason) {
        if (!Pattern.matches(pattern, text)) throw new Unfit(reason);
        return text;
    }

    /** Nothing known is an empty text, and so is none. */
    private static String number(String text) {
        if (!text.matches("[0-9]{0,9}")) throw new Unfit("integer");
        return text.isEmpty() || Integer.parseInt(text) == 0 ? "" : String.valueOf(Integer.parseInt(text));
    }

    private static String list(String text) {
        var things = things(text);
        if (things.size() > MOST_IN_LIST) throw new Unfit("too-many");
        return String.join(BETWEEN, things);
    }

    static List<String> things(String text) {
        return Arrays.stream(text.split("\\|"))
                .map(String::strip)
                .filter(thing -> !thing.isEmpty())
                .distinct()
                .toList();
    }

    private static String hours(String text) {
        if (text.isEmpty()) return "";
        var parts = text.replace('–', '-').replace('h', ':').split("-");
        try {
            var times = Arrays.stream(parts)
                    .map(part -> part.strip().endsWith(":") ? part.strip() + "00" : part.strip())
                    .map(part -> LocalTime.parse(part.length() == 4 ? "0" + part : part))
                    .toList();
            if (times.size() != 2 || !times.get(0).isBefore(times.get(1))) throw new Unfit("hours");
            return times.stream().map(LocalTime::toString).collect(Collectors.joining("-"));
        } catch (DateTimeParseException e) {
            throw new Unfit("hours");
        }
    }

    private static String date(String text) {
        if (text.isEmpty()) return "";
        for (var format : DATES) {
            var date = dated(text, format);
            if (date != null && date.getYear() >= 1945 && date.getYear() < 2100) return date.toString();
        }
        throw new Unfit("date");
    }

    /** Null where it is not written so, or is no day. */
    private static LocalDate dated(String text, DateTimeFormatter format) {
        try {
            return LocalDate.parse(text, format);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** By name, in Vietnamese and in English. */
    private static final Map<String, List<String>> KINDS = Map.of(
            Endpoint.Kind.CENTRE.name(), List.of("Điểm cầu trung tâm", "Centre"),
            Endpoint.Kind.REPRESENTATIVE.name(), List.of("Văn phòng đại diện", "Representative office"),
            Endpoint.Kind.DEPARTMENT.name(), List.of("Sở Y tế", "Department"),
            Endpoint.Kind.HOSPITAL.name(), List.of("Bệnh viện", "Hospital"),
            Endpoint.Kind.STATION.name(), List.of("Trạm y tế xã", "Commune health station"),
            Endpoint.Kind.UNIT.name(), List.of("Đơn vị khác", "Other unit"));

    private static final Map<String, List<String>> CONNECTIONS = Map.of(
            Facts.Connection.BROWSER.name(), List.of("Trình duyệt", "Browser"),
            Facts.Connection.SIP.name(), List.of("SIP", "SIP"),
            Facts.Connection.H323.name(), List.of("Thiết bị H.323", "H.323 codec"),
            Facts.Connection.PHONE.name(), List.of("Điện thoại", "Phone"));

    private static String choice(Map<String, List<String>> choices, String text) {
        for (var choice : choices.entrySet()) {
            if (choice.getKey().equalsIgnoreCase(text)) return choice.getKey();
            for (var word : choice.getValue()) if (Folded.of(word).equals(Folded.of(text))) return choice.getKey();
        }
        throw new Unfit("enum");
    }

    /** The word of a choice in the reader's language; any other text as it is. */
    public static String said(Column column, String text, Words words) {
        if (text.isEmpty()) return text;
        int language = words == Words.EN ? 1 : 0;
        if (column == Column.KIND) return KINDS.get(text).get(language);
        if (column == Column.CONNECTION) return CONNECTIONS.get(text).get(language);
        return text;
    }
}

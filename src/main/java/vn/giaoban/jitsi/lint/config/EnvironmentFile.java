package vn.giaoban.jitsi.lint.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import vn.giaoban.jitsi.lint.config.Setting.Kind;
import vn.giaoban.jitsi.lint.config.Setting.Place;

/** A file of variables as Compose reads it, and how it puts them into other files. */
final class EnvironmentFile {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

    private EnvironmentFile() {}

    static List<Setting> settings(String file, String text) {
        var settings = new ArrayList<Setting>();
        int number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            var found = LINE.matcher(line.stripTrailing());
            if (line.stripLeading().startsWith("#") || !found.matches()) continue;
            settings.add(
                    Setting.of(file, number, Place.of(Kind.ENVIRONMENT, ""), found.group(1), unquoted(found.group(2))));
        }
        return settings;
    }

    private static String unquoted(String value) {
        if (value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"))) {
            int end = value.indexOf(value.charAt(0), 1);
            if (end > 0) return value.substring(1, end);
        }
        return COMMENT.matcher(value).replaceFirst("").strip();
    }

    /**
     * ${NAME}, ${NAME:-otherwise}, ${NAME:+if}, ${NAME:?complaint}, also within each other. {@code known} null: nobody
     * said what the variables are, so what has no default stays as it is written.
     */
    static String filled(String text, Map<String, String> known) {
        int start = text.indexOf("${");
        if (start < 0) return text;
        int end = start + 2;
        for (int open = 1; open > 0 && end < text.length(); end++) {
            if (text.startsWith("${", end)) open++;
            else if (text.charAt(end) == '}') open--;
        }
        var inner = text.substring(start + 2, Math.max(start + 2, end - 1));
        int colon = inner.indexOf(':');
        var name = colon < 0 ? inner : inner.substring(0, colon);
        var way = colon < 0 || colon + 1 >= inner.length() ? ' ' : inner.charAt(colon + 1);
        var more = way == ' ' ? "" : inner.substring(colon + 2);
        return text.substring(0, start) + put(name, way, more, known) + filled(text.substring(end), known);
    }

    private static String put(String name, char way, String more, Map<String, String> known) {
        var value = known == null ? "" : known.getOrDefault(name, "");
        if (way == '-' && value.isEmpty() && !more.isEmpty()) return filled(more, known);
        if (known == null) return "${" + name + "}";
        if (way == '+') return value.isEmpty() ? "" : filled(more, known);
        // Compose itself would not start without it; what it is to be is not known here.
        return way == '?' && value.isEmpty() ? "${" + name + "}" : value;
    }
}

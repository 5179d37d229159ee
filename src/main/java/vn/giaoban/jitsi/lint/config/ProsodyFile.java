package vn.giaoban.jitsi.lint.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import vn.giaoban.jitsi.lint.config.Setting.Kind;
import vn.giaoban.jitsi.lint.config.Setting.Place;

/**
 * A configuration of Prosody. It is a Lua program; here it is read as what people write in it: sections, and names with
 * a text, a number, a truth or a list. Whatever else stands there is passed over.
 */
final class ProsodyFile {
    private static final Pattern TOKEN = Pattern.compile(
            "--\\[\\[.*?]]|--[^\\n]*|\\[\\[(.*?)]]|\"((?:[^\"\\\\\\n]|\\\\.)*)\"|"
                    + "'((?:[^'\\\\\\n]|\\\\.)*)'|([A-Za-z_][A-Za-z0-9_.]*)|(-?\\d[\\w.]*)|(==|~=|[^\\s])",
            Pattern.DOTALL);

    private record Token(String text, boolean string, boolean word, int line) {
        boolean is(String sign) {
            return !string && text.equals(sign);
        }
    }

    private final String file;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Setting> settings = new ArrayList<>();
    private int at;

    private ProsodyFile(String file, String text, int firstLine) {
        this.file = file;
        int line = firstLine, from = 0;
        for (var found = TOKEN.matcher(text); found.find(); ) {
            for (; from < found.start(); from++) if (text.charAt(from) == '\n') line++;
            if (found.group().startsWith("--")) continue;
            var string = first(found.group(1), found.group(2), found.group(3));
            tokens.add(
                    new Token(string != null ? string : found.group(), string != null, found.group(4) != null, line));
        }
    }

    private static String first(String... texts) {
        for (var text : texts) if (text != null) return text;
        return null;
    }

    static List<Setting> settings(String file, String text) {
        return new ProsodyFile(file, text, 1).read(Place.of(Kind.GLOBAL, ""));
    }

    /** Lines of Prosody in a variable of a container: they stand in that section of the file that it makes. */
    static List<Setting> settings(Setting variable, String text, Place place) {
        return new ProsodyFile(variable.file(), text.replace('\n', ' '), variable.line()).read(place);
    }

    private List<Setting> read(Place place) {
        int section = 0;
        while (at < tokens.size()) {
            var token = tokens.get(at);
            boolean host = token.is("VirtualHost"), component = token.is("Component");
            if ((host || component) && string(at + 1)) {
                var plugin = component && string(at + 2) ? tokens.get(at + 2).text() : "";
                var name = host ? tokens.get(at + 1).text() : plugin;
                place = new Place(host ? Kind.HOST : Kind.COMPONENT, name, ++section);
                settings.add(Setting.of(file, token.line(), place, host ? "VirtualHost" : "Component", name));
                at += plugin.isEmpty() ? 2 : 3;
            } else if (token.word()
                    && at + 1 < tokens.size()
                    && tokens.get(at + 1).is("=")) {
                at += 2;
                assigned(place, token);
            } else at++;
        }
        return settings;
    }

    private boolean string(int index) {
        return index < tokens.size() && tokens.get(index).string();
    }

    private void assigned(Place place, Token name) {
        if (at >= tokens.size()) return;
        var items = new ArrayList<String>();
        boolean list = tokens.get(at).is("{");
        if (list) table(items);
        else items.add(tokens.get(at++).text());
        settings.add(new Setting(
                file, name.line(), place, name.text(), list ? String.join(", ", items) : items.getFirst(), items));
    }

    /** Entries with a key as {@code key=value}; a list in a list as the entries of the outer one. */
    private void table(List<String> items) {
        at++;
        var key = "";
        while (at < tokens.size() && !tokens.get(at).is("}")) {
            var token = tokens.get(at);
            if (token.is("{")) {
                table(items);
                key = "";
                continue;
            }
            boolean named = at + 1 < tokens.size() && tokens.get(at + 1).is("=");
            boolean bracketed = token.is("[")
                    && at + 3 < tokens.size()
                    && tokens.get(at + 3).is("=");
            if (bracketed) {
                key = tokens.get(at + 1).text() + "=";
                at += 4;
            } else if (named && !token.string()) {
                key = token.text() + "=";
                at += 2;
            } else {
                if (!token.is(",") && !token.is(";")) {
                    items.add(key + token.text());
                    key = "";
                }
                at++;
            }
        }
        at++;
    }
}

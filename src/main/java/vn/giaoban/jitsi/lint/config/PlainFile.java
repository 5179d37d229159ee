package vn.giaoban.jitsi.lint.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import vn.giaoban.jitsi.lint.config.Setting.Kind;
import vn.giaoban.jitsi.lint.config.Setting.Place;

/** Files of which a few lines matter here: nginx's locations, the web client's config.js, Jicofo's jicofo.conf. */
final class PlainFile {
    private static final Pattern LOCATION = Pattern.compile("\\s*location\\s+(?:[=~^*]+\\s+)?(\\S+)\\s*\\{?.*");
    private static final Pattern PASS = Pattern.compile("proxy_pass\\s+([^;]+);");
    private static final Pattern WEB = Pattern.compile("\\b(conferenceRequestUrl)\\s*[:=]\\s*['\"`]([^'\"`]*)['\"`]");
    private static final Pattern JICOFO = Pattern.compile("(enable-auto-owner|enabled)\\s*[:=]\\s*\"?(\\w+)\"?");
    private static final Pattern BLOCK = Pattern.compile("([\\w.-]+)\\s*[:=]?\\s*\\{");

    private PlainFile() {}

    static List<Setting> web(String file, String text) {
        var settings = new ArrayList<Setting>();
        int number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            var found = WEB.matcher(line.replaceFirst("^\\s*//.*", ""));
            if (found.find())
                settings.add(Setting.of(file, number, Place.of(Kind.WEB, ""), found.group(1), found.group(2)));
        }
        return settings;
    }

    /** Each location: its path, where it leads to (or nothing), and its directives. */
    static List<Setting> nginx(String file, String text) {
        var settings = new ArrayList<Setting>();
        int number = 0, depth = 0, opened = -1, from = 0;
        String path = null;
        var directives = new ArrayList<String>();
        for (var whole : text.split("\n", -1)) {
            number++;
            var line = whole.replaceFirst("(^|\\s)#.*", "");
            var found = LOCATION.matcher(line);
            if (path == null && found.matches()) {
                path = found.group(1);
                opened = depth;
                from = number;
                directives.clear();
                line = line.substring(Math.max(0, line.indexOf('{')));
            }
            if (path != null && !line.isBlank()) directives.add(line.strip());
            depth += count(line, '{') - count(line, '}');
            if (path != null && depth <= opened && line.contains("}")) {
                var leads = PASS.matcher(String.join(" ", directives));
                settings.add(new Setting(
                        file,
                        from,
                        Place.of(Kind.LOCATION, ""),
                        path,
                        leads.find() ? leads.group(1) : "",
                        List.copyOf(directives)));
                path = null;
            }
        }
        return settings;
    }

    private static int count(String line, char sign) {
        return (int) line.chars().filter(c -> c == sign).count();
    }

    /** {@code enable-auto-owner}, and {@code authentication.enabled}. */
    static List<Setting> jicofo(String file, String text) {
        var settings = new ArrayList<Setting>();
        int number = 0;
        var block = "";
        for (var whole : text.split("\n", -1)) {
            number++;
            var line = whole.replaceFirst("(#|//).*", "");
            var opened = BLOCK.matcher(line);
            while (opened.find()) block = opened.group(1);
            var found = JICOFO.matcher(line);
            while (found.find()) {
                var name = found.group(1).equals("enabled") ? block + ".enabled" : found.group(1);
                settings.add(Setting.of(file, number, Place.of(Kind.JICOFO, ""), name, found.group(2)));
            }
            if (line.contains("}")) block = "";
        }
        return settings;
    }
}

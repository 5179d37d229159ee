package vn.giaoban.jitsi.lint;

import static vn.giaoban.jitsi.lint.Finding.finding;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import vn.giaoban.jitsi.lint.config.Configuration;
import vn.giaoban.jitsi.lint.config.Setting;
import vn.giaoban.jitsi.lint.config.Setting.Kind;

/** What must never be reached from outside, and by which way it would be. */
final class OpenDoors {
    /** Ports without any question of who asks, and what stands behind them. */
    private static final Map<String, String> INNER = Map.of(
            "5222", "XMPP", "5269", "XMPP", "5347", "XMPP", "8888", "Jicofo", "8080", "JVB", "2222", "Jibri", "3333",
            "Jibri", "8788", "Jigasi");

    private static final Set<String> JITSI = Set.of("prosody", "xmpp", "jicofo", "jvb", "jibri", "jigasi");
    private static final Pattern FREE = Pattern.compile(".*/(http-bind|xmpp-websocket)\\b.*");
    private static final Set<String> EVERYWHERE = Set.of("*", "0.0.0.0", "::");
    private static final Set<String> ALL_NETWORKS = Set.of("0.0.0.0/0", "::/0");

    private OpenDoors() {}

    static void find(Configuration all, Consumer<Finding> found) {
        all.of(Kind.PORT).forEach(port -> published(port, found));
        all.of(Kind.LOCATION)
                .filter(s ->
                        s.value().contains(":5280") && !FREE.matcher(s.value()).matches())
                .forEach(s -> found.accept(finding("proxy-opens-5280", s)));
        all.options("http_interfaces")
                .filter(s -> s.items().stream().anyMatch(EVERYWHERE::contains))
                .forEach(s -> found.accept(finding("http-on-all-addresses", s)));
        if (all.module("turncredentials_http") != null)
            found.accept(finding("turn-secrets-open", all.module("turncredentials_http")));
        all.options("openmetrics_allow_cidr")
                .filter(s -> s.items().stream().anyMatch(ALL_NETWORKS::contains))
                .forEach(s -> found.accept(finding("metrics-open", s)));
        frames(all, found);
    }

    /** [address:][outside:]inside[/protocol]; without an address it is every one of the machine. */
    private static void published(Setting port, Consumer<Finding> found) {
        var said = port.value().replaceFirst("/\\w+$", "");
        if (said.startsWith("127.") || said.startsWith("[::1]") || said.startsWith("localhost:")) return;
        var inside = said.substring(said.lastIndexOf(':') + 1);
        if (inside.equals("5280")) found.accept(finding("port-5280", port));
        else if (INNER.containsKey(inside)
                && JITSI.stream().anyMatch(port.place().name()::contains)) {
            var words = new HashMap<>(finding("port-inner", port).words());
            words.put("what", INNER.get(inside));
            found.accept(new Finding("port-inner", port, words));
        }
    }

    private static void frames(Configuration all, Consumer<Finding> found) {
        var url = all.variable("web", "PUBLIC_URL");
        var policy = all.variable("web", "CSP_HEADER");
        if (url == null) return;
        if (policy == null || !policy.value().contains("frame-ancestors"))
            found.accept(finding("frame-anybody", policy == null ? url : policy));
        else if (policy.value().matches(".*frame-ancestors\\s+'(none|self)'\\s*(;.*)?"))
            found.accept(finding("frame-nobody", policy));
    }
}

package vn.giaoban.jitsi.lint;

import static vn.giaoban.jitsi.lint.Finding.finding;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import vn.giaoban.jitsi.lint.config.Configuration;
import vn.giaoban.jitsi.lint.config.Setting.Kind;

/** Many sites at one hour, and what has to be there for them: rates, bridges, recorders, visitors, telephones. */
final class CrowdTraps {
    /** Sixty sites within two seconds. */
    private static final int JOINS_A_SECOND = 30;

    private CrowdTraps() {}

    static void find(Configuration all, Consumer<Finding> found) {
        rates(all, found);
        media(all, found);
        dialIn(all, found);
        var tags = all.of(Kind.IMAGE)
                .filter(s -> s.value().contains("jitsi/"))
                .filter(s -> !s.unknown())
                .toList();
        tags.stream()
                .filter(s -> s.value().matches(".*(:latest|:stable|:unstable|/[^:]*)"))
                .forEach(s -> found.accept(finding("image-floats", s)));
        if (tags.stream()
                        .map(s -> s.value().replaceFirst(".*:", ""))
                        .collect(Collectors.toSet())
                        .size()
                > 1) found.accept(finding("images-mixed", tags.getLast()));
    }

    private static void rates(Configuration all, Consumer<Finding> found) {
        var limit = all.module("rate_limit");
        var allowed = all.variable("prosody", "PROSODY_RATE_LIMIT_ALLOW_RANGES");
        if (limit != null && allowed == null && all.option("rate_limit_whitelist") == null)
            found.accept(finding("one-address-for-many", limit));
        var joins = all.module("muc_rate_limit");
        if (joins == null) return;
        var rate = all.option("muc_rate_joins");
        if (rate == null) found.accept(finding("joins-queue", joins));
        else if (ReservationTraps.number(rate, JOINS_A_SECOND) < JOINS_A_SECOND)
            found.accept(finding("joins-queue", rate));
    }

    private static void media(Configuration all, Consumer<Finding> found) {
        var jvb = all.variable("jvb", "JVB_AUTH_PASSWORD");
        if (jvb != null && all.variable("jvb", "JVB_ADVERTISE_IPS") == null)
            found.accept(new Finding("bridge-nowhere", jvb, Map.of()));
        var url = all.variable("web", "PUBLIC_URL");
        if (url != null && all.on("web", "ENABLE_P2P", true)) {
            var said = all.variable("web", "ENABLE_P2P");
            found.accept(finding("two-without-bridge", said == null ? url : said));
        }
        var recording = all.variable("prosody", "ENABLE_RECORDING");
        if (recording != null
                && recording.on()
                && List.of("JIBRI_XMPP_PASSWORD", "JIBRI_RECORDER_PASSWORD").stream()
                        .anyMatch(name -> all.variable("prosody", name) == null))
            found.accept(finding("recording-by-nobody", recording));
        var visitors = all.variable("jicofo", "ENABLE_VISITORS");
        if (visitors != null && visitors.on() && all.variable("jicofo", "VISITORS_XMPP_SERVER") == null)
            found.accept(finding("visitors-nowhere", visitors));
    }

    private static void dialIn(Configuration all, Consumer<Finding> found) {
        var code = all.variable("web", "CONFCODE_URL");
        var numbers = all.variable("web", "DIALIN_NUMBERS_URL");
        if (code != null && numbers == null) found.accept(finding("dial-in-half", code));
        if (numbers != null && code == null) found.accept(finding("dial-in-half", numbers));
        for (var url : Arrays.asList(code, numbers))
            if (url != null && url.value().contains("jitsi.net")) found.accept(finding("dial-in-stranger", url));
    }
}

package vn.giaoban.jitsi.lint;

import static vn.giaoban.jitsi.lint.Finding.finding;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import vn.giaoban.jitsi.lint.config.Configuration;
import vn.giaoban.jitsi.lint.config.Setting;
import vn.giaoban.jitsi.lint.config.Setting.Kind;

/** What we may order Prosody to do: the traps of its control endpoints. */
final class ControlTraps {
    private static final List<String> ORDERS = List.of(
            "muc_end_meeting",
            "muc_kick_participant",
            "system_chat_message",
            "muc_jigasi_invite",
            "muc_password_check");

    private ControlTraps() {}

    static void find(Configuration all, Consumer<Finding> found) {
        var order = ORDERS.stream().map(all::module).filter(Objects::nonNull).findFirst();
        if (order.isPresent() && all.option("prosody_password_public_key_repo_url") == null)
            found.accept(finding("orders-by-anybody", order.get()));
        var end = all.module("muc_end_meeting");
        if (end != null) {
            if (!end.at(Kind.GLOBAL)) found.accept(finding("end-meeting-misplaced", end));
            if (all.login("app_secret") != null && all.login("asap_key_server") == null)
                found.accept(finding("end-meeting-refused", end));
        }
        all.options("enable_password_token_verification")
                .filter(s -> !s.on())
                .forEach(s -> found.accept(finding("room-info-open", s)));
        for (var service : List.of("jvb", "jicofo")) {
            var shutdown = all.variable(service, "SHUTDOWN_REST_ENABLED");
            if (shutdown != null && shutdown.on()) found.accept(finding("bridge-can-be-shut", shutdown));
        }
        watched(all, found);
    }

    /** Without these the control room can only say that it does not know. */
    private static void watched(Configuration all, Consumer<Finding> found) {
        var jicofo = all.variable("jicofo", "JICOFO_AUTH_PASSWORD");
        if (jicofo != null
                && !(all.on("jicofo", "JICOFO_ENABLE_REST", false)
                        && all.on("jicofo", "JICOFO_ENABLE_HEALTH_CHECKS", false)))
            found.accept(finding("health-unknown", where(all, "jicofo", "JICOFO_ENABLE_HEALTH_CHECKS", jicofo)));
        var jvb = all.variable("jvb", "JVB_AUTH_PASSWORD");
        if (jvb != null && !all.on("jvb", "COLIBRI_REST_ENABLED", false))
            found.accept(finding("bridge-unmeasured", where(all, "jvb", "COLIBRI_REST_ENABLED", jvb)));
    }

    private static Setting where(Configuration all, String service, String name, Setting otherwise) {
        var said = all.variable(service, name);
        var at = said == null ? otherwise : said;
        // Beside a password: its value is nobody's business.
        return new Setting(at.file(), at.line(), at.place(), at.name(), said == null ? "" : at.value(), List.of());
    }
}

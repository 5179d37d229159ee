package vn.giaoban.jitsi.lint;

import static vn.giaoban.jitsi.lint.Finding.finding;

import java.util.Set;
import java.util.function.Consumer;
import vn.giaoban.jitsi.lint.config.Configuration;
import vn.giaoban.jitsi.lint.config.Setting;
import vn.giaoban.jitsi.lint.config.Setting.Kind;

/** Whether a room may begin: the traps of Prosody's asking us, and of the ways round it. */
final class ReservationTraps {
    /** We answer within two seconds, whatever happens; a call that Prosody gave up is not repeated. */
    private static final int LEAST_SECONDS = 5;

    private static final Set<String> DEAD = Set.of("RESERVATION_ENABLED", "RESERVATION_REST_BASE_URL");

    private ReservationTraps() {}

    static void find(Configuration all, Consumer<Finding> found) {
        all.of(Kind.ENVIRONMENT)
                .filter(s -> DEAD.contains(s.name()) || s.name().startsWith("JICOFO_RESERVATION_"))
                .forEach(s -> found.accept(finding("reservation-dead-name", s)));
        asked(all, found);
        lobby(all, found);
        rooms(all, found);
    }

    private static void asked(Configuration all, Consumer<Finding> found) {
        var loaded = all.module("reservations");
        var address = all.option("reservations_api_prefix");
        if (loaded != null && address == null) found.accept(finding("reservation-no-address", loaded));
        if (address != null && loaded == null) found.accept(finding("reservation-not-loaded", address));
        if (address != null && address.value().endsWith("/")) found.accept(finding("reservation-slash", address));
        if (loaded != null && all.option("reservations_api_headers") == null)
            found.accept(finding("reservation-unguarded", address == null ? loaded : address));
        all.options("reservations_api_timeout")
                .filter(s -> number(s, LEAST_SECONDS) < LEAST_SECONDS)
                .forEach(s -> found.accept(finding("reservation-timeout", s)));
        all.options("reservations_api_retry_count")
                .filter(s -> number(s, 1) < 1)
                .forEach(s -> found.accept(finding("reservation-no-retry", s)));
        var cap = all.options("reservations_enable_max_occupants")
                .filter(Setting::on)
                .findFirst();
        if (cap.isPresent() && all.options("muc_max_occupants").noneMatch(s -> s.unknown() || number(s, 0) > 0))
            found.accept(finding("reservation-cap-ignored", cap.get()));
    }

    /** A lobby that is there from the start lets in nobody who could open it. */
    private static void lobby(Configuration all, Consumer<Finding> found) {
        boolean bypass = all.module("token_lobby_bypass") != null;
        var reserved = all.options("reservations_enable_lobby_support")
                .filter(Setting::on)
                .findFirst();
        if (reserved.isPresent()) {
            if (!bypass && all.module("lobby_autostart_on_owner") == null)
                found.accept(finding("lobby-locks-all", reserved.get()));
            if (all.module("persistent_lobby") == null) found.accept(finding("lobby-not-installed", reserved.get()));
        }
        // The image has a lobby unless it is told otherwise; token_affiliation passes over whoever came through one.
        var affiliation = all.module("token_affiliation");
        if (affiliation != null
                && !bypass
                && reserved.isEmpty()
                && all.variables("prosody").findAny().isPresent()
                && all.on("prosody", "ENABLE_LOBBY", true)) {
            var said = all.variable("prosody", "ENABLE_LOBBY");
            found.accept(finding("lobby-locks-moderators", said == null ? affiliation : said));
        }
    }

    private static void rooms(Configuration all, Consumer<Finding> found) {
        all.of(Kind.WEB)
                .filter(s ->
                        s.name().equals("conferenceRequestUrl") && !s.value().isBlank())
                .forEach(s -> found.accept(finding("rooms-by-http", s)));
        all.of(Kind.LOCATION)
                .filter(s ->
                        s.name().contains("conference-request") && !s.value().isEmpty())
                .filter(s -> s.items().stream()
                        .noneMatch(line -> line.contains("auth_request") || line.contains("deny all")))
                .forEach(s -> found.accept(finding("rooms-by-http", s)));
    }

    static double number(Setting setting, double otherwise) {
        try {
            return Double.parseDouble(setting.value());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}

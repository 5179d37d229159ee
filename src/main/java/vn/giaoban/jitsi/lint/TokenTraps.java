package vn.giaoban.jitsi.lint;

import static vn.giaoban.jitsi.lint.Finding.finding;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import vn.giaoban.jitsi.lint.config.Configuration;
import vn.giaoban.jitsi.lint.config.Setting;
import vn.giaoban.jitsi.lint.config.Setting.Kind;

/** Who gets in, and who of them may command: the traps of signing in by token. */
final class TokenTraps {
    private static final int SECRET_CHARACTERS = 32;
    private static final Set<String> KNOWN_SECRETS = Set.of("my_jitsi_app_secret", "changeme", "secret", "passw0rd");

    private TokenTraps() {}

    static void find(Configuration all, Consumer<Finding> found) {
        door(all, found);
        keys(all, found);
        claims(all, found);
        moderators(all, found);
    }

    private static boolean byToken(Configuration all) {
        return all.options("authentication").anyMatch(s -> s.value().equals("token"));
    }

    private static void door(Configuration all, Consumer<Finding> found) {
        var type = all.variable("prosody", "AUTH_TYPE");
        if (type != null && !type.value().equals("jwt") && !type.unknown())
            found.accept(finding("auth-not-by-token", type));
        if (type != null && !all.on("prosody", "ENABLE_AUTH", false)) found.accept(finding("auth-off", type));
        all.options("authentication")
                .filter(s -> s.at(Kind.HOST) && s.value().contains("anonymous"))
                .forEach(s -> found.accept(finding("guests-allowed", s)));
        var guests = all.variable("prosody", "ENABLE_GUESTS");
        if (guests != null && guests.on()) found.accept(finding("guests-allowed", guests));
        all.options("allow_empty_token")
                .filter(Setting::on)
                .forEach(s -> found.accept(finding("token-empty-allowed", s)));
    }

    private static void keys(Configuration all, Consumer<Finding> found) {
        var secret = all.login("app_secret");
        var server = all.login("asap_key_server");
        var id = all.login("app_id");
        if (secret != null && server != null) found.accept(finding("token-two-algorithms", secret));
        if (id != null && secret == null && server == null && all.login("cache_keys_url") == null)
            found.accept(finding("token-no-key", id));
        if (secret != null
                && server == null
                && !secret.unknown()
                && (secret.value().length() < SECRET_CHARACTERS || KNOWN_SECRETS.contains(secret.value())))
            found.accept(finding(
                    "token-secret-weak",
                    new Setting(secret.file(), secret.line(), secret.place(), secret.name(), "…", secret.items())));
        Stream.of("asap_key_server", "prosody_password_public_key_repo_url")
                .flatMap(all::options)
                .filter(at -> !at.unknown())
                .forEach(at -> {
                    if (at.value().endsWith("/")) found.accept(finding("keys-slash", at));
                    if (at.value().matches("http://[^/:]+\\.[^/]+.*")) found.accept(finding("keys-in-clear", at));
                });
    }

    private static void claims(Configuration all, Consumer<Finding> found) {
        var id = all.login("app_id");
        all.options("asap_require_room_claim")
                .filter(s -> !s.on())
                .forEach(s -> found.accept(finding("token-room-optional", s)));
        all.options("asap_accepted_issuers")
                .filter(s -> s.items().contains("*"))
                .forEach(s -> found.accept(finding("token-issuer-any", s)));
        var audiences = all.login("asap_accepted_audiences");
        if (audiences != null && audiences.items().contains("*"))
            found.accept(finding("token-audience-any", audiences));
        else if (audiences == null && id != null) found.accept(finding("token-audience-any", id));
        // Prosody itself compares; the image tells it not to, unless it is told to.
        var domain = all.login("enable_domain_verification");
        if (domain != null && !domain.on() && !domain.unknown())
            found.accept(finding("token-domain-unverified", domain));
        else if (domain == null && all.variable("prosody", "JWT_APP_ID") != null)
            found.accept(finding("token-domain-unverified", Objects.requireNonNull(id)));
    }

    private static void moderators(Configuration all, Consumer<Finding> found) {
        var auth = all.variable("jicofo", "ENABLE_AUTH");
        if (auth != null) {
            if (all.on("jicofo", "ENABLE_AUTO_OWNER", true))
                found.accept(finding("first-is-moderator", said(all, "ENABLE_AUTO_OWNER", auth)));
            if (auth.on() && all.on("jicofo", "JICOFO_ENABLE_AUTH", true))
                found.accept(finding("all-are-moderators", said(all, "JICOFO_ENABLE_AUTH", auth)));
        }
        all.of(Kind.JICOFO).filter(Setting::on).forEach(s -> {
            if (s.name().equals("enable-auto-owner")) found.accept(finding("first-is-moderator", s));
            if (s.name().equals("authentication.enabled")) found.accept(finding("all-are-moderators", s));
        });
        for (var module : List.of("muc_allowners", "token_owner_party"))
            if (all.module(module) != null) found.accept(loads("module-makes-owners", all, module));
        var waits = all.module("muc_wait_for_host");
        if (waits != null && all.options("wait_for_host_disable_auto_owners").noneMatch(Setting::on))
            found.accept(loads("module-makes-owners", all, "muc_wait_for_host"));
        var token = all.options("authentication")
                .filter(s -> s.value().equals("token"))
                .findFirst();
        if (byToken(all) && all.module("token_affiliation") == null && knowsModules(all, "XMPP_MUC_MODULES"))
            found.accept(finding("token-decides-nothing", token.orElseThrow()));
        if (byToken(all) && all.module("presence_identity") == null && knowsModules(all, "XMPP_MODULES"))
            found.accept(finding("sites-unknown", token.orElseThrow()));
    }

    /** Of a part of a configuration one cannot say what the rest of it loads. */
    private static boolean knowsModules(Configuration all, String variable) {
        return all.variables("prosody").findAny().isPresent()
                || all.options("Component").anyMatch(s -> s.value().equals("muc"))
                || all.variable("prosody", variable) != null;
    }

    private static Setting said(Configuration all, String name, Setting otherwise) {
        var said = all.variable("jicofo", name);
        return said == null ? otherwise : said;
    }

    private static Finding loads(String trap, Configuration all, String module) {
        var at = all.module(module);
        return finding(trap, new Setting(at.file(), at.line(), at.place(), at.name(), module, at.items()));
    }
}

package vn.giaoban.jitsi.lint;

import static vn.giaoban.jitsi.lint.Finding.finding;

import java.util.function.Consumer;
import java.util.function.Predicate;
import vn.giaoban.jitsi.lint.config.Configuration;
import vn.giaoban.jitsi.lint.config.Setting;

/** Who is in the room: the traps of the events that Prosody sends us, and of asking it ourselves. */
final class EventTraps {
    private static final int LEAST_TRIES = 2;

    private EventTraps() {}

    static void find(Configuration all, Consumer<Finding> found) {
        all.options("Component")
                .filter(s -> s.value().equals("event_sync_component"))
                .forEach(component -> component(all, component, found));
        all.options("smacks_hibernation_time")
                .filter(s -> ReservationTraps.number(s, 60) > 60)
                .forEach(s -> found.accept(finding("ghosts-stay-long", s)));
    }

    private static void component(Configuration all, Setting component, Consumer<Finding> found) {
        Predicate<Setting> own =
                s -> s.file().equals(component.file()) && s.place().equals(component.place());
        var prefix = all.options("api_prefix").filter(own).findFirst();
        if (prefix.isEmpty()) found.accept(finding("events-no-address", component));
        if (all.options("muc_component").noneMatch(own)) found.accept(finding("events-no-rooms", component));
        if (all.options("breakout_component").noneMatch(own) && all.option("muc_mapper_domain_base") == null)
            found.accept(finding("events-not-loaded", component));
        if (all.options("api_headers").noneMatch(own)) found.accept(finding("events-unguarded", component));
        prefix.filter(s -> s.value().endsWith("/")).ifPresent(s -> found.accept(finding("events-slash", s)));
        all.options("api_retry_count")
                .filter(own)
                .filter(s -> ReservationTraps.number(s, LEAST_TRIES) < LEAST_TRIES)
                .forEach(s -> found.accept(finding("events-no-retry", s)));
        var known = all.variable("prosody", "XMPP_MODULES");
        if (known != null && (all.module("muc_size") == null || all.module("muc_census") == null))
            found.accept(finding("events-never-compared", known));
    }
}

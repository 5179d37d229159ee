package vn.giaoban.attendance;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.briefing.Status;
import vn.giaoban.http.Refusal;

/**
 * A named person who is registered at a site of a briefing, sits there, or sat there. Registered beforehand is one
 * thing, being there another.
 *
 * @param registeredAt null for who was written down only when he was there
 * @param from null until he has come
 */
public record Delegate(
        UUID id,
        UUID briefing,
        UUID endpoint,
        String name,
        String title,
        Instant registeredAt,
        Instant from,
        Instant to) {

    /** Before the doors open a name is registered; afterwards who is written down sits there. */
    static Delegate named(UUID briefing, UUID endpoint, String name, String title, Status status, Instant now) {
        return new Delegate(
                UUID.randomUUID(),
                briefing,
                endpoint,
                name,
                title,
                status.doorsOpen() ? null : now,
                status.doorsOpen() ? now : null,
                null);
    }

    public boolean here() {
        return from != null && to == null;
    }

    /** Has been there, if only for a while. */
    public boolean came() {
        return from != null;
    }

    boolean registered() {
        return registeredAt != null;
    }

    /** Nothing that can still be taken back: registered or here. */
    boolean open() {
        return to == null;
    }

    Delegate arrived(Status briefing, Instant now) {
        if (!briefing.doorsOpen()) throw Refusal.state("doors-closed", Map.of("status", briefing.name()));
        return new Delegate(id, this.briefing, endpoint, name, title, registeredAt, from == null ? now : from, null);
    }

    Delegate gone(Instant now) {
        return new Delegate(id, briefing, endpoint, name, title, registeredAt, from, now);
    }

    /** The name alone; for the journal's erasable side. */
    String called() {
        return title.isEmpty() ? name : name + ", " + title;
    }
}

package vn.giaoban.bridge.support;

import java.time.Instant;
import java.util.UUID;
import vn.giaoban.http.Refusal;

/**
 * A site that needs help, until it has it or no longer needs it: asked for by the site, taken aside by a technician into
 * a room of its own, brought back. A verb gives the next one or refuses.
 */
public record SupportCase(
        UUID id,
        UUID briefing,
        UUID endpoint,
        Reason reason,
        String text,
        Instant openedAt,
        boolean asked,
        Instant takenAt,
        UUID takenBy,
        String takenName,
        String room,
        Instant endedAt) {

    public enum Reason {
        SOUND,
        PICTURE,
        LINE,
        OTHER
    }

    static SupportCase asked(UUID briefing, UUID endpoint, Reason reason, String text, String room, Instant now) {
        return new SupportCase(
                UUID.randomUUID(), briefing, endpoint, reason, text, now, true, null, null, "", room, null);
    }

    /** A technician has seen it before the site did. */
    static SupportCase found(UUID briefing, UUID endpoint, String room, Instant now) {
        return new SupportCase(
                UUID.randomUUID(), briefing, endpoint, Reason.OTHER, "", now, false, null, null, "", room, null);
    }

    boolean open() {
        return endedAt == null;
    }

    boolean taken() {
        return takenAt != null && open();
    }

    /** Another technician may take it over: the first one's own line may be the one that is gone. */
    SupportCase taken(UUID by, String name, Instant now) {
        if (!open()) throw Refusal.state("no-support-case");
        return new SupportCase(
                id,
                briefing,
                endpoint,
                reason,
                text,
                openedAt,
                asked,
                takenAt == null ? now : takenAt,
                by,
                name,
                room,
                null);
    }

    /** The site no longer asks; once it is taken aside that is the technician's to end. */
    SupportCase withdrawn(Instant now) {
        if (!open() || taken()) throw Refusal.state("no-support-case");
        return ended(now);
    }

    SupportCase returned(Instant now) {
        if (!taken()) throw Refusal.state("not-in-support");
        return ended(now);
    }

    SupportCase ended(Instant now) {
        return new SupportCase(
                id, briefing, endpoint, reason, text, openedAt, asked, takenAt, takenBy, takenName, room, now);
    }
}

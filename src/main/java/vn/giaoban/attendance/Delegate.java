package vn.giaoban.attendance;

import java.time.Instant;
import java.util.UUID;

/** A named person who sits, or sat, at a site of a briefing. */
public record Delegate(UUID id, UUID briefing, UUID endpoint, String name, String title, Instant from, Instant to) {
    public boolean here() {
        return to == null;
    }

    Delegate gone(Instant now) {
        return new Delegate(id, briefing, endpoint, name, title, from, now);
    }

    /** The name alone; for the journal's erasable side. */
    String called() {
        return title.isEmpty() ? name : name + ", " + title;
    }
}

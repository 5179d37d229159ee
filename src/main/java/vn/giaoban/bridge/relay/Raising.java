package vn.giaoban.bridge.relay;

import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.journal.Change;

/** Where a hand that is raised in the video room goes: into the one queue for the floor. */
public interface Raising {
    /** {@code request}: the one that was made; null where the site already waits or speaks. */
    record Heard(UUID request) {}

    /** Null where it cannot be now: the site has not taken its place, or the queue is full. */
    Heard raised(Change change, Briefing briefing, UUID endpoint);

    /** The request, if it still waits, is taken back. */
    void lowered(Change change, Briefing briefing, UUID request);
}

package vn.giaoban.briefing;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Part;

/** A room that keeps something of a briefing. It is told of every step of the briefing, in the same transaction. */
public interface Companion {
    /** Its share of the whole plan. */
    default void plan(Briefing briefing, Fields plan) {}

    /** Its parts of the picture `briefing/{id}`, from the facts. */
    default List<Part> parts(Briefing briefing) {
        return List.of();
    }

    /** Its parts of the picture `endpoint/{id}` that come from this briefing. */
    default List<Part> parts(Briefing briefing, UUID endpoint) {
        return List.of();
    }

    /** The briefing became another (or was just made: then both are the same): edited, scheduled, opened, started, closed … */
    default void moved(Briefing before, Briefing after, Change change) {}

    /** A draft is made out of an earlier briefing. */
    default void copied(Briefing from, Briefing to, Change change) {}

    /** All endpoints that are invited. */
    default Set<UUID> endpoints(UUID briefing) {
        return Set.of();
    }

    /** Which of these endpoints are invited. */
    default Set<UUID> invited(UUID briefing, Set<UUID> among) {
        return Set.of();
    }
}

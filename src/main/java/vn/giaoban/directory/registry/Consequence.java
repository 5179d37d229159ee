package vn.giaoban.directory.registry;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;

/** Told, as soon as it stands and once more when all has settled, what a change means for briefings from that day on. */
public interface Consequence {
    /** They are called otherwise: what shows their names follows. */
    void renamed(Change change, Actor by, Set<UUID> endpoints, LocalDate from);

    /** They end, and these take their places. */
    void succeeded(Change change, Actor by, Map<UUID, UUID> successors, LocalDate from);
}

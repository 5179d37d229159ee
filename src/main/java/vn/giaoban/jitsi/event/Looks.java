package vn.giaoban.jitsi.event;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.conf.Settings;
import vn.giaoban.jitsi.Turns;
import vn.giaoban.jitsi.outside.Prosody;
import vn.giaoban.jitsi.outside.Silent;

/**
 * Looks again and again at who is in the rooms, and holds it against what we were told: an event that was lost for good
 * shows here. Where the lists do not agree with each other, people are just coming or going, and the next look tells.
 */
public final class Looks {
    private static final Logger log = LoggerFactory.getLogger(Looks.class);

    private final Prosody prosody;
    private final Sightings sightings;
    private final Turns turns;
    private final Clock clock;
    private final Duration every;

    public Looks(Prosody prosody, Sightings sightings, Turns turns, Clock clock, Settings.Jitsi.Prosody settings) {
        this.prosody = prosody;
        this.sightings = sightings;
        this.turns = turns;
        this.clock = clock;
        this.every = Duration.ofSeconds(settings.lookSeconds());
    }

    /** If it is time and no other node's turn. */
    public void beat() {
        if (prosody.configured() && turns.mine("look", every)) look();
    }

    private void look() {
        try {
            var at = clock.instant();
            var standing = prosody.census();
            var rooms = new HashSet<>(sightings.standing(at));
            standing.stream().filter(sightings::knows).forEach(rooms::add);
            for (var room : rooms)
                if (standing.contains(room)) look(room);
                else sightings.look(room, Map.of(), at);
        } catch (Silent silent) {
            log.debug("no look at the rooms: {}", silent.getMessage());
        }
    }

    /** One room whose list is more than we take, or is none, hides no other room. */
    private void look(String room) throws Silent {
        try {
            var at = clock.instant();
            var roster = prosody.roster(room);
            var size = prosody.size(room);
            if (roster == null || size == null) return;
            if (size == Math.max(1, roster.size())) sightings.look(room, roster, at);
        } catch (Silent silent) {
            if (!silent.spoke()) throw silent;
            log.debug("no look at one room: {}", silent.getMessage());
        }
    }
}

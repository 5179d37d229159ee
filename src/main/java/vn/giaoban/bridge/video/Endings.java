package vn.giaoban.bridge.video;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.bridge.video.EndingSql.Ending;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.db.Fields;
import vn.giaoban.jitsi.event.Sightings;
import vn.giaoban.jitsi.outside.Prosody;
import vn.giaoban.jitsi.outside.Prosody.Outcome;
import vn.giaoban.jitsi.outside.Silent;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;

/**
 * Ends meetings: written down with the change that asks for it, carried out after, and tried again after 1, 2, 4 … 60
 * seconds until Jitsi has done it. A briefing that closes ends its meeting.
 */
public final class Endings implements Companion {
    private static final Logger log = LoggerFactory.getLogger(Endings.class);
    private static final int MOST_SECONDS = 60;
    /** A node that dies over it: another one takes it after this. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    private final Journal journal;
    private final Briefings briefings;
    private final Prosody prosody;
    private final Sightings sightings;
    private final EndingSql sql;
    private final Clock clock;

    public Endings(Journal journal, Briefings briefings, Prosody prosody, Sightings sightings, Clock clock) {
        this.journal = journal;
        this.briefings = briefings;
        this.prosody = prosody;
        this.sightings = sightings;
        this.sql = new EndingSql(journal.db());
        this.clock = clock;
    }

    /** The room is to be ended as soon as this change is in the books. */
    public void end(Change change, UUID briefing, String room) {
        if (!prosody.configured() || sql.pending(room)) return;
        change.due(
                change.now(),
                EndingSql.ACT,
                room,
                Fields.of("briefing", briefing).and("since", change.now().toString()));
    }

    /** Carries out what is due. */
    public void beat() {
        for (var now = clock.instant(); ; now = clock.instant()) {
            var ending = sql.claim(now, now.plus(CLAIM));
            if (ending == null) return;
            carryOut(ending);
        }
    }

    private void carryOut(Ending ending) {
        String why;
        try {
            var outcome = prosody.end(ending.room());
            why = outcome == Outcome.REFUSED ? "refused" : null;
        } catch (Silent silent) {
            why = silent.why().name().toLowerCase(Locale.ROOT);
        }
        var failed = why;
        journal.write(Briefings.subject(ending.briefing()), Actor.SYSTEM, change -> {
            var briefing = briefings.get(ending.briefing());
            var before = waiting(briefing);
            if (failed == null) {
                sql.done(ending, change.now());
                change.record("video.ended", Fields.of("tries", ending.failed() + 1));
            } else sql.again(ending, change.now().plusSeconds(pause(ending.failed())), failed);
            change.shows(before, waiting(briefing));
            return null;
        });
        if (failed != null && ending.failed() == 0) log.warn("a meeting cannot be ended yet: {}", failed);
    }

    static long pause(int failed) {
        return failed >= 6 ? MOST_SECONDS : 1L << failed;
    }

    /** What staff are told while Jitsi has not ended what is over. */
    private Part waiting(Briefing briefing) {
        var waiting = sql.waiting(briefing.id());
        Map<String, Object> view = waiting.isEmpty()
                ? null
                : Fields.of("since", waiting.getFirst().since())
                        .and("why", waiting.getFirst().why());
        return new Part(
                BriefingView.stream(briefing),
                List.of("conference", "ending"),
                List.of(Audience.STAFF),
                audience -> view);
    }

    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before.status() != after.status() && after.status() == Status.CLOSED)
            rooms(after).forEach(room -> end(change, after.id(), room));
    }

    /** Its own, and those beside it in which somebody still is. */
    private Set<String> rooms(Briefing briefing) {
        var rooms = new TreeSet<String>();
        rooms.add(briefing.videoName());
        for (var stay : sightings.of(briefing.id())) if (stay.open()) rooms.add(stay.room());
        return rooms;
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        return List.of(waiting(briefing));
    }
}

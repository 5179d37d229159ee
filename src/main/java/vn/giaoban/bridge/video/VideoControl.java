package vn.giaoban.bridge.video;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.http.Refusal;
import vn.giaoban.jitsi.event.Sightings;
import vn.giaoban.jitsi.event.Stay;
import vn.giaoban.jitsi.outside.Prosody;
import vn.giaoban.jitsi.outside.Prosody.Outcome;
import vn.giaoban.jitsi.outside.Silent;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;

/** The commands to a briefing's conference that a server can give, and who is in it now. */
public final class VideoControl {
    private static final Logger log = LoggerFactory.getLogger(VideoControl.class);

    private final Journal journal;
    private final Briefings briefings;
    private final Directory directory;
    private final Sightings sightings;
    private final Prosody prosody;
    private final Endings endings;

    public VideoControl(
            Journal journal,
            Briefings briefings,
            Directory directory,
            Sightings sightings,
            Prosody prosody,
            Endings endings) {
        this.journal = journal;
        this.briefings = briefings;
        this.directory = directory;
        this.sightings = sightings;
        this.prosody = prosody;
        this.endings = endings;
    }

    /** Everybody who is there now, sites by their names here, others by what their token said. */
    Map<String, Object> read(UUID id) {
        var there = new ArrayList<Map<String, Object>>();
        var invited = new HashMap<String, Endpoint>();
        directory
                .endpoints(briefings.endpoints(id))
                .forEach((site, endpoint) -> invited.put(site.toString(), endpoint));
        for (var stay : sightings.of(id)) {
            if (!stay.open()) continue;
            var site = invited.get(stay.who());
            there.add(Fields.of("participant", stay.nick())
                    .and("endpoint", site == null ? null : site.id())
                    .and("name", site == null ? stay.name() : site.name())
                    .and("since", stay.from())
                    .and("uncertain", stay.fromSure() ? null : true)
                    .and("breakout", stay.breakout()));
        }
        return Fields.of("commands", prosody.configured()).and("participants", there);
    }

    /** The meeting ends for everybody, now or as soon as Jitsi does it; who has a token may begin another. */
    void end(Actor actor, UUID id) {
        configured();
        journal.write(Briefings.subject(id), actor, change -> {
            var briefing = open(id);
            endings.end(change, id, briefing.videoName());
            change.record("video.end", Map.of());
            return null;
        });
    }

    /** Puts out of the conference one connection, or all of a site. */
    void kick(Actor actor, UUID id, UUID endpoint, String participant) {
        open(id);
        configured();
        int put = 0;
        for (var stay : there(id, endpoint, participant)) if (done(() -> prosody.kick(stay.room(), stay.nick()))) put++;
        if (put == 0) throw Refusal.state("not-in-video");
        record(actor, id, "video.kicked", endpoint, participant, Map.of());
    }

    /** A line in the conference's chat that only one site sees. */
    void message(Actor actor, UUID id, UUID endpoint, String participant, String text, String sender) {
        open(id);
        configured();
        var rooms = new TreeMap<String, List<String>>();
        for (var stay : there(id, endpoint, participant))
            if (!stay.occupant().isEmpty())
                rooms.computeIfAbsent(stay.room(), room -> new ArrayList<>()).add(stay.occupant());
        int sent = 0;
        for (var room : rooms.entrySet())
            if (done(() -> prosody.message(room.getKey(), room.getValue(), text, sender))) sent++;
        if (sent == 0) throw Refusal.state("not-in-video");
        record(actor, id, "video.message", endpoint, participant, Map.of("text", text));
    }

    private List<Stay> there(UUID id, UUID endpoint, String participant) {
        var there = sightings.of(id).stream()
                .filter(stay -> stay.open() && stay.breakout().isEmpty())
                .filter(stay -> endpoint != null
                        ? stay.who().equals(endpoint.toString())
                        : stay.nick().equals(participant))
                .toList();
        if (there.isEmpty()) throw Refusal.state("not-in-video");
        return there;
    }

    private void record(
            Actor actor, UUID id, String verb, UUID endpoint, String participant, Map<String, String> personal) {
        journal.write(Briefings.subject(id), actor, change -> {
            change.record(verb, Fields.of("endpoint", endpoint).and("participant", participant), personal);
            return null;
        });
    }

    /** Where it stands that nobody ends or asks what no longer runs. */
    private Briefing open(UUID id) {
        var briefing = briefings.get(id);
        if (!briefing.status().doorsOpen())
            throw Refusal.state(
                    "doors-closed", Map.of("status", briefing.status().name()));
        return briefing;
    }

    private void configured() {
        if (!prosody.configured()) throw Refusal.state("no-video-commands");
    }

    private interface Command {
        Outcome give() throws Silent;
    }

    private static boolean done(Command command) {
        try {
            var outcome = command.give();
            if (outcome == Outcome.REFUSED) {
                log.warn("Prosody does not take our system token");
                throw new Refusal(503, "video-refused", Map.of()).retryAfter(60);
            }
            return outcome == Outcome.DONE;
        } catch (Silent silent) {
            log.warn("a command to the conference was not answered: {}", silent.getMessage());
            throw new Refusal(503, "video-silent", Map.of());
        }
    }
}

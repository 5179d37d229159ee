package vn.giaoban;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import vn.giaoban.bridge.Board;
import vn.giaoban.bridge.VideoDoor;
import vn.giaoban.bridge.Visits;
import vn.giaoban.bridge.support.Support;
import vn.giaoban.bridge.video.Endings;
import vn.giaoban.bridge.video.HealthWatch;
import vn.giaoban.bridge.video.Telephone;
import vn.giaoban.bridge.video.VideoBook;
import vn.giaoban.bridge.video.VideoControl;
import vn.giaoban.bridge.video.VideoControlRoutes;
import vn.giaoban.bridge.video.VideoPresence;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.conf.Settings;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Api;
import vn.giaoban.http.Origins;
import vn.giaoban.jitsi.Inbound;
import vn.giaoban.jitsi.Turns;
import vn.giaoban.jitsi.VideoRooms;
import vn.giaoban.jitsi.VideoRoutes;
import vn.giaoban.jitsi.dialin.DialIn;
import vn.giaoban.jitsi.dialin.DialInRoutes;
import vn.giaoban.jitsi.dialin.Pins;
import vn.giaoban.jitsi.event.EventRoutes;
import vn.giaoban.jitsi.event.Looks;
import vn.giaoban.jitsi.event.Sightings;
import vn.giaoban.jitsi.health.Servers;
import vn.giaoban.jitsi.key.KeyRoutes;
import vn.giaoban.jitsi.key.SigningKeys;
import vn.giaoban.jitsi.outside.Outside;
import vn.giaoban.jitsi.outside.Prosody;
import vn.giaoban.jitsi.reservation.ReservationRoutes;
import vn.giaoban.jitsi.reservation.Reservations;
import vn.giaoban.journal.DueActs;
import vn.giaoban.journal.Journal;

/** All that has to do with Jitsi, wired by hand like the rest of the node: what it asks of us, and what we ask of it. */
final class Video {
    /** In a room of support: the site and a technician, and whoever takes over. */
    private static final int SUPPORT_SEATS = 3;

    private final Settings.Jitsi settings;
    private final Clock clock;
    private final Journal journal;
    private final Briefings briefings;
    private final Directory directory;
    private final Support support;
    private final VideoBook book;
    private final Sightings sightings;
    private final VideoPresence presence;
    private final SigningKeys login;
    private final SigningKeys system;
    private final Prosody prosody;
    private final Looks looks;
    private final Endings endings;
    private final Servers servers;
    private final HealthWatch health;
    private final Pins pins;
    private final DialIn dialIn;
    private final Telephone telephone;

    Video(
            Vertx vertx,
            Settings.Jitsi settings,
            Clock clock,
            Journal journal,
            Briefings briefings,
            Directory directory,
            Board board,
            Support support) {
        this.settings = settings;
        this.clock = clock;
        this.journal = journal;
        this.briefings = briefings;
        this.directory = directory;
        var db = journal.db();
        login = new SigningKeys("login", settings, db, clock);
        system = new SigningKeys("system", settings, db, clock);
        var limits = settings.prosody();
        var outside = new Outside(vertx, limits.deadlineMs(), limits.maxAnswerBytes());
        prosody = new Prosody(outside, settings, system, clock);
        this.support = support;
        book = new VideoBook(briefings).and(room -> {
            var briefing = support.briefingOf(room);
            return briefing == null ? null : VideoBook.room(briefings.get(briefing), room, SUPPORT_SEATS);
        });
        sightings = new Sightings(db, book);
        var turns = new Turns(db, clock);
        looks = new Looks(prosody, sightings, turns, clock, limits);
        servers = new Servers(outside, prosody, settings.health());
        health = new HealthWatch(journal, briefings, servers, turns, clock, settings.health());
        pins = new Pins(db);
        dialIn = new DialIn(pins, book, settings, clock);
        telephone = new Telephone(briefings, dialIn, pins);
        presence = new VideoPresence(journal, briefings, new Visits(journal, board), board, directory, sightings);
        endings = new Endings(journal, briefings, prosody, sightings, clock);
        briefings.accompany(presence);
        briefings.accompany(endings);
        briefings.accompany(health);
        briefings.accompany(telephone);
    }

    /** What other rooms that make meetings of their own end them with. */
    Endings endings() {
        return endings;
    }

    /** Where rooms beside a briefing's own are made known. */
    VideoBook book() {
        return book;
    }

    /** The calls of people, and those of Jitsi. */
    Inbound mount(Api api, Origins origins, Api.Meter meter) {
        new VideoRoutes(new VideoRooms(settings, login, clock), new VideoDoor(briefings, directory, support::room))
                .mount(api);
        new VideoControlRoutes(new VideoControl(journal, briefings, directory, sightings, prosody, endings), briefings)
                .mount(api);
        var inbound = new Inbound(origins, meter);
        var reservations = new Reservations(journal.db(), book, clock, settings);
        new ReservationRoutes(reservations, settings.reservation()).mount(inbound);
        new EventRoutes(sightings, settings.events()).mount(inbound);
        telephone.mount(api);
        new DialInRoutes(dialIn, settings, clock).mount(inbound);
        KeyRoutes.mount(inbound, login, system);
        return inbound;
    }

    void beats(Beats beats) {
        beats.every(1_000, "conference", presence::beat);
        beats.every(1_000, "ending meetings", endings::beat);
        beats.every(1_000, "looks at rooms", looks::beat);
        beats.every(1_000, "video servers", health::beat);
        beats.every(60_000, "signing keys", this::turn);
    }

    /** What is to be done about the conference at a time. */
    void due(DueActs due) {
        due.on(
                HealthWatch.CHECK,
                (briefing, detail) ->
                        health.checkDue(UUID.fromString(briefing), Instant.parse((String) detail.get("start"))));
    }

    /** One gauge for each server that is looked at, and the figures that say how much it carries. */
    void meters(Meters meters) {
        for (var server : servers.names()) {
            meters.server("giaoban.video.server.well", "1 well, 0 sick, NaN unknown", server, () -> health.met(server));
            for (var figure : List.of("conferences", "participants", "stress_level"))
                if (server.equals("jicofo") && !figure.equals("stress_level") || server.startsWith("jvb"))
                    meters.server(
                            "giaoban.video." + figure.replace('_', '.'),
                            "As the server says",
                            server,
                            () -> health.figure(server, figure));
        }
    }

    /** Only the keys that anything is signed with. */
    private void turn() {
        if (settings.configured() && settings.algorithm() == Settings.Jitsi.Algorithm.RS256) login.turn();
        if (prosody.configured()) system.turn();
    }
}

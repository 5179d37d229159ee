package vn.giaoban;

import java.time.Clock;
import vn.giaoban.bridge.VideoDoor;
import vn.giaoban.bridge.video.VideoBook;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Db;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Api;
import vn.giaoban.http.Origins;
import vn.giaoban.jitsi.Inbound;
import vn.giaoban.jitsi.VideoRooms;
import vn.giaoban.jitsi.VideoRoutes;
import vn.giaoban.jitsi.event.EventRoutes;
import vn.giaoban.jitsi.event.Sightings;
import vn.giaoban.jitsi.reservation.ReservationRoutes;
import vn.giaoban.jitsi.reservation.Reservations;

/** All that has to do with Jitsi, wired by hand like the rest of the node: what it asks of us, and what we ask of it. */
final class Video {
    private final VideoBook book;
    private final Inbound inbound;

    Video(
            Settings.Jitsi settings,
            Clock clock,
            Db db,
            Briefings briefings,
            Directory directory,
            Origins origins,
            Api api,
            Api.Meter meter) {
        book = new VideoBook(briefings);
        inbound = new Inbound(origins, meter);
        var sightings = new Sightings(db, book);
        new ReservationRoutes(new Reservations(db, book, clock, settings), settings.reservation()).mount(inbound);
        new EventRoutes(sightings, settings.events()).mount(inbound);
        new VideoRoutes(new VideoRooms(settings, clock), new VideoDoor(briefings, directory)).mount(api);
    }

    /** Where rooms beside a briefing's own are made known. */
    VideoBook book() {
        return book;
    }

    Inbound inbound() {
        return inbound;
    }
}

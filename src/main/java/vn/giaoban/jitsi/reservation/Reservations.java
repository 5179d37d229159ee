package vn.giaoban.jitsi.reservation;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Db;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;
import vn.giaoban.jitsi.RoomBook;

/**
 * Whether a room may start. Who is in it is not asked here: Prosody tells no person, only a name that anybody can type,
 * so people are admitted by their tokens alone.
 */
public final class Reservations {
    private final ReservationSql sql;
    private final RoomBook book;
    private final Clock clock;
    private final Settings.Jitsi settings;

    public Reservations(Db db, RoomBook book, Clock clock, Settings.Jitsi settings) {
        this.sql = new ReservationSql(db);
        this.book = book;
        this.clock = clock;
        this.settings = settings;
    }

    /** What Jitsi is answered; a room asked for again, be it after Prosody's restart, is the same room. */
    Map<String, Object> ask(String name) {
        // Prosody compares our answer's name in small letters with what it asked: capitals can never be approved.
        if (!name.equals(name.toLowerCase(Locale.ROOT))) throw new Refusal(400, "room-letters", Map.of());
        var room = book.find(name);
        if (room == null) throw new Refusal(403, "room-unknown", Map.of());
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        room.demandStart(now, Duration.ofMinutes(settings.reservation().earlyMinutes()));
        int seats = 2 * room.seats() + settings.reservation().spareOccupants();
        return answer(sql.stand(name, room.briefing(), seats, now));
    }

    /** The same answer by its number. */
    Map<String, Object> read(String id) {
        var found = number(id) < 0 ? null : sql.find(number(id));
        if (found == null) throw Refusal.notFound();
        return answer(found);
    }

    /** The room is no more. */
    void end(String id) {
        if (number(id) < 0 || !sql.end(number(id), clock.instant())) throw Refusal.notFound();
    }

    private Fields answer(Reservation reservation) {
        var wanted = settings.reservation();
        var answer = Fields.of("id", String.valueOf(reservation.id()))
                .and("name", reservation.room())
                .and("mail_owner", "giaoban@" + settings.prosody().host())
                .and("start_time", reservation.startAt())
                .and("duration", Duration.ofHours(wanted.hours()).toSeconds());
        if (wanted.maxOccupants()) answer.and("max_occupants", reservation.seats());
        return wanted.lobby() ? answer.and("lobby", true) : answer;
    }

    private static long number(String id) {
        return id.matches("[0-9]{1,18}") ? Long.parseLong(id) : -1;
    }
}

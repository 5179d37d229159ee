package vn.giaoban.jitsi.dialin;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;
import vn.giaoban.http.Words;
import vn.giaoban.jitsi.RoomBook;
import vn.giaoban.jitsi.VideoRoom;

/** Which number leads to which room and the reverse, in the JSON of Jitsi's cloud API; and where to call. */
public final class DialIn {
    private final Pins pins;
    private final RoomBook book;
    private final Settings.Jitsi settings;
    private final Clock clock;

    public DialIn(Pins pins, RoomBook book, Settings.Jitsi settings, Clock clock) {
        this.pins = pins;
        this.book = book;
        this.settings = settings;
        this.clock = clock;
    }

    public boolean offered() {
        return settings.configured() && !settings.dialIn().numbers().isEmpty();
    }

    /** A room's full address, however it was said; null where it was not. */
    String address(String conference, String room, String domain) {
        if (conference != null || room == null) return conference;
        return room + "@" + (domain == null ? settings.prosody().muc() : domain);
    }

    /** By the room's full address, which only those know who are let in. */
    Map<String, Object> ofRoom(String address) {
        var end = "@" + settings.prosody().muc();
        var room = offered() && address.endsWith(end)
                ? book.find(address.substring(0, address.length() - end.length()))
                : null;
        if (room == null || closed(room)) return unknown("room-unknown");
        return Fields.of("id", Integer.valueOf(pins.of(room.briefing(), room.name())))
                .and("conference", address);
    }

    /** By the number that somebody dials. */
    Map<String, Object> ofPin(String pin) {
        var name = pin.matches("[0-9]{9}") ? pins.room(pin) : null;
        var room = name == null || !offered() ? null : book.find(name);
        if (room == null || closed(room)) return unknown("pin-unknown");
        try {
            room.demandStart(
                    clock.instant(), Duration.ofMinutes(settings.reservation().earlyMinutes()));
        } catch (Refusal early) {
            return Fields.of("id", Integer.valueOf(pin))
                    .and("conference", false)
                    .and("message", Words.VI.say(early.wording(), early.says()));
        }
        return Fields.of("id", Integer.valueOf(pin))
                .and("conference", name + "@" + settings.prosody().muc());
    }

    private static boolean closed(VideoRoom room) {
        return room.door() == VideoRoom.Door.OVER || room.door() == VideoRoom.Door.OFF;
    }

    private static Fields unknown(String why) {
        return Fields.of("conference", false).and("message", Words.VI.say(why));
    }

    /** As configured: "VN +84 24 7300 0000", with "free" between for one that costs the caller nothing. */
    public List<Map<String, Object>> numbers() {
        return settings.dialIn().numbers().stream().map(DialIn::number).toList();
    }

    private static Map<String, Object> number(String said) {
        var parts = said.strip().split("\\s+", 2);
        if (parts.length < 2) throw new Settings.Unusable("Configuration: jitsi.dialIn.numbers: \"" + said + "\"");
        boolean free = parts[1].startsWith("free ");
        return Fields.of("countryCode", parts[0])
                .and("tollFree", free)
                .and("formattedNumber", free ? parts[1].substring(5).strip() : parts[1]);
    }
}

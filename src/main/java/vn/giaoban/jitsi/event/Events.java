package vn.giaoban.jitsi.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vn.giaoban.db.Json;
import vn.giaoban.http.Refusal;
import vn.giaoban.jitsi.event.Fact.Kind;

/** Reads what event_sync_component tells, strictly in what we use of it; what we do not use it may say as it likes. */
final class Events {
    /** The events by the end of their address. */
    static final Map<String, String> NAMES = Map.of(
            "room/created", "muc-room-created",
            "room/destroyed", "muc-room-destroyed",
            "occupant/joined", "muc-occupant-joined",
            "occupant/left", "muc-occupant-left");

    private static final int LONGEST = 300;
    private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
    private static final int NICK = 8;

    private Events() {}

    /** The facts that an event comes to, with the room's name in small letters. */
    static List<Fact> read(String event, byte[] body) {
        Map<String, Object> told;
        try {
            told = Json.read(body);
        } catch (Json.Malformed e) {
            throw malformed();
        }
        if (!NAMES.get(event).equals(told.get("event_name"))) throw malformed();
        var room = text(told, "room_name").toLowerCase(Locale.ROOT);
        text(told, "room_jid");
        var breakout = Boolean.TRUE.equals(told.get("is_breakout")) ? text(told, "breakout_room_id") : "";
        return switch (event) {
            case "room/created" -> List.of(Fact.ofRoom(room, breakout, Kind.CREATED, hour(told, "created_at"), null));
            case "room/destroyed" -> destroyed(room, breakout, told);
            case "occupant/joined" ->
                List.of(occupant(room, breakout, Kind.JOINED, object(told.get("occupant")), null));
            default -> {
                var occupant = object(told.get("occupant"));
                yield List.of(occupant(room, breakout, Kind.LEFT, occupant, hour(occupant, "left_at")));
            }
        };
    }

    /** The room's end and everybody who was ever in it; who has no hour of leaving left with the room. */
    private static List<Fact> destroyed(String room, String breakout, Map<String, Object> told) {
        var till = hour(told, "destroyed_at");
        var from = hour(told, "created_at");
        var facts = new ArrayList<Fact>();
        facts.add(Fact.ofRoom(room, breakout, Kind.DESTROYED, from, till.isBefore(from) ? from : till));
        // An empty list and an empty object are the same to Lua, which writes {}.
        var all = told.get("all_occupants");
        if (all instanceof Map<?, ?> none && none.isEmpty()) return facts;
        if (!(all instanceof List<?> list)) throw malformed();
        for (var one : list) {
            var occupant = object(one);
            facts.add(occupant(
                    room,
                    breakout,
                    Kind.LISTED,
                    occupant,
                    occupant.containsKey("left_at") ? hour(occupant, "left_at") : till));
        }
        return facts;
    }

    private static Fact occupant(String room, String breakout, Kind kind, Map<String, Object> occupant, Instant till) {
        var address = text(occupant, "occupant_jid");
        var from = hour(occupant, "joined_at");
        return new Fact(
                room,
                breakout,
                kind,
                nick(address),
                address,
                from,
                till != null && till.isBefore(from) ? from : till,
                optional(occupant, "id"),
                optional(occupant, "name"));
    }

    /** By which the lists of who is there call the connection. */
    static String nick(String address) {
        return address.length() <= NICK ? address : address.substring(0, NICK);
    }

    /** Whole seconds of our era. */
    private static Instant hour(Map<String, Object> told, String name) {
        if (told.get(name) instanceof Number n
                && n.doubleValue() == n.longValue()
                && n.longValue() > 0
                && n.longValue() < LATEST) return Instant.ofEpochSecond(n.longValue());
        throw malformed();
    }

    private static String text(Map<String, Object> told, String name) {
        if (told.get(name) instanceof String s && !s.isEmpty() && s.length() <= LONGEST && s.indexOf('\0') < 0)
            return s;
        throw malformed();
    }

    /** What somebody typed or a token carried: cut and cleaned, never a reason to lose the event. */
    private static String optional(Map<String, Object> told, String name) {
        var value = told.get(name);
        if (!(value instanceof String || value instanceof Number)) return "";
        var text = String.valueOf(value).replaceAll("\\p{Cntrl}|\\p{Cs}", " ").strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST).replaceAll("\\p{Cs}$", "");
    }

    private static Map<String, Object> object(Object value) {
        if (!(value instanceof Map<?, ?> map)) throw malformed();
        var object = new HashMap<String, Object>();
        map.forEach((name, one) -> object.put((String) name, one));
        return object;
    }

    private static Refusal malformed() {
        return new Refusal(400, "malformed", Map.of());
    }
}

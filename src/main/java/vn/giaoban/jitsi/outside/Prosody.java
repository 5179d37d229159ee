package vn.giaoban.jitsi.outside;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.jitsi.key.SigningKeys;
import vn.giaoban.jitsi.key.Token;
import vn.giaoban.jitsi.outside.Outside.Ask;
import vn.giaoban.jitsi.outside.Outside.Heard;
import vn.giaoban.jitsi.outside.Silent.Why;

/**
 * What we ask of Prosody, in its words: who is in which room, and the few commands that it takes from a server. Commands
 * carry a token of their own, which opens every room and therefore lives a minute and is never given to anybody.
 */
public final class Prosody {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);
    private static final Duration SKEW = Duration.ofSeconds(10);

    private final Outside outside;
    private final Settings.Jitsi settings;
    private final Settings.Jitsi.Prosody where;
    private final SigningKeys keys;
    private final Clock clock;

    /** What became of a command. */
    public enum Outcome {
        DONE,
        /** There is no such room, or nobody of that name in it. */
        NOT_THERE,
        /** It does not take our word: keys, virtual host or modules are not as they must be. */
        REFUSED
    }

    /** {@code keys}: those of command. */
    public Prosody(Outside outside, Settings.Jitsi settings, SigningKeys keys, Clock clock) {
        this.outside = outside;
        this.settings = settings;
        this.where = settings.prosody();
        this.keys = keys;
        this.clock = clock;
    }

    public boolean configured() {
        return !where.url().isBlank();
    }

    /** The rooms that stand now. */
    public Set<String> census() throws Silent {
        var heard = read(Ask.get(where.url(), where.host(), "/room-census"));
        if (!(value(heard) instanceof Map<?, ?> all) || !(all.get("room_census") instanceof List<?> rooms)) {
            throw new Silent(Why.GARBAGE);
        }
        var names = new HashSet<String>();
        for (var one : rooms) {
            if (!(one instanceof Map<?, ?> room && room.get("room_name") instanceof String jid))
                throw new Silent(Why.GARBAGE);
            if (jid.endsWith("@" + where.muc()))
                names.add(jid.substring(0, jid.length() - where.muc().length() - 1));
        }
        return names;
    }

    /** How many are in the room, one at least; null where there is no such room. */
    public Integer size(String room) throws Silent {
        var heard = read(Ask.get(where.url(), where.host(), "/room-size?room=" + room + "&domain=" + where.host()));
        if (heard.status() == 404) return null;
        if (value(heard) instanceof Map<?, ?> size && size.get("participants") instanceof Integer n && n >= 0) return n;
        throw new Silent(Why.GARBAGE);
    }

    /** Who is in the room: nick and the name that he gave himself; null where there is no such room. */
    public Map<String, String> roster(String room) throws Silent {
        var heard = read(Ask.get(where.url(), where.host(), "/room?room=" + room + "&domain=" + where.host()));
        if (heard.status() == 404) return null;
        var value = value(heard);
        // An empty list and an empty object are the same to Lua, which writes {}.
        if (value instanceof Map<?, ?> none && none.isEmpty()) return Map.of();
        if (!(value instanceof List<?> list)) throw new Silent(Why.GARBAGE);
        var roster = new HashMap<String, String>();
        for (var one : list) {
            if (!(one instanceof Map<?, ?> who && who.get("jid") instanceof String jid)
                    || !jid.startsWith(room + "@" + where.muc() + "/")) throw new Silent(Why.GARBAGE);
            var name = who.get("display_name") instanceof String s ? s : "";
            roster.put(jid.substring(jid.indexOf('/') + 1), name);
        }
        return roster;
    }

    /** The meeting is over for everybody. */
    public Outcome end(String room) throws Silent {
        return command("POST", where.host(), "/end-meeting?conference=" + address(room), Map.of(), null);
    }

    /** One connection is put out of the room; it may come again at once. */
    public Outcome kick(String room, String nick) throws Silent {
        return command(
                "PUT",
                where.systemHost(),
                "/kick-participant?room=" + room,
                Map.of("Content-Type", "application/json"),
                Json.text(Map.of("participantId", nick)));
    }

    /** A message that these connections alone see, as the system's. */
    public Outcome message(String room, List<String> occupants, String text, String sender) throws Silent {
        return command(
                "POST",
                where.systemHost(),
                "/send-system-chat-message",
                Map.of("Content-Type", "application/json"),
                Json.text(Fields.of("room", address(room))
                        .and("connectionJIDs", occupants)
                        .and("message", text)
                        .and("displayName", sender)));
    }

    private Outcome command(String method, String host, String target, Map<String, String> headers, String body)
            throws Silent {
        var all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token());
        var heard = outside.ask(new Ask(method, where.url(), host, target, all, body));
        return switch (heard.status()) {
            case 200 -> {
                if (!plain(heard)) throw new Silent(Why.GARBAGE);
                yield Outcome.DONE;
            }
            case 404 -> Outcome.NOT_THERE;
            case 401, 403 -> Outcome.REFUSED;
            default -> throw new Silent(Why.GARBAGE);
        };
    }

    private String token() {
        var now = clock.instant();
        return Token.rs256(
                keys.signing(),
                Fields.of("iss", where.systemIssuer())
                        .and("aud", settings.audience())
                        .and("sub", "*")
                        .and("room", "*")
                        .and("iat", now.getEpochSecond())
                        .and("nbf", now.minus(SKEW).getEpochSecond())
                        .and("exp", now.plus(TOKEN_LIFE).getEpochSecond()));
    }

    private Heard read(Ask ask) throws Silent {
        var heard = outside.ask(ask);
        if (heard.status() != 200 && heard.status() != 404 || !plain(heard)) throw new Silent(Why.GARBAGE);
        return heard;
    }

    /** Prosody names no media type on most answers; what names another than JSON is not Prosody's. */
    private static boolean plain(Heard heard) {
        return heard.status() == 404 || heard.type().isEmpty() || heard.type().equals("application/json");
    }

    private static Object value(Heard heard) throws Silent {
        try {
            return Json.value(heard.body());
        } catch (Json.Malformed e) {
            throw new Silent(Why.GARBAGE);
        }
    }

    private String address(String room) {
        return room + "@" + where.muc();
    }
}

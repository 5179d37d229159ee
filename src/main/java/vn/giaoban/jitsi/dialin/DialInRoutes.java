package vn.giaoban.jitsi.dialin;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Json;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Refusal;
import vn.giaoban.jitsi.Inbound;

/** What Jitsi's page and the telephone exchange ask: the number of a room, the room of a number, and where to call. */
public final class DialInRoutes {
    private static final String MAPPER = "/jitsi/conferenceMapper";
    private static final int ANSWER_MS = 2_000;
    private static final int MOST_BYTES = 2_048;

    private final DialIn dialIn;
    private final Tries tries;
    private final String origin;

    public DialInRoutes(DialIn dialIn, Settings.Jitsi settings, Clock clock) {
        this.dialIn = dialIn;
        this.tries = new Tries(settings.dialIn(), clock);
        this.origin = "https://" + settings.domain();
    }

    public void mount(Inbound inbound) {
        inbound.on(new Inbound.Line("GET", MAPPER, null, 0, ANSWER_MS, asked -> code(asked, asked.query())))
                .on(new Inbound.Line("POST", MAPPER, null, MOST_BYTES, ANSWER_MS, asked -> code(asked, body(asked))))
                .on(new Inbound.Line("GET", "/jitsi/phoneNumberList", null, 0, ANSWER_MS, this::numbers));
    }

    /** Where a room is named the number is not looked at; a room without its domain is one of ours. */
    private Answer code(Inbound.Asked asked, Map<String, ?> said) {
        var pin = text(said, "id");
        var room = dialIn.address(text(said, "conference"), text(said, "room"), text(said, "domain"));
        if (pin == null && room == null) throw new Refusal(400, "malformed", Map.of());
        if (!tries.lets(asked.address())) throw new Refusal(429, "too-many-tries", Map.of("minutes", 1));
        return toItsPage(Answer.ok(room != null ? dialIn.ofRoom(room) : dialIn.ofPin(pin)));
    }

    private static Map<String, Object> body(Inbound.Asked asked) {
        try {
            return Json.read(asked.body());
        } catch (Json.Malformed e) {
            throw new Refusal(400, "malformed", Map.of());
        }
    }

    /** The number comes as a number or as its digits. */
    private static String text(Map<String, ?> said, String name) {
        return switch (said.get(name)) {
            case String text when !text.isBlank() -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case null, default -> null;
        };
    }

    private Answer numbers(Inbound.Asked asked) {
        var numbers = dialIn.offered() ? dialIn.numbers() : List.of();
        return toItsPage(
                new Answer(200, Map.of("Content-Type", "application/json; charset=utf-8"), Json.text(numbers)));
    }

    /** Asked by a page of Jitsi's, which is of another origin than ours. */
    private Answer toItsPage(Answer answer) {
        return answer.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin");
    }
}

package vn.giaoban.jitsi.dialin;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Refusal;
import vn.giaoban.jitsi.Inbound;

/** What Jitsi's page and the telephone exchange ask: the number of a room, the room of a number, and where to call. */
public final class DialInRoutes {
    private static final int ANSWER_MS = 2_000;

    private final DialIn dialIn;
    private final Tries tries;
    private final String origin;

    public DialInRoutes(DialIn dialIn, Settings.Jitsi settings, Clock clock) {
        this.dialIn = dialIn;
        this.tries = new Tries(settings.dialIn(), clock);
        this.origin = "https://" + settings.domain();
    }

    public void mount(Inbound inbound) {
        inbound.on(new Inbound.Line("GET", "/jitsi/conferenceMapper", null, 0, ANSWER_MS, this::code))
                .on(new Inbound.Line("GET", "/jitsi/phoneNumberList", null, 0, ANSWER_MS, this::numbers));
    }

    private Answer code(Inbound.Asked asked) {
        var pin = asked.query().get("id");
        var room = asked.query().get("conference");
        if (pin == null && room == null) throw new Refusal(400, "malformed", Map.of());
        if (!tries.lets(asked.address())) throw new Refusal(429, "too-many-tries", Map.of("minutes", 1));
        return toItsPage(Answer.ok(pin != null ? dialIn.ofPin(pin) : dialIn.ofRoom(room)));
    }

    private Answer numbers(Inbound.Asked asked) {
        var numbers = dialIn.offered() ? dialIn.numbers() : List.of();
        return toItsPage(new Answer(
                200, Map.of("Content-Type", "application/json; charset=utf-8"), vn.giaoban.db.Json.text(numbers)));
    }

    /** Asked by a page of Jitsi's, which is of another origin than ours. */
    private Answer toItsPage(Answer answer) {
        return answer.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin");
    }
}

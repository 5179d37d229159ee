package vn.giaoban.jitsi.reservation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Refusal;
import vn.giaoban.jitsi.Inbound;

/** The calls of Prosody's mod_reservations: may this room start, what was I told, it is over. */
public final class ReservationRoutes {
    private static final String PATH = "/jitsi/reservation/conference";
    private static final int MOST_BYTES = 8_192;
    private static final int LONGEST_NAME = 300;

    private final Reservations reservations;
    private final Settings.Jitsi.Reservation settings;

    public ReservationRoutes(Reservations reservations, Settings.Jitsi.Reservation settings) {
        this.reservations = reservations;
        this.settings = settings;
    }

    public void mount(Inbound inbound) {
        inbound.on(line("POST", PATH, asked -> Answer.ok(reservations.ask(name(asked.body())))))
                .on(line(
                        "GET",
                        PATH + "/:id",
                        asked -> Answer.ok(reservations.read(asked.path().get("id")))))
                .on(line("DELETE", PATH + "/:id", asked -> {
                    reservations.end(asked.path().get("id"));
                    return Answer.ok(Map.of());
                }));
    }

    private Inbound.Line line(String method, String path, java.util.function.Function<Inbound.Asked, Answer> handler) {
        return new Inbound.Line(method, path, settings.secret(), MOST_BYTES, settings.answerMs(), handler);
    }

    /** Of the form only the name is used: the hour is that of the question, the owner a random address. */
    private static String name(byte[] body) {
        var form = new HashMap<String, String>();
        for (var field : new String(body, StandardCharsets.UTF_8).split("&")) {
            int at = field.indexOf('=');
            if (at <= 0 || form.put(decoded(field.substring(0, at)), decoded(field.substring(at + 1))) != null)
                throw malformed();
        }
        var name = form.get("name");
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0)
            throw malformed();
        return name;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static Refusal malformed() {
        return new Refusal(400, "malformed", Map.of());
    }
}

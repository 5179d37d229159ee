package vn.giaoban.jitsi.key;

import java.util.Map;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Refusal;
import vn.giaoban.jitsi.Inbound;

/** Where Prosody fetches the public halves, those of entrance and of command from addresses of their own. */
public final class KeyRoutes {
    private static final int ANSWER_MS = 3_000;

    private KeyRoutes() {}

    public static void mount(Inbound inbound, SigningKeys login, SigningKeys system) {
        inbound.on(line("/asap/login/:file", login)).on(line("/asap/system/:file", system));
    }

    private static Inbound.Line line(String path, SigningKeys keys) {
        return new Inbound.Line("GET", path, null, 0, ANSWER_MS, asked -> {
            var pem = keys.shown(asked.path().get("file"));
            if (pem == null) throw Refusal.notFound();
            return new Answer(
                    200, Map.of("Content-Type", "application/x-pem-file", "Cache-Control", "public, max-age=60"), pem);
        });
    }
}

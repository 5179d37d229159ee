package vn.giaoban.jitsi.event;

import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.http.Answer;
import vn.giaoban.jitsi.Inbound;

/**
 * The four calls of event_sync_component. A room that nobody here made is taken note of and no more: a refusal would
 * only be one more line in Prosody's log.
 */
public final class EventRoutes {
    private static final int ANSWER_MS = 5_000;

    private final Sightings sightings;
    private final Settings.Jitsi.Events settings;

    public EventRoutes(Sightings sightings, Settings.Jitsi.Events settings) {
        this.sightings = sightings;
        this.settings = settings;
    }

    public void mount(Inbound inbound) {
        for (var event : Events.NAMES.keySet())
            inbound.on(new Inbound.Line(
                    "POST",
                    "/jitsi/events/" + event,
                    settings.secret(),
                    settings.maxBytes(),
                    ANSWER_MS,
                    asked -> new Answer(
                            sightings.hear(Events.read(event, asked.body())) ? 200 : 202, Map.of(), Map.of())));
    }
}

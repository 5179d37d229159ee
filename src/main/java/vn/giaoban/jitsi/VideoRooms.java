package vn.giaoban.jitsi;

import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.jitsi.key.SigningKeys;

/** What a page needs to show the picture and sound of a conference, or the plain word that there is none here. */
public final class VideoRooms {
    private final Settings.Jitsi settings;
    private final SigningKeys keys;
    private final Clock clock;

    public VideoRooms(Settings.Jitsi settings, SigningKeys keys, Clock clock) {
        if (settings.configured()
                && settings.algorithm() == Settings.Jitsi.Algorithm.HS256
                && settings.secret().isBlank())
            throw new Settings.Unusable("Configuration: jitsi.domain is set, so jitsi.secret is needed");
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    Map<String, Object> enter(Supplier<Visit> door) {
        if (!settings.configured()) return Fields.of("configured", false);
        var visit = door.get();
        var token = VideoToken.of(settings, keys, visit, clock.instant());
        return Fields.of("configured", true)
                .and("domain", settings.domain())
                .and("room", visit.room())
                .and("token", token.text())
                .and("expiresAt", token.expiresAt())
                .and("moderator", visit.moderates())
                .and("startMuted", true) // an open microphone of the control room is heard by the whole country
                .and("lobby", visit.moderates() && settings.reservation().lobby())
                .and("displayName", visit.name())
                .and("subject", visit.subject());
    }
}

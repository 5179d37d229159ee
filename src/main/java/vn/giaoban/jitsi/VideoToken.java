package vn.giaoban.jitsi;

import java.time.Duration;
import java.time.Instant;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.jitsi.key.SigningKeys;
import vn.giaoban.jitsi.key.Token;

/**
 * The token that Jitsi's Prosody asks for: one room, one visitor, a few minutes. It is looked at once, at the login,
 * and cannot be called back, so its life is short. It names no e-mail: everybody in the room could read it.
 */
record VideoToken(String text, Instant expiresAt) {
    /** Prosody's clock may be a little behind ours. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    /** {@code key}: our own where tokens are signed so. */
    static VideoToken of(Settings.Jitsi settings, SigningKeys key, Visit visit, Instant now) {
        var expiresAt = now.plus(Duration.ofMinutes(settings.tokenMinutes()));
        var claims = Fields.of("iss", settings.appId())
                .and("aud", settings.audience()) // a plain string: Prosody refuses a list
                .and("sub", settings.subject())
                .and("room", visit.room())
                .and("iat", now.getEpochSecond())
                .and("nbf", visit.opening().minus(SKEW).getEpochSecond())
                .and("exp", expiresAt.getEpochSecond())
                .and("context", Fields.of("user", user(settings, visit)).and("features", features(visit)));
        var text = settings.algorithm() == Settings.Jitsi.Algorithm.RS256
                ? Token.rs256(key.signing(), claims)
                : Token.hs256(settings.secret(), claims);
        return new VideoToken(text, expiresAt);
    }

    private static Fields user(Settings.Jitsi settings, Visit visit) {
        var user = Fields.of("id", visit.id())
                .and("name", visit.name())
                .and("affiliation", visit.moderates() ? "owner" : "member")
                .and("moderator", visit.moderates());
        // With a lobby that stands from the first moment, even a moderator would wait in it, and nobody could admit
        // him.
        if (settings.reservation().lobby() && visit.moderates()) user.and("lobby_bypass", true);
        return visit.part() == Visit.Part.VISITOR ? user.and("role", "visitor") : user;
    }

    /** Once the object is there, Prosody allows only what is true in it, whatever the role. */
    private static Fields features(Visit visit) {
        return Fields.of("recording", visit.moderates())
                .and("livestreaming", visit.moderates())
                .and("transcription", visit.moderates())
                .and("outbound-call", visit.moderates())
                .and("send-groupchat", visit.part() != Visit.Part.VISITOR);
    }

    /** A token is a key: it does not go into a log by being printed. */
    @Override
    public String toString() {
        return "VideoToken until " + expiresAt;
    }
}

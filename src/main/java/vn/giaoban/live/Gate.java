package vn.giaoban.live;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Who asks, and which picture of a stream is theirs. The live room asks; the people room and the features know. */
public interface Gate {
    /** Somebody at the door. {@code token}: what the gate itself needs to know him again. */
    record Visitor(String person, String session, Instant expiresAt, Object token) {
        public boolean anonymous() {
            return session == null;
        }
    }

    sealed interface Answer permits Granted, Refused {}

    /**
     * {@code mayBeEmpty}: a picture without anything in it is shown, not hidden. {@code watched}: this reader's line
     * is itself of interest (a site's own page), so it is asked every two seconds whether it stands.
     */
    record Granted(StreamKey key, boolean mayBeEmpty, boolean watched) implements Answer {}

    record Refused(int status) implements Answer {}

    /** By bearer token, else by session cookie, else anonymous; null for credentials that are no longer good. */
    Future<Visitor> who(HttpServerRequest request);

    /** A program's new token in place of its old one; null if it is not good or not of the same session's person. */
    Future<Visitor> renew(Visitor asker, String token);

    /** The widest picture that is theirs, or the narrower one asked for (null: none asked for). */
    Future<Answer> admit(Visitor asker, String stream, String audience);

    /** Which of these sessions have ended, and who may have other rights now: asked every few seconds. */
    Future<Rechecked> recheck(Collection<Visitor> askers);

    /** By session: those that ended, and the askers as they are now where something about them changed. */
    record Rechecked(Set<String> ended, Map<String, Visitor> changed) {}
}

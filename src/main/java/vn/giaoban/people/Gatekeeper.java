package vn.giaoban.people;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.http.Authenticator;
import vn.giaoban.http.Principal;
import vn.giaoban.http.Refusal;
import vn.giaoban.people.session.Session;
import vn.giaoban.people.session.Sessions;
import vn.giaoban.people.session.TokenGate;

/**
 * Finds out who asks, from a cookie or a bearer token: for requests, and for sockets that stay open. Everything but
 * {@link #who} may be asked on an event loop.
 */
public final class Gatekeeper implements Authenticator {
    /** The name by which a browser takes the cookie from us alone, over HTTPS (or on this very machine). */
    public static final String COOKIE = "__Host-giaoban";

    private final Sessions sessions;
    private final People people;
    private final TokenGate gate;

    public Gatekeeper(Sessions sessions, People people, TokenGate gate) {
        this.sessions = sessions;
        this.people = people;
        this.gate = gate;
    }

    /**
     * Of those who held open sockets: whose session has ended, and those who are somebody else now (another role,
     * another name), as they stand.
     */
    public record Rechecked(Set<UUID> ended, Map<UUID, Asker> changed) {}

    @Override
    public Principal who(Credential credential) {
        return ask(credential).await();
    }

    /**
     * Whom a cookie or a token stands for. A cookie that is no longer good is nobody's, so that its browser can read
     * what is public and sign in again; a token that is not good is refused: a program must not go on as nobody.
     */
    public Future<Asker> ask(Credential credential) {
        if (credential.bearer() != null) return bearer(credential.bearer());
        if (credential.cookie() == null) return Future.succeededFuture(Asker.ANONYMOUS);
        return sessions.byCookie(credential.cookie())
                .compose(session -> session == null
                        ? Future.succeededFuture(Asker.ANONYMOUS)
                        : asker(session, session.expiresAt()));
    }

    /** The same asker with a newer token of the same session; a refusal where it is another's or not good. */
    public Future<Asker> renew(Asker asker, String token) {
        return bearer(token)
                .compose(renewed -> renewed.sessionId().equals(asker.sessionId())
                        ? Future.succeededFuture(renewed)
                        : Future.failedFuture(refused()));
    }

    /** One query, however many they are; and one more for each that has changed. */
    public Future<Rechecked> recheck(Collection<Asker> askers) {
        var held = new HashMap<UUID, Integer>();
        var bySession = new HashMap<UUID, Asker>();
        for (var asker : askers) {
            if (asker.anonymous()) continue;
            held.put(asker.sessionId(), asker.person().version());
            bySession.put(asker.sessionId(), asker);
        }
        return sessions.changed(held).compose(versions -> {
            var ended = new HashSet<UUID>();
            var changed = new ArrayList<Future<Asker>>();
            versions.forEach((session, version) -> {
                var asker = bySession.get(session);
                if (version == null) ended.add(session);
                else changed.add(again(asker, version));
            });
            return Future.all(changed).map(all -> {
                var fresh = new HashMap<UUID, Asker>();
                for (var asker : all.<Asker>list()) fresh.put(asker.sessionId(), asker);
                return new Rechecked(ended, fresh);
            });
        });
    }

    private Future<Asker> again(Asker asker, int version) {
        return people.at(asker.person().id(), version)
                .map(person -> new Asker(person, asker.session(), asker.expiresAt()));
    }

    private Future<Asker> bearer(String token) {
        TokenGate.Claims claims;
        try {
            claims = gate.verify(token);
        } catch (Refusal refusal) {
            return Future.failedFuture(refusal);
        }
        return sessions.byId(claims.session())
                .compose(session -> session == null || !session.person().equals(claims.person())
                        ? Future.failedFuture(refused())
                        : asker(session, claims.expiresAt()));
    }

    private Future<Asker> asker(Session session, Instant expiresAt) {
        return people.at(session.person(), session.personVersion())
                .map(person -> new Asker(person, session, expiresAt));
    }

    private static Refusal refused() {
        return new Refusal(401, "sign-in", Map.of());
    }
}

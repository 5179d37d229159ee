package vn.giaoban.people;

import java.time.Instant;
import java.util.UUID;
import vn.giaoban.http.Call;
import vn.giaoban.http.Principal;
import vn.giaoban.people.session.Session;

/**
 * A person together with the session through which he asks; nobody and no session for those who have not signed in.
 *
 * @param expiresAt when what he showed ends: the session for a cookie, earlier for a token
 */
public record Asker(Person person, Session session, Instant expiresAt) implements Principal {
    public static final Asker ANONYMOUS = new Asker(Person.ANONYMOUS, null, null);

    public static Asker of(Call call) {
        return (Asker) call.principal();
    }

    @Override
    public String id() {
        return anonymous() ? "-" : person.id().toString();
    }

    @Override
    public boolean anonymous() {
        return person.anonymous();
    }

    /** Null for those who have not signed in. */
    public UUID sessionId() {
        return session == null ? null : session.id();
    }
}

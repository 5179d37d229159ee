package vn.giaoban.people;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.session.Attempts;
import vn.giaoban.people.session.Passwords;
import vn.giaoban.people.session.Session;
import vn.giaoban.people.session.Sessions;

/**
 * Opens a session for who knows his password, and ends it. Whoever does not learns nothing: a wrong password, an
 * unknown name and a disabled account get the same answer after the same work.
 */
public final class SignIn {
    private static final Logger log = LoggerFactory.getLogger(SignIn.class);

    private final Journal journal;
    private final PeopleSql sql;
    private final Passwords passwords;
    private final Attempts attempts;
    private final Sessions sessions;

    public SignIn(Journal journal, Passwords passwords, Attempts attempts, Sessions sessions) {
        this.journal = journal;
        this.sql = new PeopleSql(journal.db());
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
    }

    /** Who asks from now on, and the secret of his cookie where it is a browser that asks. */
    public record Opened(Asker asker, String secret) {}

    public Opened open(String username, String password, Session.Kind kind, String address, String agent) {
        var attempt = attempts.admit(username, address);
        var account = sql.account(username.toLowerCase(Locale.ROOT));
        var right = passwords.matches(password, account == null ? Passwords.NOBODYS : account.hash());
        var person = right && account != null ? sql.find(account.id()) : null;
        if (person == null || person.disabled()) {
            log.info("sign-in refused: {} from {}", account == null ? "unknown name" : account.id(), address);
            throw new Refusal(401, "wrong-password", Map.of());
        }
        attempts.forgive(attempt);
        return journal.write(People.subject(person.id()), person.actor(), change -> {
            var opened = sessions.open(person.id(), person.version(), kind, agent);
            change.record(
                    "session.opened",
                    Fields.of("session", opened.session().id()).and("kind", kind),
                    Map.of("address", address));
            return new Opened(
                    new Asker(person, opened.session(), opened.session().expiresAt()), opened.secret());
        });
    }

    /** Ends one of the asker's own sessions. */
    public void end(Asker asker, UUID session) {
        journal.write(People.subject(asker.person().id()), asker.person().actor(), change -> {
            if (!sessions.end(session, asker.person().id())) throw Refusal.notFound();
            change.record("session.ended", Fields.of("session", session));
            return null;
        });
    }

    /** Whoever may have learned the old password is signed out: every other session ends. */
    public void changePassword(Asker asker, String current, String next, String address) {
        var person = asker.person();
        var attempt = attempts.admit(person.username(), address);
        if (!passwords.matches(current, sql.hash(person.id()))) throw Refusal.field("/current", "password-wrong");
        attempts.forgive(attempt);
        if (next.equals(current)) throw Refusal.field("/next", "password-same");
        Passwords.demandStrong("/next", next, person.username());
        var hash = passwords.hash(next);
        journal.write(People.subject(person.id()), person.actor(), change -> {
            sql.setPassword(person.id(), hash);
            sessions.endAll(person.id(), asker.sessionId());
            change.record("password.changed", Map.of());
            return null;
        });
    }
}

package vn.giaoban.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;
import vn.giaoban.people.session.Session;
import vn.giaoban.people.session.Sessions;
import vn.giaoban.people.session.TokenGate;

/** Signing in and out over HTTP: cookies for browsers, tokens for programs; and what anybody may know before. */
public final class SessionRoutes {
    private final SignIn signIn;
    private final Sessions sessions;
    private final TokenGate gate;
    private final Directory directory;
    private final Clock clock;
    private final Supplier<Map<String, Object>> setup;

    public SessionRoutes(
            SignIn signIn,
            Sessions sessions,
            TokenGate gate,
            Directory directory,
            Clock clock,
            Supplier<Map<String, Object>> setup) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.gate = gate;
        this.directory = directory;
        this.clock = clock;
        this.setup = setup;
    }

    public void mount(Api api) {
        api.on("readTime", call -> Answer.ok(Fields.of("now", clock.instant())))
                .on("readSetup", call -> Answer.ok(setup.get()))
                .on("readSession", call -> me(Asker.of(call), call))
                .on("signIn", this::signIn)
                .on("signOut", this::signOut)
                .on("changePassword", this::changePassword)
                .on("listSessions", this::list)
                .on("endSession", this::end)
                .on("issueToken", this::issueToken)
                .on("renewToken", this::renewToken);
    }

    /** Always a new session, so that nobody can have laid one ready; the one before it ends. */
    private Answer signIn(Call call) {
        var opened = open(call, Session.Kind.BROWSER);
        var before = Asker.of(call);
        if (!before.anonymous()) signIn.end(before, before.sessionId());
        return me(opened.asker(), call)
                .with("Set-Cookie", cookie(opened.secret(), opened.asker().expiresAt()));
    }

    private Answer signOut(Call call) {
        signIn.end(Asker.of(call), Asker.of(call).sessionId());
        return Answer.nothing().with("Set-Cookie", cookie("", Instant.EPOCH));
    }

    private Answer changePassword(Call call) {
        signIn.changePassword(Asker.of(call), exactly(call, "current"), exactly(call, "next"), call.address());
        return Answer.nothing();
    }

    private Answer list(Call call) {
        var asker = Asker.of(call);
        return Answer.ok(Fields.of(
                "items",
                sessions.of(asker.person().id()).stream()
                        .map(session -> PeopleView.of(session, asker))
                        .toList()));
    }

    private Answer end(Call call) {
        signIn.end(Asker.of(call), call.id("session"));
        return Answer.nothing();
    }

    private Answer issueToken(Call call) {
        return token(open(call, Session.Kind.PROGRAM).asker().session());
    }

    /** Only with a token: a cookie must not become one, it would outlive the browser that holds it. */
    private Answer renewToken(Call call) {
        var session = Asker.of(call).session();
        if (session.kind() != Session.Kind.PROGRAM) throw Refusal.forbidden();
        return token(session);
    }

    private SignIn.Opened open(Call call, Session.Kind kind) {
        return signIn.open(call.field("username"), exactly(call, "password"), kind, call.address(), call.userAgent());
    }

    private Answer token(Session session) {
        var token = gate.issue(session);
        return Answer.ok(Fields.of("token", token.text()).and("expiresAt", token.expiresAt()));
    }

    private Answer me(Asker asker, Call call) {
        return Answer.ok(PeopleView.me(asker, directory, call.words()));
    }

    /** A password is every letter of it, white space too. */
    private static String exactly(Call call, String field) {
        return (String) call.body().get(field);
    }

    private String cookie(String value, Instant expiresAt) {
        var seconds = Math.max(0, Duration.between(clock.instant(), expiresAt).toSeconds());
        return Gatekeeper.COOKIE + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; Secure; SameSite=Strict";
    }
}

package vn.giaoban.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import vn.giaoban.db.Db;
import vn.giaoban.db.DbMeters;
import vn.giaoban.db.LocalPostgres;
import vn.giaoban.db.Migration;
import vn.giaoban.directory.Reference;
import vn.giaoban.http.Authenticator.Credential;
import vn.giaoban.journal.Actor;
import vn.giaoban.people.Person.Membership;

/** Two nodes of the people room over one database, and persons to play in it; begun once for all its stories. */
final class PeopleWorld {
    static final String GOOD = "mưa rơi trên mái tôn";
    static final Duration PROMISED = Duration.ofSeconds(5);
    static final SettableClock CLOCK = new SettableClock();

    static final Db db;
    static final PeopleNode here;
    static final PeopleNode there;
    static final UUID ministry;
    static final UUID endpoint;
    static final String adminPassword;

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String goodHash;

    static {
        // Stops by itself when the tests end.
        var postgres = LocalPostgres.temporary(Path.of("target", "postgres").toAbsolutePath());
        Migration.run(postgres.url());
        var vertx = Vertx.vertx();
        db = new Db(vertx, postgres.url(), "giaoban_app", 16, 64, 5000, new DbMeters());
        here = new PeopleNode(vertx, db, CLOCK);
        there = new PeopleNode(vertx, db, CLOCK);
        Reference.load(here.journal);
        ministry = here.directory.organisations().getFirst().id();
        endpoint = here.directory.endpoints(null, null, 1).items().getFirst().id();
        adminPassword = here.people.firstAdministrator();
        goodHash = here.passwords.hash(GOOD);
    }

    private PeopleWorld() {}

    /** A clock that goes as always, and can be set forward. */
    static final class SettableClock extends Clock {
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        void forward(Duration by) {
            ahead.updateAndGet(by::plus);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static Person person(String... roleOrName) {
        var given = roleOrName.length == 0 ? "VIEWER" : roleOrName[0];
        var role = given.matches("[A-Z_]+") ? Role.valueOf(given) : Role.VIEWER;
        return here.people.create(
                Actor.SYSTEM,
                "p" + COUNT.incrementAndGet() + ".test",
                given.matches("[A-Z_]+") ? "Nguyễn Thị Mẫu" : given,
                null,
                List.of(new Membership(role, ministry, role == Role.SITE_OPERATOR ? endpoint : null)),
                goodHash);
    }

    static PeopleNode.Client signedIn(Person person, String address) {
        var browser = here.at(address);
        assertEquals(200, browser.signIn(person.username(), GOOD).status());
        return browser;
    }

    static PeopleNode.Client admin() {
        var browser = here.at("10.9.9.9");
        assertEquals(200, browser.signIn("admin", adminPassword).status());
        return browser;
    }

    static void edit(Person person, JsonObject change) {
        var admin = admin();
        var path = "/api/people/" + person.id();
        assertEquals(
                200,
                admin.send("PATCH", path, change, "If-Match", admin.get(path).header("etag"))
                        .status());
    }

    static PeopleNode.Got create(PeopleNode.Client admin, JsonObject plan) {
        return admin.post(
                "/api/people", plan, "Idempotency-Key", UUID.randomUUID().toString());
    }

    static JsonObject plan(String role) {
        return new JsonObject()
                .put("username", "n" + COUNT.incrementAndGet() + ".new")
                .put("name", "Trần Văn Thử")
                .put("roles", new JsonArray().add(role(role)));
    }

    static JsonObject role(String role) {
        return new JsonObject().put("role", role).put("organisation", ministry.toString());
    }

    static Asker asker(PeopleNode.Client browser) {
        return here.gatekeeper
                .ask(new Credential(browser.cookie.split("=", 2)[1], null))
                .await();
    }

    static void seenWithin(Duration time, BooleanSupplier seen) {
        long end = System.nanoTime() + time.toNanos();
        while (!seen.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not seen within " + time);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}

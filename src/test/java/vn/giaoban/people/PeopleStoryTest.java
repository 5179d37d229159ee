package vn.giaoban.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Db;
import vn.giaoban.db.LocalPostgres;
import vn.giaoban.db.Migration;
import vn.giaoban.directory.Reference;
import vn.giaoban.http.Authenticator.Credential;
import vn.giaoban.journal.Actor;
import vn.giaoban.people.Person.Membership;
import vn.giaoban.people.session.Keys;

/** What accounts and sessions promise, over HTTP, on two nodes that share a database and nothing else. */
@Timeout(180)
class PeopleStoryTest {
    private static final String GOOD = "mưa rơi trên mái tôn";
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final SettableClock CLOCK = new SettableClock();
    private static LocalPostgres postgres;
    private static Vertx vertx;
    private static Db db;
    private static PeopleNode here;
    private static PeopleNode there;
    private static String adminPassword;
    private static String goodHash;
    private static UUID ministry;
    private static UUID endpoint;

    /** A clock that goes as always, and can be set forward. */
    private static final class SettableClock extends Clock {
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

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.temporary(Path.of("target", "postgres").toAbsolutePath());
        Migration.run(postgres.url());
        vertx = Vertx.vertx();
        db = new Db(vertx, postgres.url(), "giaoban_app", 16, 64, 5000);
        here = new PeopleNode(vertx, db, CLOCK);
        there = new PeopleNode(vertx, db, CLOCK);
        Reference.load(here.journal);
        ministry = here.directory.organisations().getFirst().id();
        endpoint = here.directory.endpoints(null, null, 1).items().getFirst().id();
        adminPassword = here.people.firstAdministrator();
        goodHash = here.passwords.hash(GOOD);
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
        db.close();
        vertx.close().await();
        postgres.close();
    }

    @Test
    void theFirstAdministratorIsMadeOnceAndMaySignIn() {
        assertNotNull(adminPassword);
        assertNull(here.people.firstAdministrator());
        var admin = admin();
        var me = admin.get("/api/session").json();
        assertEquals("admin", me.getString("username"));
        assertEquals("Bộ Y tế", me.getJsonArray("roles").getJsonObject(0).getString("organisationName"));
        var english =
                admin.send("GET", "/api/session", null, "Accept-Language", "en").json();
        assertEquals(
                "Ministry of Health",
                english.getJsonArray("roles").getJsonObject(0).getString("organisationName"));
    }

    @Test
    void theCookieIsOutOfReachOfPagesAndOtherSites() {
        var got = here.at("10.0.0.1").signIn(person().username(), GOOD);
        var cookie = got.header("set-cookie");
        assertTrue(
                cookie.matches(
                        "__Host-giaoban=[A-Za-z0-9_-]{43}; Path=/; Max-Age=431\\d\\d; HttpOnly; Secure; SameSite=Strict"),
                cookie);
        var stored = db.query("SELECT encode(secret, 'escape') AS s FROM session WHERE secret IS NOT NULL");
        for (var row : stored) assertFalse(cookie.contains(row.getString("s")));
    }

    @Test
    void signingOutEndsTheSessionOnEveryNodeWithinFiveSeconds() {
        var browser = signedIn(person(), "10.0.0.2");
        var elsewhere = there.with(browser);
        assertEquals(200, elsewhere.get("/api/session").status());
        var out = browser.send("DELETE", "/api/session", null);
        assertEquals(204, out.status());
        assertTrue(out.header("set-cookie").startsWith("__Host-giaoban=; Path=/; Max-Age=0;"));
        assertEquals(401, browser.get("/api/session").status());
        seenWithin(PROMISED, () -> elsewhere.get("/api/session").status() == 401);
        // What is public stays readable with a cookie that is no longer good, and signing in works again.
        assertEquals(200, elsewhere.get("/api/time").status());
        assertEquals(204, elsewhere.get("/api/briefings").status());
    }

    @Test
    void signingInAgainEndsTheSessionBefore() {
        var person = person();
        var browser = signedIn(person, "10.0.0.3");
        var before = here.with(browser);
        assertEquals(200, browser.signIn(person.username(), GOOD).status());
        assertNotEquals(before.cookie, browser.cookie);
        assertEquals(401, before.get("/api/session").status());
        assertEquals(200, browser.get("/api/session").status());
    }

    @Test
    void wrongUnknownAndDisabledLookTheSame() {
        var disabled = person();
        edit(disabled, new JsonObject().put("disabled", true));
        var browser = here.at("10.0.0.4");
        var wrong = browser.signIn(person().username(), "không phải thế");
        var unknown = browser.signIn("khong-co-ai", GOOD);
        var barred = browser.signIn(disabled.username(), GOOD);
        assertEquals(401, wrong.status());
        assertEquals("/problems/wrong-password", wrong.type());
        assertEquals(wrong.text(), unknown.text());
        assertEquals(wrong.text(), barred.text());
        assertEquals(wrong.status(), barred.status());
        assertEquals(wrong.header("set-cookie"), barred.header("set-cookie"));
    }

    @Test
    void tooManyTriesAtAnAccountMustWaitWhateverTheyAre() {
        var person = person();
        for (int i = 0; i < PeopleNode.SETTINGS.triesPerAccountAndHour(); i++)
            assertEquals(
                    401,
                    here.at("10.0.1." + i).signIn(person.username(), "sai rồi").status());
        var right = there.at("10.0.2.1").signIn(person.username().toUpperCase(), GOOD);
        assertEquals(429, right.status());
        assertTrue(Integer.parseInt(right.header("retry-after")) > 3_500);
        assertEquals(200, here.at("10.0.2.1").signIn(person().username(), GOOD).status());
        // An unknown name is counted no differently.
        for (int i = 0; i < PeopleNode.SETTINGS.triesPerAccountAndHour(); i++)
            assertEquals(
                    401, here.at("10.0.1." + i).signIn("khong-ai-ca", "sai rồi").status());
        assertEquals(429, here.at("10.0.2.1").signIn("khong-ai-ca", "sai rồi").status());
        CLOCK.forward(Duration.ofMinutes(61));
        assertEquals(200, here.at("10.0.2.1").signIn(person.username(), GOOD).status());
    }

    @Test
    void manyTriesAtOnceAreNotCountedAsOne() throws Exception {
        var person = person();
        var tries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 12; i++) {
            var address = "10.0.3." + i;
            tries.add(
                    () -> here.at(address).signIn(person.username(), "sai rồi").status());
        }
        int let = 0;
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : askers.invokeAll(tries)) if (one.get() == 401) let++;
        }
        assertEquals(PeopleNode.SETTINGS.triesPerAccountAndHour(), let);
    }

    @Test
    void whoKnowsHisPasswordIsNeverSlowedDown() {
        var person = person();
        for (int i = 0; i < 2 * PeopleNode.SETTINGS.triesPerAccountAndHour(); i++)
            assertEquals(
                    200, here.at("10.0.4.1").signIn(person.username(), GOOD).status());
    }

    @Test
    void anAddressMustWaitTooAndSoMustItsWholeNetwork() {
        for (int i = 0; i < PeopleNode.SETTINGS.triesPerAddressAndHour(); i++)
            assertEquals(
                    401,
                    here.at("2001:db8::" + (i + 1))
                            .signIn("ai-do-" + i, "sai rồi")
                            .status());
        assertEquals(
                429, here.at("2001:db8::ffff").signIn(person().username(), GOOD).status());
        assertEquals(
                200,
                here.at("2001:db8:0:1::1").signIn(person().username(), GOOD).status());
    }

    @Test
    void aProgramGetsATokenRenewsItAndLosesItWithItsSession() {
        var person = person();
        var program = here.at("10.0.5.1");
        var issued = program.post("/api/tokens", PeopleNode.credentials(person.username(), GOOD));
        assertEquals(200, issued.status());
        program.token = issued.json().getString("token");
        assertEquals(person.username(), program.get("/api/session").json().getString("username"));
        var renewed = there.with(program).post("/api/tokens/renew", null);
        assertEquals(200, renewed.status());
        assertNotEquals(program.token, renewed.json().getString("token"));
        var browser = signedIn(person, "10.0.5.2");
        assertEquals(403, browser.post("/api/tokens/renew", null).status());
        var list = browser.get("/api/sessions").json().getJsonArray("items");
        assertEquals(2, list.size());
        for (var one : list) {
            var session = (JsonObject) one;
            assertEquals(session.getString("kind").equals("BROWSER"), session.getBoolean("current"));
            if (session.getString("kind").equals("PROGRAM"))
                assertEquals(
                        204,
                        browser.send("DELETE", "/api/sessions/" + session.getString("id"), null)
                                .status());
        }
        assertEquals(401, program.get("/api/session").status());
        program.token = renewed.json().getString("token");
        seenWithin(PROMISED, () -> there.with(program).get("/api/session").status() == 401);
        // A program is told so even where anybody may read: it must not go on as nobody.
        assertEquals(401, program.get("/api/briefings").status());
        program.token = "e30.e30.e30";
        assertEquals(401, program.get("/api/briefings").status());
    }

    @Test
    void aTokenEndsByItselfAndIsRenewedOnlyBefore() {
        var program = here.at("10.0.5.3");
        program.token = program.post("/api/tokens", PeopleNode.credentials(person().username(), GOOD))
                .json()
                .getString("token");
        CLOCK.forward(Duration.ofMinutes(11));
        assertEquals(401, program.get("/api/session").status());
        assertEquals(401, program.post("/api/tokens/renew", null).status());
    }

    @Test
    void sessionsOfOthersAreNotFound() {
        var other = signedIn(person(), "10.0.6.1");
        var theirs = other.get("/api/sessions")
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        var browser = signedIn(person(), "10.0.6.2");
        var foreign = browser.send("DELETE", "/api/sessions/" + theirs, null);
        var unknown = browser.send("DELETE", "/api/sessions/" + UUID.randomUUID(), null);
        assertEquals(404, foreign.status());
        assertEquals(foreign.text(), unknown.text());
        assertEquals(200, other.get("/api/session").status());
    }

    @Test
    void aSessionEndsWhenItIsNotUsedAndInAnyCaseAfterItsHours() {
        var idle = signedIn(person(), "10.0.7.1");
        var used = signedIn(person(), "10.0.7.1");
        var held = asker(signedIn(person(), "10.0.7.1"));
        for (int hours = 0; hours < 9; hours += 3) {
            CLOCK.forward(Duration.ofHours(3));
            seenWithin(PROMISED, () -> used.get("/api/session").status() == 200 && lately(asker(used)));
            // An open page is use, whether or not it asks for anything.
            assertTrue(here.gatekeeper.recheck(List.of(held)).await().ended().isEmpty());
        }
        assertEquals(401, idle.get("/api/session").status());
        CLOCK.forward(Duration.ofMinutes(181));
        assertEquals(401, used.get("/api/session").status());
        assertEquals(
                Set.of(held.sessionId()),
                here.gatekeeper.recheck(List.of(held)).await().ended());
    }

    @Test
    void aNewAccountsPasswordIsToldAgainToARepeatAndKeptNowhere() {
        var admin = admin();
        var plan = plan("ORGANIZER");
        var key = UUID.randomUUID().toString();
        var created = admin.post("/api/people", plan, "Idempotency-Key", key);
        assertEquals(201, created.status(), created.text());
        var again = there.with(admin).post("/api/people", plan, "Idempotency-Key", key);
        assertEquals(created.text(), again.text());
        assertEquals(201, again.status());
        var password = created.json().getString("password");
        var other = admin.post(
                "/api/people",
                plan("VIEWER"),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertNotEquals(password, other.json().getString("password"));
        var kept = db.row("SELECT body FROM idempotency WHERE key = $1", key).getString("body");
        assertFalse(kept.contains(password));
        assertEquals(
                200,
                here.at("10.0.8.1").signIn(plan.getString("username"), password).status());
        var taken = admin.post(
                "/api/people", plan, "Idempotency-Key", UUID.randomUUID().toString());
        assertEquals(409, taken.status());
        assertEquals("/problems/username-taken", taken.type());
        var entry = db.row(
                "SELECT what FROM journal_entry WHERE subject = $1 AND verb = 'person.created'",
                "person/" + created.json().getJsonObject("person").getString("id"));
        assertFalse(entry.getString("what").contains(plan.getString("name")), "names stand beside the chain");
    }

    @Test
    void whatCannotBeMeantIsRefusedByField() {
        var admin = admin();
        var somewhere = UUID.randomUUID().toString();
        for (var bad : Map.of(
                        "/roles/0/organisation", role("VIEWER").put("organisation", somewhere),
                        "/roles/0/endpoint", role("SITE_OPERATOR"),
                        "/roles/0/endpoint ", role("VIEWER").put("endpoint", endpoint.toString()),
                        "/roles/0/endpoint  ", role("SITE_OPERATOR").put("endpoint", somewhere))
                .entrySet()) {
            var got = create(admin, plan("VIEWER").put("roles", new JsonArray().add(bad.getValue())));
            assertEquals(422, got.status(), got.text());
            assertEquals(
                    bad.getKey().strip(),
                    got.json().getJsonArray("errors").getJsonObject(0).getString("pointer"));
        }
        var twice = create(
                admin,
                plan("VIEWER").put("roles", new JsonArray().add(role("VIEWER")).add(role("VIEWER"))));
        assertEquals(422, twice.status());
        assertEquals(422, create(admin, plan("VIEWER").put("name", "   ")).status());
        assertEquals(
                400, create(admin, plan("VIEWER").put("username", "Có Dấu")).status());
        assertEquals(400, create(admin, plan("VIEWER").put("password", "x")).status());
        assertEquals(400, admin.post("/api/people", plan("VIEWER")).status());
    }

    @Test
    void anEditNeedsTheVersionThatWasRead() {
        var admin = admin();
        var path = "/api/people/" + person().id();
        var read = admin.get(path);
        var etag = read.header("etag");
        assertEquals("\"p1\"", etag);
        var change = new JsonObject().put("name", "Tên Mới");
        assertEquals(428, admin.send("PATCH", path, change).status());
        var edited = admin.send("PATCH", path, change, "If-Match", etag);
        assertEquals(200, edited.status());
        assertEquals("\"p2\"", edited.header("etag"));
        var stale = admin.send("PATCH", path, new JsonObject().put("name", "Khác"), "If-Match", etag);
        assertEquals(412, stale.status());
        assertEquals("\"p2\"", stale.header("etag"));
        assertEquals("Tên Mới", stale.json().getJsonObject("current").getString("name"));
        // Nothing changed is no new version.
        assertEquals(
                "\"p2\"",
                admin.send("PATCH", path, change, "If-Match", "\"p2\"").header("etag"));
        assertEquals(404, admin.get("/api/people/" + UUID.randomUUID()).status());
        assertEquals(
                404,
                admin.send("PATCH", "/api/people/" + UUID.randomUUID(), change, "If-Match", etag)
                        .status());
    }

    @Test
    void aNewRoleReachesOpenSessionsOnEveryNodeWithinFiveSeconds() {
        var person = person();
        var browser = there.with(signedIn(person, "10.0.9.1"));
        assertEquals(403, browser.get("/api/people").status());
        var held = asker(browser);
        var others = asker(signedIn(person(), "10.0.9.2"));
        assertEquals(
                new Gatekeeper.Rechecked(Set.of(), Map.of()),
                there.gatekeeper.recheck(List.of(held, others)).await());
        edit(person, new JsonObject().put("roles", new JsonArray().add(role("ORGANIZER"))));
        var changed = there.gatekeeper.recheck(List.of(held, others)).await().changed();
        assertEquals(Set.of(held.sessionId()), changed.keySet());
        assertTrue(changed.get(held.sessionId()).person().is(Role.ORGANIZER));
        assertTrue(there.gatekeeper.recheck(changed.values()).await().changed().isEmpty());
        seenWithin(PROMISED, () -> browser.get("/api/people").status() == 200);
    }

    @Test
    void disablingEndsEverySessionForGood() {
        var person = person();
        var browser = there.with(signedIn(person, "10.0.10.1"));
        var held = asker(browser);
        edit(person, new JsonObject().put("disabled", true));
        assertEquals(
                Set.of(held.sessionId()),
                there.gatekeeper.recheck(List.of(held)).await().ended());
        seenWithin(PROMISED, () -> browser.get("/api/session").status() == 401);
        edit(person, new JsonObject().put("disabled", false));
        assertEquals(401, browser.get("/api/session").status());
        assertEquals(200, browser.signIn(person.username(), GOOD).status());
    }

    @Test
    void thereIsAlwaysAnAdministrator() throws Exception {
        var second = person("ADMINISTRATOR");
        var admin = here.people.find(
                UUID.fromString(admin().get("/api/session").json().getString("id")));
        // Each takes the other's role at the same moment: one of the two must fail.
        var roles = List.of(new Membership(Role.VIEWER, ministry, null));
        List<Callable<String>> both =
                List.of(() -> demoted(second, admin, roles, here), () -> demoted(admin, second, roles, there));
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new TreeSet<String>();
            for (var one : askers.invokeAll(both)) outcomes.add(one.get());
            assertEquals(Set.of("done", "last-administrator"), outcomes);
        }
        var last = here.people.find(admin.id()).is(Role.ADMINISTRATOR) ? admin : second;
        var now = here.people.find(last.id());
        for (var change : List.<Callable<Person>>of(
                () -> here.people.edit(last.actor(), last.id(), now.etag(), null, null, true, null),
                () -> here.people.edit(last.actor(), last.id(), now.etag(), null, null, null, List.of())))
            assertEquals("last-administrator", outcome(change));
        // Put back what the other stories need.
        var gone = here.people.find(admin.id());
        here.people.edit(
                Actor.SYSTEM,
                gone.id(),
                gone.etag(),
                null,
                null,
                null,
                List.of(new Membership(Role.ADMINISTRATOR, ministry, null)));
    }

    @Test
    void changingThePasswordEndsTheOtherSessions() {
        var person = person();
        var browser = signedIn(person, "10.0.11.1");
        var other = signedIn(person, "10.0.11.2");
        var program = here.at("10.0.11.3");
        program.token = program.post("/api/tokens", PeopleNode.credentials(person.username(), GOOD))
                .json()
                .getString("token");
        assertEquals("/current", changed(browser, "không phải", "trăng lên đầu ngõ"));
        assertEquals("/next", changed(browser, GOOD, "matkhau12345"));
        assertEquals("/next", changed(browser, GOOD, GOOD));
        assertEquals("", changed(browser, GOOD, " trăng lên đầu ngõ "));
        assertEquals(200, browser.get("/api/session").status());
        assertEquals(401, other.get("/api/session").status());
        assertEquals(401, program.get("/api/session").status());
        assertEquals(401, other.signIn(person.username(), GOOD).status());
        assertEquals(401, other.signIn(person.username(), "trăng lên đầu ngõ").status());
        assertEquals(200, other.signIn(person.username(), " trăng lên đầu ngõ ").status());
    }

    @Test
    void personsAreFoundByAnySpellingPageByPage() {
        for (var name : List.of("Đặng Thuý Hoà", "Đặng Thúy Hòa", "Dang Thuy Hoa")) person(name);
        var admin = admin();
        var names = new ArrayList<String>();
        for (String next = ""; next != null; ) {
            var page = admin.get("/api/people?q=" + "HOA%20%C4%91%E1%BA%B7ng&limit=2"
                            + (next.isEmpty() ? "" : "&after=" + next))
                    .json();
            for (var one : page.getJsonArray("items")) names.add(((JsonObject) one).getString("name"));
            next = page.getString("next");
        }
        assertEquals(Set.of("Đặng Thuý Hoà", "Đặng Thúy Hòa", "Dang Thuy Hoa"), Set.copyOf(names));
        assertEquals(3, names.size());
        assertEquals(400, admin.get("/api/people?after=%00").status());
        assertEquals(400, admin.get("/api/people?after=abc").status());
        assertEquals(200, admin.get("/api/people?q=%25_").status());
    }

    @Test
    void organizersSeeNamesAndNoAccounts() {
        var organizer = signedIn(person("ORGANIZER"), "10.0.12.1");
        var disabled = person("Tên Đã Khóa");
        edit(disabled, new JsonObject().put("disabled", true));
        for (var one : organizer.get("/api/people?limit=200").json().getJsonArray("items"))
            assertTrue(Set.of("id", "name", "title").containsAll(((JsonObject) one).fieldNames()), one.toString());
        var query = "/api/people?q=ten%20da%20khoa";
        assertEquals(0, organizer.get(query).json().getJsonArray("items").size());
        assertEquals(1, admin().get(query).json().getJsonArray("items").size());
    }

    /** Every route of the room for every role, over HTTP, as {@link PolicyTest} has it. */
    @Test
    void everyRouteHoldsToThePolicy() {
        var target = person();
        var change = new JsonObject().put("title", "Chuyên viên");
        for (var role : Role.values()) {
            var asker = signedIn(person(role.name()), "10.0.13.1");
            boolean accounts = role == Role.ADMINISTRATOR;
            boolean names = accounts || role == Role.ORGANIZER || role == Role.CHAIR;
            assertEquals(names ? 200 : 403, asker.get("/api/people").status(), role.name());
            assertEquals(
                    accounts ? 200 : 403,
                    asker.get("/api/people/" + target.id()).status(),
                    role.name());
            assertEquals(accounts ? 201 : 403, create(asker, plan("VIEWER")).status(), role.name());
            assertEquals(
                    accounts ? 200 : 403,
                    asker.send("PATCH", "/api/people/" + target.id(), change, "If-Match", "\"p1\"")
                            .status(),
                    role.name());
        }
        var nobody = here.at("10.0.13.2");
        for (var path : List.of("/api/session", "/api/sessions", "/api/people", "/api/people/" + target.id()))
            assertEquals(401, nobody.get(path).status(), path);
        assertEquals(401, nobody.post("/api/tokens/renew", null).status());
        assertEquals(401, create(nobody, plan("VIEWER")).status());
        assertEquals(200, nobody.get("/api/time").status());
        assertEquals(200, nobody.get("/api/setup").status());
    }

    @Test
    void nodesThatStartTogetherShareOneKey() throws Exception {
        db.query("DELETE FROM key_pair");
        List<Callable<List<Keys.Pair>>> nodes =
                List.of(() -> Keys.load(db, CLOCK), () -> Keys.load(db, CLOCK), () -> Keys.load(db, CLOCK));
        try (var starting = Executors.newVirtualThreadPerTaskExecutor()) {
            var keys = new ArrayList<List<Keys.Pair>>();
            for (var one : starting.invokeAll(nodes)) keys.add(one.get());
            assertEquals(1, Set.copyOf(keys).size());
            assertEquals(1, keys.getFirst().size());
        }
    }

    private static Person person(String... roleOrName) {
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

    private static PeopleNode.Client signedIn(Person person, String address) {
        var browser = here.at(address);
        assertEquals(200, browser.signIn(person.username(), GOOD).status());
        return browser;
    }

    private static PeopleNode.Client admin() {
        var browser = here.at("10.9.9.9");
        assertEquals(200, browser.signIn("admin", adminPassword).status());
        return browser;
    }

    private static void edit(Person person, JsonObject change) {
        var admin = admin();
        var path = "/api/people/" + person.id();
        assertEquals(
                200,
                admin.send("PATCH", path, change, "If-Match", admin.get(path).header("etag"))
                        .status());
    }

    private static PeopleNode.Got create(PeopleNode.Client admin, JsonObject plan) {
        return admin.post(
                "/api/people", plan, "Idempotency-Key", UUID.randomUUID().toString());
    }

    private static JsonObject plan(String role) {
        return new JsonObject()
                .put("username", "n" + COUNT.incrementAndGet() + ".new")
                .put("name", "Trần Văn Thử")
                .put("roles", new JsonArray().add(role(role)));
    }

    private static JsonObject role(String role) {
        return new JsonObject().put("role", role).put("organisation", ministry.toString());
    }

    private static Asker asker(PeopleNode.Client browser) {
        return here.gatekeeper
                .ask(new Credential(browser.cookie.split("=", 2)[1], null))
                .await();
    }

    private static boolean lately(Asker asker) {
        return db.row("SELECT seen_at FROM session WHERE id = $1", asker.sessionId())
                .getOffsetDateTime("seen_at")
                .toInstant()
                .isAfter(CLOCK.instant().minus(Duration.ofMinutes(2)));
    }

    private static String changed(PeopleNode.Client browser, String current, String next) {
        var got = browser.send(
                "PUT",
                "/api/session/password",
                new JsonObject().put("current", current).put("next", next));
        if (got.status() == 204) return "";
        assertEquals(422, got.status(), got.text());
        return got.json().getJsonArray("errors").getJsonObject(0).getString("pointer");
    }

    private static String demoted(Person by, Person whom, List<Membership> roles, PeopleNode node) {
        return outcome(() -> node.people.edit(
                by.actor(), whom.id(), here.people.find(whom.id()).etag(), null, null, null, roles));
    }

    private static String outcome(Callable<?> change) {
        try {
            change.call();
            return "done";
        } catch (vn.giaoban.http.Refusal refusal) {
            return refusal.type();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void seenWithin(Duration time, BooleanSupplier seen) {
        long end = System.nanoTime() + time.toNanos();
        while (!seen.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not seen within " + time);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}

package vn.giaoban.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.giaoban.people.PeopleWorld.admin;
import static vn.giaoban.people.PeopleWorld.adminPassword;
import static vn.giaoban.people.PeopleWorld.db;
import static vn.giaoban.people.PeopleWorld.edit;
import static vn.giaoban.people.PeopleWorld.endpoint;
import static vn.giaoban.people.PeopleWorld.here;
import static vn.giaoban.people.PeopleWorld.ministry;
import static vn.giaoban.people.PeopleWorld.person;
import static vn.giaoban.people.PeopleWorld.plan;
import static vn.giaoban.people.PeopleWorld.role;
import static vn.giaoban.people.PeopleWorld.signedIn;
import static vn.giaoban.people.PeopleWorld.there;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.journal.Actor;
import vn.giaoban.people.Person.Membership;

/** What accounts promise, over HTTP: who may see and change them, and that somebody always can. */
@Timeout(180)
class PeopleStoryTest {
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
            var got = PeopleWorld.create(admin, plan("VIEWER").put("roles", new JsonArray().add(bad.getValue())));
            assertEquals(422, got.status(), got.text());
            assertEquals(
                    bad.getKey().strip(),
                    got.json().getJsonArray("errors").getJsonObject(0).getString("pointer"));
        }
        var twice = PeopleWorld.create(
                admin,
                plan("VIEWER").put("roles", new JsonArray().add(role("VIEWER")).add(role("VIEWER"))));
        assertEquals(422, twice.status());
        assertEquals(
                422,
                PeopleWorld.create(admin, plan("VIEWER").put("name", "   ")).status());
        assertEquals(
                400,
                PeopleWorld.create(admin, plan("VIEWER").put("username", "Có Dấu"))
                        .status());
        assertEquals(
                400,
                PeopleWorld.create(admin, plan("VIEWER").put("password", "x")).status());
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

    /** For every role, over HTTP, as {@link PolicyTest} has it. */
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
            assertEquals(
                    accounts ? 201 : 403,
                    PeopleWorld.create(asker, plan("VIEWER")).status(),
                    role.name());
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
        assertEquals(401, PeopleWorld.create(nobody, plan("VIEWER")).status());
        assertEquals(200, nobody.get("/api/time").status());
        assertEquals(200, nobody.get("/api/setup").status());
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
}

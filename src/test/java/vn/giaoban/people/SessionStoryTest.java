package vn.giaoban.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.giaoban.people.PeopleWorld.CLOCK;
import static vn.giaoban.people.PeopleWorld.GOOD;
import static vn.giaoban.people.PeopleWorld.PROMISED;
import static vn.giaoban.people.PeopleWorld.asker;
import static vn.giaoban.people.PeopleWorld.db;
import static vn.giaoban.people.PeopleWorld.edit;
import static vn.giaoban.people.PeopleWorld.here;
import static vn.giaoban.people.PeopleWorld.person;
import static vn.giaoban.people.PeopleWorld.role;
import static vn.giaoban.people.PeopleWorld.seenWithin;
import static vn.giaoban.people.PeopleWorld.signedIn;
import static vn.giaoban.people.PeopleWorld.there;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.people.session.Keys;

/** What sessions promise, on two nodes that share a database and nothing else: what ends, ends everywhere. */
@Timeout(180)
class SessionStoryTest {
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

    private static boolean lately(Asker asker) {
        return db.row("SELECT seen_at FROM session WHERE id = $1", asker.sessionId())
                .getOffsetDateTime("seen_at")
                .toInstant()
                .isAfter(CLOCK.instant().minus(Duration.ofMinutes(2)));
    }
}

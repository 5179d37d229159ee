package vn.giaoban.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.giaoban.people.PeopleWorld.CLOCK;
import static vn.giaoban.people.PeopleWorld.GOOD;
import static vn.giaoban.people.PeopleWorld.db;
import static vn.giaoban.people.PeopleWorld.edit;
import static vn.giaoban.people.PeopleWorld.here;
import static vn.giaoban.people.PeopleWorld.person;
import static vn.giaoban.people.PeopleWorld.signedIn;
import static vn.giaoban.people.PeopleWorld.there;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What signing in promises: nothing learned by who does not know, no waiting for who does. */
@Timeout(180)
class SignInStoryTest {
    @Test
    void theCookieIsOutOfReachOfPagesAndOtherSites() {
        var got = here.at("10.0.0.1").signIn(person().username(), GOOD);
        var cookie = got.header("set-cookie");
        assertTrue(
                cookie.matches(
                        "__Host-giaoban=[A-Za-z0-9_-]{43}; Path=/; Max-Age=431\\d\\d; HttpOnly; Secure; SameSite=Strict"),
                cookie);
        // What is stored tells nobody the cookie.
        var stored = db.row(
                "SELECT count(*) AS n FROM session WHERE secret = sha256(convert_to($1, 'UTF8'))",
                got.cookie().split("=", 2)[1]);
        assertEquals(1, stored.getLong("n"));
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
        var right = there.at("10.0.2.1").signIn(person.username().toUpperCase(Locale.ROOT), GOOD);
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

    /** A proxy may add a header of its own and leave the caller's standing before it. */
    @Test
    void ofSeveralForwardedAddressesTheLastCounts() {
        for (int i = 0; i < PeopleNode.SETTINGS.triesPerAddressAndHour(); i++)
            assertEquals(
                    401,
                    here.at("10.7.0." + i)
                            .post(
                                    "/api/session",
                                    PeopleNode.credentials("ai-khac-" + i, "sai rồi"),
                                    "X-Forwarded-For",
                                    "10.8.0.1")
                            .status());
        assertEquals(429, here.at("10.8.0.1").signIn(person().username(), GOOD).status());
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

    private static String changed(PeopleNode.Client browser, String current, String next) {
        var got = browser.send(
                "PUT",
                "/api/session/password",
                new JsonObject().put("current", current).put("next", next));
        if (got.status() == 204) return "";
        assertEquals(422, got.status(), got.text());
        return got.json().getJsonArray("errors").getJsonObject(0).getString("pointer");
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import vn.giaoban.people.Role;

/** Who is let into the relay to measure a site's loss, for how long, and that nobody learns what opens it for ever. */
class TurnStoryTest {
    private static final String SECRET = "bi-mat-cua-may-chuyen-tiep-8d1f";
    private static final String URL = "turn:relay.example.org:3478?transport=udp";

    private static World world;
    private static final Log log = new Log();
    private static Someone organizer;
    private static UUID site;
    private static UUID briefing;
    private static String path;

    /** All that the house writes down, whatever its level. */
    private static final class Log extends AppenderBase<ILoggingEvent> {
        final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            for (var thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause())
                lines.add(String.valueOf(thrown.getMessage()));
        }
    }

    @BeforeAll
    static void aHouseWithARelay() {
        var house = (Logger) LoggerFactory.getLogger("vn.giaoban");
        house.setLevel(Level.TRACE);
        log.setContext(house.getLoggerContext());
        log.start();
        house.addAppender(log);
        world = World.with(Map.of(
                "GIAOBAN_CHECK_TURNURLS", URL, "GIAOBAN_CHECK_TURNSECRET", SECRET, "GIAOBAN_CHECK_TURNMINUTES", "20"));
        organizer = world.organizer();
        site = world.newEndpoint("Đo mất gói").id();
        briefing = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(site));
        path = "/api/briefings/" + briefing + "/endpoints/" + site + "/check";
    }

    @AfterAll
    static void close() {
        var house = (Logger) LoggerFactory.getLogger("vn.giaoban");
        house.detachAppender(log);
        house.setLevel(null);
        if (world != null) world.close();
    }

    /** What the relay itself does with a name that somebody brings. */
    private static String password(String name) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
    }

    private static Instant until(String name) {
        return Instant.ofEpochSecond(Long.parseLong(name.split(":")[0]));
    }

    @Test
    void theSitesOwnPeopleAndThoseWhoRunItAreLetInForTheSetMinutes() throws Exception {
        for (var who : List.of(world.operator(site), organizer)) {
            var reply = who.get(path).expect(200);
            assertEquals(true, reply.get("relay"));
            assertEquals(List.of(URL), reply.get("iceServers.0.urls"));
            var name = reply.text("iceServers.0.username");
            assertEquals(site.toString(), name.split(":")[1], "whose measurement it is");
            var left = Duration.between(world.clock.instant(), until(name));
            assertEquals(20, left.plusSeconds(2).toMinutes(), left + " left");
            assertEquals(password(name), reply.text("iceServers.0.credential"));
            assertEquals("no-store", reply.headers().firstValue("cache-control").orElse(null), "no proxy keeps it");
        }
    }

    @Test
    void whoComesLaterGetsOthersThatEndLater() {
        var operator = world.operator(site);
        var first = operator.get(path).expect(200).text("iceServers.0.username");
        world.clock.forward(Duration.ofMinutes(21));
        var later = operator.get(path).expect(200).text("iceServers.0.username");
        assertNotEquals(first, later);
        assertFalse(until(first).isAfter(world.clock.instant()), "the first are over");
        assertFalse(until(later).isBefore(world.clock.instant().plus(Duration.ofMinutes(19))));
    }

    @Test
    void nobodyElseIsLetIn() {
        var elsewhere = world.operator(world.newEndpoint("Nơi khác").id());
        var refused = new ArrayList<Reply>();
        refused.add(world.anybody().get(path).expect(401));
        refused.add(world.journalist().get(path).expect(404));
        refused.add(elsewhere.get(path).expect(404));
        var viewer = world.signedIn(world.person("Người xem", Role.VIEWER, world.ministry(), null));
        refused.add(viewer.get(path).expect(403));
        for (var reply : refused)
            for (var word : List.of("relay.example.org", "credential", "username"))
                assertFalse(reply.text().contains(word), reply.text());
    }

    @Test
    void theSecretIsInNoAnswerAndInNoLineOfTheLog() {
        var operator = world.operator(site);
        var checks = path + "s";
        var said = new ArrayList<String>();
        said.add(operator.get(path).expect(200).text());
        said.add(operator.create(checks, CheckStoryTest.check(world.clock.instant(), CheckStoryTest.steps(9000)))
                .expect(201)
                .text());
        said.add(operator.get(checks).expect(200).text());
        said.add(operator.get(path + "?x=1").text());
        said.add(operator.create(checks, Map.of("technician", "x")).expect(400).text());
        said.add(world.anybody().get("/api/health").text());
        said.add(operator.get("/").text());
        try (var page = operator.follow("endpoint/" + site)) {
            page.until("its briefing", p -> p.at("briefings." + briefing) != null);
            said.add(page.view().toString());
        }
        for (var one : said) assertFalse(one.contains(SECRET), one);
        var credential = operator.get(path).expect(200).text("iceServers.0.credential");
        for (var line : log.lines) {
            assertFalse(line.contains(SECRET), line);
            assertFalse(line.contains(credential), line);
        }
        LoggerFactory.getLogger("vn.giaoban.Turn").info("the log is being read");
        assertFalse(log.lines.isEmpty());
    }
}

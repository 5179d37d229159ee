package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;

/** Forty briefings with faults that are known, and a passport that must tell exactly them. */
class PassportStoryTest {
    private static final int BRIEFINGS = 40;
    private static final long SEED = Long.getLong("seed", 20_261_122);

    /** What was injected into one briefing. */
    private record Injected(UUID briefing, boolean onTime, List<Long> minutesLost) {
        long minutes() {
            return minutesLost.stream().mapToLong(m -> m).sum();
        }
    }

    @Test
    void thePassportTellsTheInjectedMinutesExactly() {
        try (var world = World.with(Map.of(
                "GIAOBAN_SIGNIN_SESSIONHOURS", "20000",
                "GIAOBAN_SIGNIN_IDLEMINUTES", "1200000",
                "GIAOBAN_BRIEFING_MAXDAYS", "2000"))) {
            new Simulator(world).play();
        }
    }

    /** Runs briefings by the same commands as people do, and pulls plugs at minutes that it remembers. */
    private static final class Simulator {
        private final World world;
        private final Random random = new Random(SEED);
        private final Someone organizer;
        private final UUID site;
        private final UUID other;
        private final Someone operator;
        private final UUID chair;

        Simulator(World world) {
            this.world = world;
            world.clock.stop(Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)));
            organizer = world.organizer();
            site = world.newEndpoint("Hà Giang").id();
            other = world.newEndpoint("Hà Tĩnh").id();
            operator = world.operator(site);
            chair = world.person("Chủ trì", null, null, null).id();
        }

        void play() {
            var injected = new ArrayList<Injected>();
            for (int i = 0; i < BRIEFINGS; i++) injected.add(briefing());
            var known = new java.util.HashMap<UUID, Injected>();
            injected.forEach(one -> known.put(one.briefing(), one));
            var passport = organizer.get(path("")).expect(200);
            long briefings = 0, onTime = 0, losses = 0, lostMs = 0;
            for (var sum : (List<?>) passport.get("years")) {
                briefings += number(sum, "briefings");
                onTime += number(sum, "onTime");
                losses += number(sum, "losses");
                lostMs += number(sum, "lostMs");
                var year = organizer.get(path("?year=" + Reply.at(sum, "year"))).expect(200);
                for (var told : (List<?>) year.get("briefings")) {
                    var truth = known.get(UUID.fromString((String) Reply.at(told, "briefing")));
                    var at = "seed " + SEED + ": " + told;
                    assertEquals("HELD", Reply.at(told, "stage"), at);
                    assertEquals(truth.onTime(), Reply.at(told, "onTime"), at);
                    assertEquals(Duration.ofMinutes(truth.minutes()).toMillis(), number(told, "lostMs"), at);
                    assertEquals(
                            truth.minutesLost().stream().map(m -> m * 60_000).toList(),
                            ((List<?>) Reply.at(told, "losses"))
                                    .stream()
                                            .map(loss -> number(loss, "lostMs"))
                                            .toList(),
                            at);
                }
            }
            assertEquals(BRIEFINGS, briefings);
            assertEquals(injected.stream().filter(Injected::onTime).count(), onTime);
            assertEquals(
                    injected.stream().mapToLong(one -> one.minutesLost().size()).sum(), losses);
            assertEquals(
                    Duration.ofMinutes(injected.stream()
                                    .mapToLong(Injected::minutes)
                                    .sum())
                            .toMillis(),
                    lostMs);
            assertTrue(losses > 20 && onTime > 5 && onTime < BRIEFINGS, "there is something to tell");
            explained(injected.stream()
                    .filter(one -> one.minutes() > 0)
                    .findFirst()
                    .orElseThrow());
            whoMayRead();
            whatIsNotYetOver();
        }

        /** A briefing that is still to come did not fail to take place, and nobody was late for it. */
        private void whatIsNotYetOver() {
            var start = world.clock.instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.HOURS);
            var id = planned(start);
            stands(id, start, "COMING");
            forwardTo(start.minus(Duration.ofMinutes(31)));
            organizer.post("/api/briefings/" + id + "/open").expect(200);
            stands(id, start, "OPEN");
            organizer.post("/api/briefings/" + id + "/close").expect(200);
            stands(id, start, "NOT_HELD");
        }

        private void stands(UUID id, Instant start, String stage) {
            int year = start.atZone(vn.giaoban.directory.Directory.ZONE).getYear();
            var told = told(new Injected(id, false, List.of()), year);
            assertEquals(stage, Reply.at(told, "stage"));
            assertEquals(false, Reply.at(told, "counts"));
        }

        private UUID planned(Instant start) {
            var id = organizer
                    .create(
                            "/api/briefings",
                            world.plan("BRIEFING", "Giao ban tuần", start, 90).and("chair", chair))
                    .expect(201)
                    .id();
            organizer
                    .create(
                            "/api/briefings/" + id + "/endpoints",
                            Fields.of("endpoints", List.of(site.toString(), other.toString())))
                    .expect(201);
            organizer
                    .call(
                            "POST",
                            "/api/briefings/" + id + "/schedule",
                            null,
                            Map.of(
                                    "If-Match",
                                    organizer.get("/api/briefings/" + id).etag()))
                    .expect(200);
            return id;
        }

        private Injected briefing() {
            var start = world.clock.instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.HOURS);
            var id = planned(start);
            // Before the half hour at which the doors open by themselves.
            forwardTo(start.minus(Duration.ofMinutes(31)));
            organizer.post("/api/briefings/" + id + "/open").expect(200);
            boolean onTime = random.nextInt(3) > 0;
            forwardTo(start.minus(Duration.ofMinutes(onTime ? 16 + random.nextInt(13) : 1 + random.nextInt(14))));
            plugged(id, true);
            operator.post("/api/briefings/" + id + "/endpoints/" + site + "/join")
                    .expect(200);
            forwardTo(start);
            organizer.post("/api/briefings/" + id + "/start").expect(200);
            var lost = new ArrayList<Long>();
            for (int faults = random.nextInt(4); faults > 0; faults--) {
                minutes(2 + random.nextInt(8));
                plugged(id, false);
                long minutes = 1L + random.nextInt(9);
                minutes(minutes);
                lost.add(minutes);
                plugged(id, true);
            }
            minutes(3);
            // Now and then the line is down when it ends: the minutes until then count, and no more.
            if (random.nextInt(4) == 0) {
                plugged(id, false);
                minutes(7);
                lost.add(7L);
            }
            organizer.post("/api/briefings/" + id + "/close").expect(200);
            plugged(id, false);
            minutes(20);
            return new Injected(id, onTime, lost);
        }

        /**
         * The page's own pings: rows that a node writes while the line stands. Under the briefing's lock, or a change
         * that began before the clock was put forward would take what is new for what was then.
         */
        private void plugged(UUID briefing, boolean in) {
            var db = world.node.rooms().db();
            db.transaction(() -> {
                db.query("SELECT 1 FROM subject WHERE id = $1 FOR UPDATE", "briefing/" + briefing);
                if (in) db.query("""
                        INSERT INTO follower (socket, stream, node, person, expires_at)
                        VALUES ($1, $1, 'test', '-', clock_timestamp() + interval '1 hour') ON CONFLICT DO NOTHING""", "endpoint/" + site);
                else db.query("DELETE FROM follower WHERE stream = $1", "endpoint/" + site);
                return null;
            });
            world.node.rooms().lines().reconcile();
        }

        private void minutes(long minutes) {
            world.clock.forward(Duration.ofMinutes(minutes));
        }

        private void forwardTo(Instant to) {
            world.clock.forward(Duration.between(world.clock.instant(), to));
        }

        /** Found out afterwards: it stands in the journal beside the loss, and in the passport from then on. */
        private void explained(Injected one) {
            int year = year(one);
            var loss = told(one, year);
            assertEquals("UNKNOWN", Reply.at(loss, "losses.0.cause"));
            var cause = "/api/briefings/" + one.briefing() + "/endpoints/" + site + "/losses/";
            operator.put(cause + Reply.at(loss, "losses.0.n") + "/cause", Fields.of("cause", "POWER"))
                    .expect(403);
            organizer
                    .put(cause + Reply.at(loss, "losses.0.n") + "/cause", Fields.of("cause", "POWER"))
                    .expect(204);
            organizer.put(cause + "1/cause", Fields.of("cause", "POWER")).expect(404);
            assertEquals("POWER", Reply.at(told(one, year), "losses.0.cause"));
            assertTrue(organizer
                    .get("/api/briefings/" + one.briefing() + "/journal")
                    .expect(200)
                    .text()
                    .contains("loss.explained"));
            var csv = organizer
                    .get("/api/endpoints/" + site + "/passport.csv?year=" + year)
                    .expect(200);
            assertTrue(csv.text().contains(",Điện"), csv.text());
        }

        private Object told(Injected one, int year) {
            return ((List<?>) organizer.get(path("?year=" + year)).expect(200).get("briefings"))
                    .stream()
                            .filter(told -> one.briefing().toString().equals(Reply.at(told, "briefing")))
                            .findFirst()
                            .orElseThrow();
        }

        private int year(Injected one) {
            return Instant.parse(
                            organizer.get("/api/briefings/" + one.briefing()).text("plannedStart"))
                    .atZone(vn.giaoban.directory.Directory.ZONE)
                    .getYear();
        }

        private void whoMayRead() {
            assertEquals(
                    organizer.get(path("")).expect(200).text(),
                    operator.get(path("")).expect(200).text(),
                    "its own operators read the same");
            world.journalist().get(path("")).expect(403);
            world.operator(other).get(path("")).expect(403);
            var elsewhere = world.signedIn(
                    world.person("Thư ký khác", vn.giaoban.people.Role.ORGANIZER, world.organisation("SYT-40"), null));
            var seen = elsewhere.get(path("")).expect(200);
            assertFalse(
                    seen.text().contains("Giao ban tuần"),
                    "of briefings that are not his to look at he is told nothing");
        }

        private String path(String query) {
            return "/api/endpoints/" + site + "/passport" + query;
        }

        private static long number(Object of, String name) {
            return ((Number) Reply.at(of, name)).longValue();
        }
    }
}

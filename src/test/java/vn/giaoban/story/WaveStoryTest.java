package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.Fields;

/** The hub plans its check calls, the sites see theirs, and the round fills as the results arrive. */
class WaveStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();

    private static Fields wish(Instant start, int technicians, int minutes, int hoursBefore) {
        var names = new ArrayList<String>();
        for (int i = 1; i <= technicians; i++) names.add("Kỹ thuật " + i);
        return Fields.of("technicians", names)
                .and("minutes", minutes)
                .and(
                        "hours",
                        List.of(Fields.of("from", start.minus(Duration.ofHours(hoursBefore)))
                                .and("to", start)));
    }

    private static List<Map<String, Object>> calls(Reply rounds) {
        var all = new ArrayList<Map<String, Object>>();
        for (var one : (List<?>) rounds.get("rounds.0.calls")) all.add(cast(one));
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    @Test
    void aRoundIsPlannedCalledAndFilledByResults() {
        var bad = world.newEndpoint("Lần trước hỏng").id();
        var good = world.newEndpoint("Tốt").id();
        var other = world.newEndpoint("Cũng tốt").id();
        var earlier = world.scheduled(organizer, "BRIEFING", world.freeHour(), List.of(), List.of(bad));
        organizer
                .create(
                        "/api/briefings/" + earlier + "/endpoints/" + bad + "/checks",
                        CheckStoryTest.check(world.clock.instant(), CheckStoryTest.steps(100)))
                .expect(201);

        // Soon: nobody's session ends before the calls.
        var start = world.clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(70));
        var id = world.scheduled(organizer, "BRIEFING", start, List.of(), List.of(bad, good, other));
        var path = "/api/briefings/" + id;
        var preview = organizer
                .post(path + "/rounds/FINAL/plan", wish(start, 2, 10, 1))
                .expect(200);
        assertEquals(true, preview.get("feasible"));
        assertEquals(1, ((Number) preview.get("twice")).intValue());
        assertEquals(bad.toString(), preview.text("calls.0.endpoint"));
        assertEquals(2, ((Number) preview.get("waves")).intValue());
        assertEquals(List.of(), organizer.get(path + "/rounds").expect(200).get("rounds"), "nothing is written down");

        try (var board = organizer.follow("briefing/" + id);
                var own = world.operator(good).follow("endpoint/" + good)) {
            var saved =
                    organizer.put(path + "/rounds/FINAL", wish(start, 2, 10, 1)).expect(200);
            board.until("the round", p -> p.at("rounds.FINAL.calls") instanceof Number n && n.intValue() == 4);
            var mine = calls(saved).stream()
                    .filter(call -> call.get("endpoint").equals(good.toString()))
                    .findFirst()
                    .orElseThrow();
            own.until("its own hour", p -> p.at("briefings." + id + ".calls." + mine.get("id") + ".at") != null);
            assertNull(
                    own.at("briefings." + id + ".calls."
                            + calls(saved).getFirst().get("id")),
                    "no other's");

            // Marked by hand, marked wrongly and taken back; and by itself, as the result arrives.
            var first = path + "/calls/" + calls(saved).getFirst().get("id");
            organizer.post(first + "/miss").expect(200);
            board.until("no answer", p -> p.at("rounds.FINAL.noAnswer") instanceof Number n && n.intValue() == 1);
            organizer.post(first + "/miss").expect(409);
            organizer.post(first + "/restore").expect(200);
            organizer.post(first + "/finish").expect(200);
            world.clock.forward(Duration.ofMinutes(12));
            world.operator(good)
                    .create(
                            path + "/endpoints/" + good + "/checks",
                            CheckStoryTest.check(world.clock.instant(), CheckStoryTest.steps(9000)))
                    .expect(201);
            board.until("two done", p -> p.at("rounds.FINAL.done") instanceof Number n && n.intValue() == 2);
            own.until(
                    "mine is done",
                    p -> "DONE".equals(p.at("briefings." + id + ".calls." + mine.get("id") + ".state")));
            world.drawsTheSame(board, "briefing/" + id, "staff");
            world.drawsTheSame(own, "endpoint/" + good, "site");
            organizer.put(path + "/rounds/FINAL", wish(start, 2, 10, 1)).expect(409);
            organizer.delete(path + "/rounds/FINAL").expect(204);
            board.until("off", p -> p.at("rounds") == null || p.at("rounds.FINAL") == null);
            own.until("off", p -> p.at("briefings." + id + ".calls") == null);
        }
    }

    @Test
    void aCallIsMovedToWhoIsFreeAndNeverPastTheDeadline() {
        var start = world.freeHour();
        var sites = new ArrayList<UUID>();
        for (int i = 0; i < 4; i++) sites.add(world.newEndpoint("Dời").id());
        var id = world.scheduled(organizer, "BRIEFING", start, List.of(), sites);
        var path = "/api/briefings/" + id;
        var saved = organizer.put(path + "/rounds/FINAL", wish(start, 2, 10, 2)).expect(200);
        var call = calls(saved).getFirst();
        var move = path + "/calls/" + call.get("id") + "/move";
        var other = calls(saved).stream()
                .filter(one -> one.get("technician").equals("Kỹ thuật 2"))
                .findFirst()
                .orElseThrow();
        organizer
                .post(
                        move,
                        Fields.of("technician", "Kỹ thuật 2")
                                .and(
                                        "at",
                                        Instant.parse((String) other.get("at")).plusSeconds(60)))
                .expect(409);
        organizer
                .post(move, Fields.of("technician", "Kỹ thuật 1").and("at", start.minusSeconds(19 * 60)))
                .expect(422);
        organizer
                .post(move, Fields.of("technician", "Người lạ").and("at", start.minusSeconds(40 * 60)))
                .expect(422);
        organizer
                .post(move, Fields.of("technician", "Kỹ thuật 2").and("at", start.minusSeconds(20 * 60)))
                .expect(200);
        var now = organizer.get(path + "/rounds").expect(200);
        assertEquals(
                Fields.text(start.minusSeconds(20 * 60)), calls(now).getLast().get("at"));
    }

    @Test
    void whoCallsInTheTrialAtThatHourIsNotFreeForTheOtherRound() {
        var start = world.freeHour();
        var id = world.scheduled(
                organizer,
                "BRIEFING",
                start,
                List.of(),
                List.of(world.newEndpoint("Hai vòng").id()));
        var path = "/api/briefings/" + id + "/rounds/";
        // From now on: both rounds would call in the first minutes.
        var wish = wish(start, 1, 10, 24 * 40);
        organizer.put(path + "TRIAL", wish).expect(200);
        organizer.put(path + "FINAL", wish).expect(409);
        organizer.put(path + "FINAL", wish(start, 1, 10, 1)).expect(200);
    }

    @Test
    void whatIsMissingIsSaidInNumbersAndNothingIsSaved() {
        var start = world.freeHour();
        var sites = new ArrayList<UUID>();
        for (int i = 0; i < 9; i++) sites.add(world.newEndpoint("Thiếu").id());
        var id = world.scheduled(organizer, "BRIEFING", start, List.of(), sites);
        var path = "/api/briefings/" + id + "/rounds/FINAL";
        // An hour less the last ten minutes holds five calls of ten minutes; nine are needed.
        var plan = organizer.post(path + "/plan", wish(start, 1, 10, 1)).expect(200);
        assertEquals(false, plan.get("feasible"));
        assertEquals(1, ((Number) plan.get("lack.technicians")).intValue());
        assertEquals(40, ((Number) plan.get("lack.minutes")).intValue());
        assertEquals(5, ((Number) plan.get("lack.minutesPerSite")).intValue());
        organizer.put(path, wish(start, 1, 10, 1)).expect(409);
        organizer.post(path + "/plan", wish(start, 1, 0, 1)).expect(400);
        organizer
                .post(
                        path + "/plan",
                        Fields.of("technicians", List.of("A", "A"))
                                .and("minutes", 5)
                                .and("hours", List.of(Fields.of("from", start).and("to", start.plusSeconds(60)))))
                .expect(422);
        assertTrue(organizer
                        .put(path, wish(start, 2, 10, 1))
                        .expect(200)
                        .text("rounds.0.calls.0.at")
                        .compareTo(Fields.text(start))
                < 0);
    }
}

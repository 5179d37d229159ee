package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.briefing.Status;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Chain;

/** The doors open by themselves at the hour set, once, whichever of two nodes is quicker, and only where they still should. */
@Timeout(60)
class OpeningStoryTest {
    private static final Duration LOBBY = Duration.ofMinutes(30);

    private static World world;
    private static World other;

    @BeforeAll
    static void open() {
        world = World.with(Map.of());
        other = World.with(Map.of("GIAOBAN_DATABASE_URL", world.databaseUrl));
    }

    @AfterAll
    static void close() {
        other.close();
        world.close();
    }

    private final Someone organizer = world.organizer();

    private Instant soon(int hours) {
        return world.clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofHours(hours));
    }

    private UUID scheduled(Instant start) {
        return world.scheduled(organizer, "PRESS_CONFERENCE", start, List.of(), List.of());
    }

    /** It is that hour now, on both nodes, and both do at once what is due. */
    private static void becomes(Instant hour) throws Exception {
        world.clock.set(hour);
        other.clock.set(hour);
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 4; i++) {
                workers.add(() -> world.node.rooms().due().run());
                workers.add(() -> other.node.rooms().due().run());
            }
            for (var done : both.invokeAll(workers)) done.get();
        }
        // What a node's own beat may have claimed just before is done when its row is.
        var due = "SELECT count(*) AS n FROM due_act WHERE act = 'briefing.open' AND done_at IS NULL AND at <= $1";
        while (world.node
                        .rooms()
                        .db()
                        .row(due, hour.atOffset(java.time.ZoneOffset.UTC))
                        .getLong("n")
                > 0) Thread.onSpinWait();
    }

    private static Status status(UUID id) {
        return world.node.rooms().briefings().get(id).status();
    }

    private static int opened(UUID id) {
        var verbs = new ArrayList<String>();
        new Chain(world.node.rooms().db()).entries("briefing/" + id, 0, 100).forEach(entry -> verbs.add(entry.verb()));
        return Collections.frequency(verbs, "briefing.opened");
    }

    private void call(UUID id, String verb, Fields body) {
        var path = "/api/briefings/" + id;
        organizer
                .call(
                        "POST",
                        path + "/" + verb,
                        body,
                        Map.of("If-Match", organizer.get(path).etag()))
                .expect(200);
    }

    @Test
    void twoNodesOpenItOnce() throws Exception {
        var start = soon(3);
        var many = new ArrayList<UUID>();
        for (int i = 0; i < 6; i++) many.add(scheduled(start));
        var page = world.anybody().follow("briefing/" + many.getFirst()).sees("briefing.status", "SCHEDULED");
        becomes(start.minus(LOBBY).minusSeconds(40));
        for (var id : many) assertEquals(Status.SCHEDULED, status(id));
        becomes(start.minus(LOBBY));
        for (var id : many) {
            assertEquals(Status.OPEN, status(id));
            assertEquals(1, opened(id));
        }
        page.sees("briefing.status", "OPEN");
    }

    @Test
    void afterReschedulingItOpensAtTheNewHourOnly() throws Exception {
        var start = soon(3);
        var later = scheduled(start);
        call(
                later,
                "reschedule",
                Fields.of("reason", "trùng lịch")
                        .and("plannedStart", start.plusSeconds(7_200))
                        .and("plannedEnd", start.plusSeconds(9_000)));
        becomes(start);
        assertEquals(Status.SCHEDULED, status(later));
        becomes(start.plusSeconds(7_200).minus(LOBBY));
        assertEquals(Status.OPEN, status(later));
        assertEquals(1, opened(later));
    }

    @Test
    void reschedulingBackToTheFirstHourOpensItThen() throws Exception {
        var start = soon(3);
        var id = scheduled(start);
        for (var to : List.of(start.plusSeconds(7_200), start))
            call(
                    id,
                    "reschedule",
                    Fields.of("reason", "đổi giờ").and("plannedStart", to).and("plannedEnd", to.plusSeconds(1_800)));
        becomes(start.minus(LOBBY));
        assertEquals(Status.OPEN, status(id));
        assertEquals(1, opened(id));
    }

    @Test
    void aNewHourInTheLobbyTimeOpensAtOnce() throws Exception {
        var start = soon(20);
        var id = scheduled(start);
        var near = world.clock.instant().plusSeconds(600);
        call(
                id,
                "reschedule",
                Fields.of("reason", "họp ngay").and("plannedStart", near).and("plannedEnd", near.plusSeconds(1_800)));
        becomes(world.clock.instant());
        assertEquals(Status.OPEN, status(id));
    }

    @Test
    void whatWasOpenedByHandIsNotOpenedAgain() throws Exception {
        var start = soon(3);
        var id = scheduled(start);
        organizer.post("/api/briefings/" + id + "/open").expect(200);
        becomes(start);
        assertEquals(Status.OPEN, status(id));
        assertEquals(1, opened(id));
    }

    @Test
    void whoeverPutsItOffInThatVeryMomentIsHeard() throws Exception {
        var start = soon(3);
        var id = scheduled(start);
        var briefings = world.node.rooms().briefings();
        var etag = briefings.get(id).etag();
        world.meanwhile(
                () -> briefings.reschedule(
                        Actor.SYSTEM,
                        id,
                        etag,
                        start.plusSeconds(7_200),
                        start.plusSeconds(9_000),
                        "khách đến muộn",
                        other -> true),
                () -> briefings.openDue(id, start.minus(LOBBY)));
        assertEquals(Status.SCHEDULED, status(id));
    }

    @Test
    void postponedAndCancelledNeverOpen() throws Exception {
        var start = soon(3);
        var postponed = scheduled(start);
        var cancelled = scheduled(start);
        call(postponed, "postpone", Fields.of("reason", "bão số 5"));
        call(cancelled, "cancel", Fields.of("reason", "không họp nữa"));
        becomes(start.plusSeconds(3_600));
        assertEquals(Status.POSTPONED, status(postponed));
        assertEquals(Status.CANCELLED, status(cancelled));
        assertEquals(0, opened(postponed) + opened(cancelled));
    }
}

package vn.giaoban.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import vn.giaoban.http.Refusal;

/** A request to speak waits, speaks, has spoken; it can be taken back only while it waits. */
class FloorRequestTest {
    private static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");
    private static final FloorRequest WAITING =
            FloorRequest.waiting(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), null, "", 7, NOW);
    private static final FloorRequest SPEAKING = WAITING.given(NOW.plusSeconds(60));

    @Test
    void speakingTimeIsCountedFromGivingToTaking() {
        assertEquals(0, WAITING.spokenMs(NOW.plusSeconds(500)));
        assertEquals(5_000, SPEAKING.spokenMs(NOW.plusSeconds(65)));
        var done = SPEAKING.taken(NOW.plusSeconds(90));
        assertEquals(30_000, done.spokenMs());
        assertEquals(30_000, done.spokenMs(NOW.plusSeconds(9_999)));
        assertEquals(NOW.plusSeconds(90), done.endedAt());
    }

    @Test
    void aClockThatWentBackGivesNoNegativeTime() {
        assertEquals(0, SPEAKING.taken(NOW).spokenMs());
    }

    @Test
    void whoWaitsMayTakeItBack() {
        var withdrawn = WAITING.withdrawn(NOW.plusSeconds(5));
        assertEquals(FloorRequest.Status.WITHDRAWN, withdrawn.status());
        assertNull(withdrawn.givenAt());
        assertFalse(withdrawn.open());
    }

    @Test
    void closingEndsWhoSpeaksAndSendsHomeWhoWaits() {
        assertEquals(
                FloorRequest.Status.DONE, SPEAKING.ended(NOW.plusSeconds(61)).status());
        assertEquals(FloorRequest.Status.WITHDRAWN, WAITING.ended(NOW).status());
    }

    @Test
    void whatDoesNotFitTheStateIsRefusedAndSaysTheState() {
        var done = SPEAKING.taken(NOW.plusSeconds(90));
        var gone = WAITING.withdrawn(NOW);
        refused(SPEAKING, r -> r.given(NOW), r -> r.withdrawn(NOW));
        refused(WAITING, r -> r.taken(NOW));
        refused(done, r -> r.given(NOW), r -> r.taken(NOW), r -> r.withdrawn(NOW));
        refused(gone, r -> r.given(NOW), r -> r.taken(NOW), r -> r.withdrawn(NOW));
    }

    @SafeVarargs
    private static void refused(FloorRequest request, UnaryOperator<FloorRequest>... verbs) {
        for (var verb : verbs) {
            var refusal = assertThrows(Refusal.class, () -> verb.apply(request));
            assertEquals(409, refusal.status());
            assertEquals("request-state", refusal.type());
            assertTrue(refusal.extra().containsValue(request.status().name()));
        }
    }
}

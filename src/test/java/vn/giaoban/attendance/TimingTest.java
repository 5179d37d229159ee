package vn.giaoban.attendance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.agenda.AgendaItem;
import vn.giaoban.journal.Audience;

/** How long an item really took. */
class TimingTest {
    private static final Instant T0 = Instant.parse("2026-12-01T01:00:00Z");

    @Test
    void fromItsStartToItsEndOrUntilNow() {
        assertNull(Timing.actualMs(item(AgendaItem.Status.PLANNED, null, null), T0));
        assertNull(Timing.actualMs(item(AgendaItem.Status.SKIPPED, null, null), T0));
        assertEquals(30_000, Timing.actualMs(item(AgendaItem.Status.LIVE, T0, null), T0.plusSeconds(30)));
        assertEquals(60_000, Timing.actualMs(item(AgendaItem.Status.DONE, T0, T0.plusSeconds(60)), T0.plusSeconds(90)));
    }

    private static AgendaItem item(AgendaItem.Status status, Instant started, Instant ended) {
        var text = new AgendaItem.Text("Khai mạc", "", 10, "", null, Audience.PUBLIC);
        return new AgendaItem(UUID.randomUUID(), UUID.randomUUID(), 0, text, status, false, T0, started, ended, 1);
    }
}

package vn.giaoban.jitsi;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.http.Refusal;

/**
 * A room of a conference as the house knows it, and whether it may start now.
 *
 * @param briefing the one that it belongs to, be it its own room or one beside it
 * @param opensAt the hour at which its doors open by plan
 * @param seats how many are expected at most
 */
public record VideoRoom(String name, UUID briefing, Door door, Instant opensAt, String zone, int seats) {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm dd/MM/uuuu");

    /** How its doors stand. */
    public enum Door {
        /** Has its hour. */
        PLANNED,
        OPEN,
        /** Without an hour: a draft, put off, called off. */
        OFF,
        OVER
    }

    /** Refuses with the reason; {@code early}: how long before the doors' hour it may already start. */
    public void demandStart(Instant now, Duration early) {
        switch (door) {
            case OPEN -> {}
            case PLANNED -> {
                if (now.isBefore(opensAt.minus(early)))
                    throw new Refusal(425, "room-early", Map.of("at", HOUR.format(opensAt.atZone(ZoneId.of(zone)))));
            }
            case OFF -> throw new Refusal(403, "room-off", Map.of());
            case OVER -> throw new Refusal(410, "room-over", Map.of());
        }
    }
}

package vn.giaoban.bridge.video;

import java.util.ArrayList;
import java.util.List;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.jitsi.RoomBook;
import vn.giaoban.jitsi.VideoRoom;
import vn.giaoban.jitsi.VideoRoom.Door;

/** Knows the rooms of briefings by their names, and whom to ask for those beside them. */
public final class VideoBook implements RoomBook {
    private final Briefings briefings;
    private final List<RoomBook> beside = new ArrayList<>();

    public VideoBook(Briefings briefings) {
        this.briefings = briefings;
    }

    /** Another book, for rooms that are no briefing's own. */
    public VideoBook and(RoomBook other) {
        beside.add(other);
        return this;
    }

    @Override
    public VideoRoom find(String name) {
        var briefing = briefings.ofVideo(name);
        if (briefing != null)
            return room(briefing, name, briefings.endpoints(briefing.id()).size());
        for (var other : beside) {
            var found = other.find(name);
            if (found != null) return found;
        }
        return null;
    }

    /** A room whose doors stand as the briefing's do. */
    public static VideoRoom room(Briefing briefing, String name, int seats) {
        return new VideoRoom(
                name,
                briefing.id(),
                door(briefing),
                briefing.opensAt(),
                briefing.plan().zone(),
                seats);
    }

    private static Door door(Briefing briefing) {
        return switch (briefing.status()) {
            case SCHEDULED -> Door.PLANNED;
            case OPEN, LIVE -> Door.OPEN;
            case DRAFT, POSTPONED, CANCELLED -> Door.OFF;
            case CLOSED -> Door.OVER;
        };
    }
}

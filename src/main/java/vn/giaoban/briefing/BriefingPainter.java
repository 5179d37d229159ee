package vn.giaoban.briefing;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vn.giaoban.journal.Painter;
import vn.giaoban.journal.Part;

/** Draws a briefing's stream, and the calendars, whole from the facts. */
record BriefingPainter(BriefingSql sql, List<Companion> companions) implements Painter {
    @Override
    public boolean paints(String stream) {
        return stream.startsWith("briefing/") || stream.equals("calendar") || stream.startsWith("calendar/");
    }

    @Override
    public List<Part> parts(String stream) {
        return stream.startsWith("briefing/")
                ? briefing(sql.find(UUID.fromString(stream.substring("briefing/".length()))))
                : calendar(stream);
    }

    private List<Part> briefing(Briefing briefing) {
        if (briefing == null) return List.of();
        var parts = new ArrayList<Part>();
        parts.add(BriefingView.briefing(briefing));
        parts.add(BriefingView.stage(briefing));
        companions.forEach(companion -> parts.addAll(companion.parts(briefing)));
        return parts;
    }

    private List<Part> calendar(String stream) {
        var parts = new ArrayList<Part>();
        for (var id : sql.unarchived()) {
            var briefing = sql.find(id);
            var part = stream.equals("calendar")
                    ? BriefingView.calendar(briefing)
                    : BriefingView.organisationCalendar(briefing);
            if (part.stream().equals(stream)) parts.add(part);
        }
        return parts;
    }
}

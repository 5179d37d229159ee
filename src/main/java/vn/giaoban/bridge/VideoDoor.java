package vn.giaoban.bridge;

import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;
import vn.giaoban.jitsi.Entrance;
import vn.giaoban.jitsi.Visit;
import vn.giaoban.journal.Audience;
import vn.giaoban.people.Person;
import vn.giaoban.people.Policy;

/**
 * Keeps the door of a briefing's video room: sites as themselves, who runs it as moderator, the staff
 * as themselves, the press as visitors.
 */
public final class VideoDoor implements Entrance {
    private final Briefings briefings;
    private final Directory directory;
    private final BiFunction<UUID, UUID, String> aside;

    /** {@code aside}: the room into which a site of a briefing has been taken for support, or null. */
    public VideoDoor(Briefings briefings, Directory directory, BiFunction<UUID, UUID, String> aside) {
        this.briefings = briefings;
        this.directory = directory;
        this.aside = aside;
    }

    @Override
    public void admit(Call call) {
        var me = Person.of(call);
        briefings.demandAt(me, call.operation(), call.id("briefing"), call.fieldId("endpoint"));
        if (call.fieldId("support") != null) briefings.demand(me, "takeToSupport", call.id("briefing"));
    }

    @Override
    public Visit visit(Call call) {
        var briefing = briefings.get(call.id("briefing"));
        if (!briefing.status().doorsOpen())
            throw Refusal.state(
                    "doors-closed", Map.of("status", briefing.status().name()));
        var endpoint = call.fieldId("endpoint");
        if (endpoint != null) {
            var site = directory.endpointAt(endpoint, briefing.plan().start());
            var room = aside.apply(briefing.id(), endpoint);
            return visit(
                    briefing,
                    room == null ? briefing.videoName() : room,
                    site.id().toString(),
                    site.name(),
                    Visit.Part.MEMBER);
        }
        var me = Person.of(call);
        if (call.fieldId("support") != null) {
            var room = aside.apply(briefing.id(), call.fieldId("support"));
            if (room == null) throw Refusal.state("not-in-support");
            return visit(briefing, room, me.id().toString(), me.name(), Visit.Part.MODERATOR);
        }
        var scope = briefings.scope(briefing, me, null);
        var part = Policy.may(me, "startBriefing", scope)
                ? Visit.Part.MODERATOR
                // Of those who do not run it, the staff take part; the press looks on.
                : Policy.audience(me, scope) == Audience.STAFF ? Visit.Part.MEMBER : Visit.Part.VISITOR;
        return visit(briefing, briefing.videoName(), me.id().toString(), me.name(), part);
    }

    private static Visit visit(Briefing briefing, String room, String id, String name, Visit.Part part) {
        return new Visit(room, briefing.openedAt(), briefing.plan().title(), id, name, part);
    }
}

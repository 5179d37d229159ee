package vn.giaoban.bridge.video;

import vn.giaoban.briefing.Briefings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;
import vn.giaoban.people.Person;

/** The calls about a briefing's conference. */
public final class VideoControlRoutes {
    private final VideoControl control;
    private final Briefings briefings;

    public VideoControlRoutes(VideoControl control, Briefings briefings) {
        this.control = control;
        this.briefings = briefings;
    }

    public void mount(Api api) {
        api.on("readVideo", call -> {
                    demand(call);
                    return Answer.ok(control.read(call.id("briefing")));
                })
                .on("endVideo", call -> {
                    control.end(demand(call).actor(), call.id("briefing"));
                    return Answer.nothing();
                })
                .on("kickFromVideo", this::kick)
                .on("messageVideo", this::message);
    }

    private Person demand(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return me;
    }

    private Answer kick(Call call) {
        var me = demand(call);
        one(call);
        control.kick(me.actor(), call.id("briefing"), call.fieldId("endpoint"), call.field("participant"));
        return Answer.nothing();
    }

    private Answer message(Call call) {
        var me = demand(call);
        one(call);
        var text = call.field("text");
        if (text.isEmpty()) throw Refusal.field("/text", "too-short");
        control.message(
                me.actor(), call.id("briefing"), call.fieldId("endpoint"), call.field("participant"), text, me.name());
        return Answer.nothing();
    }

    /** A site or one connection, not both and not neither. */
    private static void one(Call call) {
        if ((call.fieldId("endpoint") == null) == (call.field("participant") == null))
            throw Refusal.field("/endpoint", "one-of-two");
    }
}

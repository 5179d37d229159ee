package vn.giaoban.bridge;

import vn.giaoban.briefing.Briefings;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.people.Person;
import vn.giaoban.people.Policy;

/** The calls about the sites of a briefing. */
public final class BridgeRoutes {
    private final Invitations invitations;
    private final Briefings briefings;
    private final Once once;

    public BridgeRoutes(Invitations invitations, Briefings briefings, Once once) {
        this.invitations = invitations;
        this.briefings = briefings;
        this.once = once;
    }

    public void mount(Api api) {
        api.on("inviteEndpoints", this::invite)
                .on("uninviteEndpoint", this::uninvite)
                .on("joinBriefing", this::join)
                .on("leaveBriefing", this::leave)
                .on("sendLineToSite", this::line);
    }

    private Answer invite(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return once.of(call, () -> {
            var all = invitations.invite(
                    me.actor(),
                    call.id("briefing"),
                    call.fieldIds("endpoints"),
                    other -> Policy.audience(me, briefings.scope(other, me, null)) != null);
            return Answer.created(Fields.of("items", invitations.views(all)));
        });
    }

    private Answer uninvite(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        invitations.uninvite(me.actor(), call.id("briefing"), call.id("endpoint"));
        return Answer.nothing();
    }

    private Answer join(Call call) {
        var me = demandAt(call);
        return Answer.ok(invitations.view(invitations.join(me.actor(), call.id("briefing"), call.id("endpoint"))));
    }

    private Answer leave(Call call) {
        var me = demandAt(call);
        return Answer.ok(invitations.view(invitations.leave(me.actor(), call.id("briefing"), call.id("endpoint"))));
    }

    private Answer line(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        invitations.line(me.actor(), call.id("briefing"), call.id("endpoint"), call.field("text"));
        return Answer.nothing();
    }

    private Person demandAt(Call call) {
        var me = Person.of(call);
        briefings.demandAt(me, call.operation(), call.id("briefing"), call.id("endpoint"));
        return me;
    }
}

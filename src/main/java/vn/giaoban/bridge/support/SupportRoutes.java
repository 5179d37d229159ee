package vn.giaoban.bridge.support;

import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.people.Person;

/** The calls for a site that needs help: asking, taking aside, bringing back, the telephone, and seeing an alarm. */
public final class SupportRoutes {
    private final Support support;
    private final Alarms alarms;
    private final Invitations invitations;
    private final Briefings briefings;

    public SupportRoutes(Support support, Alarms alarms, Invitations invitations, Briefings briefings) {
        this.support = support;
        this.alarms = alarms;
        this.invitations = invitations;
        this.briefings = briefings;
    }

    public void mount(Api api) {
        api.on("askHelp", this::ask)
                .on("withdrawHelp", this::withdraw)
                .on("takeToSupport", this::take)
                .on("returnFromSupport", this::bringBack)
                .on("markOnPhone", this::phone)
                .on("hangUp", this::hangUp)
                .on("acknowledgeAlarm", this::acknowledge);
    }

    private Answer ask(Call call) {
        var me = asSite(call);
        return Answer.ok(SupportView.answer(support.ask(
                me.actor(),
                call.id("briefing"),
                call.id("endpoint"),
                call.field(SupportCase.Reason.class, "reason", SupportCase.Reason.OTHER),
                call.field("text", ""))));
    }

    private Answer withdraw(Call call) {
        support.withdraw(asSite(call).actor(), call.id("briefing"), call.id("endpoint"));
        return Answer.nothing();
    }

    private Answer take(Call call) {
        return Answer.ok(SupportView.answer(support.take(demanded(call), call.id("briefing"), call.id("endpoint"))));
    }

    private Answer bringBack(Call call) {
        var me = demanded(call);
        return Answer.ok(SupportView.answer(support.bringBack(me.actor(), call.id("briefing"), call.id("endpoint"))));
    }

    private Answer phone(Call call) {
        invitations.phone(demanded(call).actor(), call.id("briefing"), call.id("endpoint"), call.field("number", ""));
        return Answer.nothing();
    }

    private Answer hangUp(Call call) {
        invitations.hangUp(demanded(call).actor(), call.id("briefing"), call.id("endpoint"));
        return Answer.nothing();
    }

    private Answer acknowledge(Call call) {
        alarms.acknowledge(
                demanded(call),
                call.id("briefing"),
                call.id("endpoint"),
                Alarm.valueOf(call.text("alarm")),
                call.fieldInstant("since"));
        return Answer.nothing();
    }

    private Person asSite(Call call) {
        var me = Person.of(call);
        briefings.demandAt(me, call.operation(), call.id("briefing"), call.id("endpoint"));
        return me;
    }

    private Person demanded(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return me;
    }
}

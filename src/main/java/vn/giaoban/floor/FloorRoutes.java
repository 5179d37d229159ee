package vn.giaoban.floor;

import vn.giaoban.briefing.Briefings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.people.Person;

/** The calls about the floor. */
public final class FloorRoutes {
    private final Floor floor;
    private final Briefings briefings;
    private final Once once;

    public FloorRoutes(Floor floor, Briefings briefings, Once once) {
        this.floor = floor;
        this.briefings = briefings;
        this.once = once;
    }

    public void mount(Api api) {
        api.on("requestFloor", this::request)
                .on("giveFloor", this::give)
                .on("takeFloor", this::take)
                .on("withdrawFloor", this::withdraw);
    }

    private Answer request(Call call) {
        var me = Person.of(call);
        var endpoint = call.fieldId("endpoint");
        briefings.demandAt(me, call.operation(), call.id("briefing"), endpoint);
        return once.of(
                call,
                () -> Answer.created(FloorView.answer(floor.request(
                        me.actor(),
                        call.id("briefing"),
                        endpoint,
                        call.fieldId("delegate"),
                        call.field("topic", "")))));
    }

    private Answer give(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return Answer.ok(FloorView.answer(floor.give(me.actor(), call.id("briefing"), call.id("request"))));
    }

    private Answer take(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return Answer.ok(FloorView.answer(floor.take(me.actor(), call.id("briefing"), call.id("request"))));
    }

    /** A site takes back what is its own; whose it is stands in the request. */
    private Answer withdraw(Call call) {
        var me = Person.of(call);
        var request = floor.get(call.id("briefing"), call.id("request"));
        briefings.demandAt(me, call.operation(), call.id("briefing"), request.endpoint());
        return Answer.ok(FloorView.answer(floor.withdraw(me.actor(), call.id("briefing"), request.id())));
    }
}

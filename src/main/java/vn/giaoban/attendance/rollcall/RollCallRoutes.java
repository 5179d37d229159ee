package vn.giaoban.attendance.rollcall;

import vn.giaoban.briefing.Briefings;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.people.Person;

/** The calls about roll calls. */
public final class RollCallRoutes {
    private final RollCalls calls;
    private final Briefings briefings;
    private final Once once;

    public RollCallRoutes(RollCalls calls, Briefings briefings, Once once) {
        this.calls = calls;
        this.briefings = briefings;
        this.once = once;
    }

    public void mount(Api api) {
        api.on("listRollCalls", this::list)
                .on("beginRollCall", this::begin)
                .on("markRollCall", this::mark)
                .on("rollCallBack", call -> Answer.ok(calls.back(demand(call), call.id("briefing"))))
                .on("pauseRollCall", call -> Answer.ok(calls.pause(demand(call), call.id("briefing"))))
                .on("resumeRollCall", call -> Answer.ok(calls.resume(demand(call), call.id("briefing"))))
                .on("stopRollCall", call -> Answer.ok(calls.stop(demand(call), call.id("briefing"))));
    }

    private Person demand(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return me;
    }

    private Answer list(Call call) {
        demand(call);
        return Answer.ok(Fields.of("items", calls.list(call.id("briefing"))));
    }

    private Answer begin(Call call) {
        var me = demand(call);
        return once.of(call, () -> Answer.created(calls.begin(me, call.id("briefing"), call.field("seconds", 0))));
    }

    private Answer mark(Call call) {
        var me = demand(call);
        var result = call.field(RollCall.Result.class, "result", null);
        return Answer.ok(calls.mark(me, call.id("briefing"), call.fieldId("endpoint"), result));
    }
}

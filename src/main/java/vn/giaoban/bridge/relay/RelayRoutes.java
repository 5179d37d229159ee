package vn.giaoban.bridge.relay;

import vn.giaoban.briefing.Briefings;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.people.Person;

/** The call by which a moderator's page tells what it sees. */
public final class RelayRoutes {
    private final Relay relay;
    private final Briefings briefings;

    public RelayRoutes(Relay relay, Briefings briefings) {
        this.relay = relay;
        this.briefings = briefings;
    }

    public void mount(Api api) {
        api.on("relayVideo", this::relay);
    }

    private Answer relay(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        var report = Report.of(call.body());
        var lease = relay.report(me.actor(), me.name(), call.id("briefing"), report);
        return Answer.ok(Fields.of("relaying", lease.of(report)).and("by", lease.by()));
    }
}

package vn.giaoban.bridge.line;

import vn.giaoban.briefing.Briefings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.Person;

/** The calls about how good lines are. */
public final class LineRoutes {
    private final LineWindows windows;
    private final Briefings briefings;
    private final Journal journal;

    public LineRoutes(LineWindows windows, Briefings briefings, Journal journal) {
        this.windows = windows;
        this.briefings = briefings;
        this.journal = journal;
    }

    public void mount(Api api) {
        api.on("reportLine", this::report).on("readLines", this::read);
    }

    /** Of a briefing whose doors are closed nothing is noted, and a page that is late with that is not bothered. */
    private Answer report(Call call) {
        var briefing = briefings.demandAt(Person.of(call), call.operation(), call.id("briefing"), call.id("endpoint"));
        if (briefing.status().doorsOpen())
            windows.note(LineWindow.ending(
                    journal.now(),
                    call.field("seconds", 20),
                    briefing.id(),
                    call.id("endpoint"),
                    call.field("roundTripMs", 0),
                    call.field("jitterMs", 0),
                    call.field("stalls", 0),
                    call.body().get("lossPermille") instanceof Number n ? n.intValue() : null));
        return Answer.nothing();
    }

    private Answer read(Call call) {
        briefings.demand(Person.of(call), call.operation(), call.id("briefing"));
        var endpoint = call.text("endpoint") == null ? null : call.id("endpoint");
        return Answer.ok(windows.read(call.id("briefing"), endpoint));
    }
}

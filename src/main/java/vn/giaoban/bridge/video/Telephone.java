package vn.giaoban.bridge.video;

import java.util.Map;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.jitsi.dialin.DialIn;
import vn.giaoban.jitsi.dialin.Pins;
import vn.giaoban.journal.Change;
import vn.giaoban.people.Person;

/** The way into a briefing by telephone, told to its staff and its sites and to nobody else; it ends with the briefing. */
public final class Telephone implements Companion {
    private final Briefings briefings;
    private final DialIn dialIn;
    private final Pins pins;

    public Telephone(Briefings briefings, DialIn dialIn, Pins pins) {
        this.briefings = briefings;
        this.dialIn = dialIn;
        this.pins = pins;
    }

    public void mount(Api api) {
        api.on("readDialIn", this::read);
    }

    private Answer read(Call call) {
        var endpoint = call.text("endpoint") == null ? null : call.id("endpoint");
        var briefing = briefings.demandAt(Person.of(call), call.operation(), call.id("briefing"), endpoint);
        return Answer.ok(of(briefing));
    }

    private Map<String, Object> of(Briefing briefing) {
        if (!dialIn.offered()
                || briefing.status() == Status.DRAFT
                || briefing.status().over()) return Fields.of("offered", false);
        return Fields.of("offered", true)
                .and("numbers", dialIn.numbers())
                .and("pin", pins.of(briefing.id(), briefing.videoName()));
    }

    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (after.status().over() && !before.status().over()) pins.release(after.id());
    }
}

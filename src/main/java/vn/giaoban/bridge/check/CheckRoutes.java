package vn.giaoban.bridge.check;

import java.time.Clock;
import java.util.Map;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.http.Refusal;
import vn.giaoban.people.Person;

/** The calls about technical checks. */
public final class CheckRoutes {
    private final Checks checks;
    private final Briefings briefings;
    private final Settings settings;
    private final TurnServer relay;
    private final Clock clock;
    private final Once once;

    public CheckRoutes(Checks checks, Briefings briefings, Settings settings, Clock clock, Once once) {
        this.checks = checks;
        this.briefings = briefings;
        this.settings = settings;
        this.relay = new TurnServer(settings.check());
        this.clock = clock;
        this.once = once;
    }

    public void mount(Api api) {
        api.on("prepareCheck", this::prepare).on("listChecks", this::list).on("recordCheck", this::record);
    }

    /** What a browser must know before it measures: where to, how long, and what will be good enough. */
    private Answer prepare(Call call) {
        demandAt(call);
        var limits = settings.check();
        return Answer.ok(Fields.of("iceServers", relay.iceServers(call.id("endpoint"), clock.instant()))
                .and("relay", relay.configured())
                .and(
                        "video",
                        Fields.of("configured", settings.jitsi().configured())
                                .and("domain", settings.jitsi().domain()))
                .and(
                        "measure",
                        Fields.of("seconds", limits.measureSeconds())
                                .and("bytes", limits.measureBytes())
                                .and("kbitPerS", limits.measureKbitPerS()))
                .and("good", CheckView.bounds(checks.bounds().good()))
                .and("usable", CheckView.bounds(checks.bounds().usable())));
    }

    private Answer list(Call call) {
        demandAt(call);
        return Answer.ok(checks.history(call.id("briefing"), call.id("endpoint")));
    }

    private Answer record(Call call) {
        var me = demandAt(call);
        var technician = call.field("technician");
        if (technician.isEmpty()) throw Refusal.field("/technician", "too-short");
        var sent = new Checks.Sent(
                call.fieldInstant("measuredAt"),
                technician,
                call.field("note", ""),
                object(call, "browser"),
                object(call, "steps"));
        return once.of(
                call,
                () -> Answer.created(
                        CheckView.answer(checks.record(me.actor(), call.id("briefing"), call.id("endpoint"), sent))));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Call call, String field) {
        return call.body().get(field) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private Person demandAt(Call call) {
        var me = Person.of(call);
        briefings.demandAt(me, call.operation(), call.id("briefing"), call.id("endpoint"));
        return me;
    }
}

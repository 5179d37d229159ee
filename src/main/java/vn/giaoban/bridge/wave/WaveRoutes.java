package vn.giaoban.bridge.wave;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import vn.giaoban.bridge.wave.CheckCall.Kind;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.conf.Settings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.people.Person;

/** The calls about check rounds. */
public final class WaveRoutes {
    private final Waves waves;
    private final Briefings briefings;
    private final Settings.Check limits;

    public WaveRoutes(Waves waves, Briefings briefings, Settings.Check limits) {
        this.waves = waves;
        this.briefings = briefings;
        this.limits = limits;
    }

    public void mount(Api api) {
        api.on("readRounds", this::read)
                .on("planRound", this::plan)
                .on("saveRound", this::save)
                .on("dropRound", this::drop)
                .on("moveCall", this::move)
                .on("finishCall", call -> step(call, (actor, one) -> waves.finish(actor, one.briefing, one.call)))
                .on("missCall", call -> step(call, (actor, one) -> waves.miss(actor, one.briefing, one.call)))
                .on("restoreCall", call -> step(call, (actor, one) -> waves.restore(actor, one.briefing, one.call)));
    }

    private Person demand(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return me;
    }

    private Answer read(Call call) {
        demand(call);
        return Answer.ok(waves.read(call.id("briefing")));
    }

    private Answer plan(Call call) {
        demand(call);
        return Answer.ok(waves.preview(call.id("briefing"), wish(call)));
    }

    private Answer save(Call call) {
        var me = demand(call);
        waves.save(me.actor(), call.id("briefing"), wish(call));
        return Answer.ok(waves.read(call.id("briefing")));
    }

    private Answer drop(Call call) {
        var me = demand(call);
        waves.drop(me.actor(), call.id("briefing"), Kind.valueOf(call.text("kind")));
        return Answer.nothing();
    }

    private Answer move(Call call) {
        var technician = call.field("technician");
        var at = call.fieldInstant("at");
        return step(call, (actor, one) -> waves.move(actor, one.briefing, one.call, technician, at));
    }

    private record One(java.util.UUID briefing, java.util.UUID call) {}

    private Answer step(Call call, BiFunction<Actor, One, CheckCall> next) {
        var me = demand(call);
        var after = next.apply(me.actor(), new One(call.id("briefing"), call.id("call")));
        return Answer.ok(WaveView.call(after).and("id", after.id()).and("endpoint", after.endpoint()));
    }

    private WavePlans.Wish wish(Call call) {
        var technicians = new ArrayList<String>();
        for (var name : (List<?>) call.body().get("technicians")) technicians.add(((String) name).strip());
        if (technicians.stream().anyMatch(String::isEmpty)) throw Refusal.field("/technicians", "too-short");
        if (new HashSet<>(technicians).size() < technicians.size()) throw Refusal.field("/technicians", "twice");
        if (technicians.size() > limits.maxTechnicians()) throw Refusal.field("/technicians", "too-many");
        var hours = new ArrayList<Hours>();
        for (var one : (List<?>) call.body().get("hours")) {
            var stretch = new Hours(at((Map<?, ?>) one, "from"), at((Map<?, ?>) one, "to"));
            if (!stretch.to().isAfter(stretch.from())) throw Refusal.field("/hours", "before-start");
            hours.add(stretch);
        }
        return new WavePlans.Wish(
                Kind.valueOf(call.text("kind")), List.copyOf(technicians), call.field("minutes", 5), hours);
    }

    private static Instant at(Map<?, ?> stretch, String name) {
        try {
            return OffsetDateTime.parse((String) stretch.get(name)).toInstant();
        } catch (java.time.format.DateTimeParseException e) {
            throw Refusal.field("/hours", "time");
        }
    }
}

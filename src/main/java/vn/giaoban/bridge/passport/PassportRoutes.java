package vn.giaoban.bridge.passport;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Csv;
import vn.giaoban.http.Refusal;
import vn.giaoban.http.Words;
import vn.giaoban.journal.Audience;
import vn.giaoban.people.Person;
import vn.giaoban.people.Policy;
import vn.giaoban.people.Scope;

/** The calls about sites' passports. */
public final class PassportRoutes {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Passports passports;
    private final Briefings briefings;
    private final Directory directory;

    public PassportRoutes(Passports passports, Briefings briefings, Directory directory) {
        this.passports = passports;
        this.briefings = briefings;
        this.directory = directory;
    }

    public void mount(Api api) {
        api.on("readPassport", this::read).on("exportPassport", this::export).on("explainLoss", this::explain);
    }

    private Answer read(Call call) {
        var endpoint = demand(call);
        return Answer.ok(passports.of(endpoint, call.number("year", passports.thisYear()), visible(call, endpoint)));
    }

    private Answer explain(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        passports.explain(
                me,
                call.id("briefing"),
                call.id("endpoint"),
                call.number("loss", 0),
                call.field(Course.Cause.class, "cause", null));
        return Answer.nothing();
    }

    private UUID demand(Call call) {
        var endpoint = directory.endpoint(call.id("endpoint"));
        if (endpoint == null) throw Refusal.notFound();
        var scope = new Scope(endpoint.organisation(), Set.of(), Set.of(endpoint.id()), Audience.PUBLIC, false);
        if (!Policy.may(Person.of(call), call.operation(), scope)) throw Refusal.forbidden();
        return endpoint.id();
    }

    /** Of the briefings those that are the reader's: he runs them, or it is his own site that was invited. */
    private Predicate<Briefing> visible(Call call, UUID endpoint) {
        var me = Person.of(call);
        boolean own = me.operates(endpoint);
        return briefing -> {
            var audience = Policy.audience(me, Briefings.scope(briefing, Set.of(endpoint)));
            return audience == Audience.STAFF || own && audience == Audience.SITE;
        };
    }

    /** One row for each briefing, and below it one for each loss. */
    private Answer export(Call call) {
        var endpoint = demand(call);
        int year = call.number("year", passports.thisYear());
        var words = call.words();
        var heads = List.of(
                "briefing",
                "planned-start",
                "started",
                "joined",
                "on-time",
                "losses",
                "loss-from",
                "loss-to",
                "lost-minutes",
                "cause",
                "help",
                "checks");
        var zone = Map.of("zone", Directory.ZONE.getId());
        var csv = new Csv(
                heads.stream().map(name -> words.say("csv." + name, zone)).toList());
        var now = passports.now();
        for (var course : passports.courses(endpoint, visible(call, endpoint)))
            if (Passports.year(course) == year) rows(csv, course, now, words);
        return Answer.csv("passport-" + endpoint + "-" + year + ".csv", csv.toString());
    }

    private static void rows(Csv csv, Course course, Instant now, Words words) {
        csv.row(Arrays.asList(
                course.title(),
                local(course.planned()),
                local(course.started()),
                local(course.joined()),
                course.counts() ? words.say(course.onTime() ? "csv.yes" : "csv.no") : null,
                course.losses().size(),
                null,
                null,
                minutes(course.missed(now)),
                null,
                course.help().size(),
                course.tests().size()));
        for (var loss : course.losses())
            csv.row(Arrays.asList(
                    course.title(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    local(loss.from()),
                    local(loss.to()),
                    minutes(course.missed(loss, now)),
                    words.say("csv.cause." + loss.cause())));
    }

    private static double minutes(Duration time) {
        return Math.round(time.toMillis() / 600.0) / 100.0;
    }

    private static String local(Instant at) {
        return at == null ? null : LOCAL.format(at.atZone(Directory.ZONE));
    }
}

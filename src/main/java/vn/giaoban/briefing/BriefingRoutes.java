package vn.giaoban.briefing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Chain;
import vn.giaoban.people.Person;
import vn.giaoban.people.Policy;
import vn.giaoban.people.Scope;

/** The calls about briefings: planning them, their life, and their journal. */
public final class BriefingRoutes {
    private final Briefings briefings;
    private final Directory directory;
    private final Chain chain;
    private final Once once;
    private final Function<UUID, Boolean> personExists;

    public BriefingRoutes(
            Briefings briefings, Directory directory, Chain chain, Once once, Function<UUID, Boolean> personExists) {
        this.briefings = briefings;
        this.directory = directory;
        this.chain = chain;
        this.once = once;
        this.personExists = personExists;
    }

    public void mount(Api api) {
        api.on("listBriefings", new BriefingList(briefings)::list)
                .on("createBriefing", this::create)
                .on("readBriefing", call -> plan(briefings.demand(me(call), call.operation(), id(call))))
                .on("editBriefing", this::edit)
                .on("deleteBriefing", this::delete)
                .on("copyBriefing", this::copy)
                .on(
                        "scheduleBriefing",
                        call -> planned(
                                call,
                                b -> briefings.schedule(
                                        me(call).actor(), b.id(), call.ifMatch(), other -> sees(call, other))))
                .on(
                        "rescheduleBriefing",
                        call -> planned(
                                call,
                                b -> briefings.reschedule(
                                        me(call).actor(),
                                        b.id(),
                                        call.ifMatch(),
                                        call.fieldInstant("plannedStart"),
                                        call.fieldInstant("plannedEnd"),
                                        call.field("reason"),
                                        other -> sees(call, other))))
                .on(
                        "postponeBriefing",
                        call -> planned(
                                call,
                                b -> briefings.postpone(
                                        me(call).actor(), b.id(), call.ifMatch(), call.field("reason"))))
                .on(
                        "cancelBriefing",
                        call -> planned(
                                call,
                                b -> briefings.cancel(me(call).actor(), b.id(), call.ifMatch(), call.field("reason"))))
                .on("openBriefing", call -> planned(call, b -> briefings.open(me(call).actor(), b.id())))
                .on("startBriefing", call -> planned(call, b -> briefings.start(me(call).actor(), b.id())))
                .on("closeBriefing", call -> planned(call, b -> briefings.close(me(call).actor(), b.id())))
                .on("sendLine", this::line)
                .on("readJournal", this::journal);
    }

    private static Person me(Call call) {
        return Person.of(call);
    }

    private static UUID id(Call call) {
        return call.id("briefing");
    }

    /** Asks the policy, makes the change, and answers with the plan; who comes second gets what the first has made. */
    private Answer planned(Call call, Function<Briefing, Briefing> change) {
        var briefing = briefings.demand(me(call), call.operation(), id(call));
        try {
            return plan(change.apply(briefing));
        } catch (Briefings.Stale stale) {
            throw Refusal.stale(stale.current.etag(), BriefingView.plan(stale.current, briefings.companions()));
        }
    }

    private Answer plan(Briefing briefing) {
        return Answer.ok(BriefingView.plan(briefing, briefings.companions())).etag(briefing.etag());
    }

    private boolean sees(Call call, Briefing other) {
        return Policy.audience(me(call), briefings.scope(other, me(call), null)) != null;
    }

    private Answer create(Call call) {
        var organisation = call.fieldId("organisation");
        Policy.demand(me(call), call.operation(), Scope.of(organisation));
        if (directory.organisation(organisation) == null) throw Refusal.field("/organisation", "unknown-id");
        var kind = call.field(Kind.class, "kind", null);
        var plan = new Plan(
                kind,
                title(call, null),
                call.field("titleEn", ""),
                call.field(Audience.class, "visibility", kind.visibility),
                zone(call.field("zone", "Asia/Ho_Chi_Minh")),
                call.fieldInstant("plannedStart"),
                call.fieldInstant("plannedEnd"),
                person(call, "chair", null),
                person(call, "secretary", null),
                person(call, "operator", null),
                endpoint(call, null),
                room(call, null),
                call.field("expectedDelegates", 0));
        return once.of(call, () -> {
            var briefing = briefings.create(me(call).actor(), organisation, plan);
            return Answer.created(BriefingView.plan(briefing, briefings.companions()))
                    .etag(briefing.etag())
                    .with("Location", "/api/briefings/" + briefing.id());
        });
    }

    private Answer edit(Call call) {
        return planned(
                call,
                b -> briefings.edit(
                        me(call).actor(),
                        b.id(),
                        call.ifMatch(),
                        (briefing, now) -> {
                            var old = briefing.plan();
                            return new Plan(
                                    call.field(Kind.class, "kind", old.kind()),
                                    title(call, old.title()),
                                    call.field("titleEn", old.titleEn()),
                                    call.field(Audience.class, "visibility", old.visibility()),
                                    zone(call.field("zone", old.zone())),
                                    call.says("plannedStart") ? call.fieldInstant("plannedStart") : old.start(),
                                    call.says("plannedEnd") ? call.fieldInstant("plannedEnd") : old.end(),
                                    person(call, "chair", old.chair()),
                                    person(call, "secretary", old.secretary()),
                                    person(call, "operator", old.operator()),
                                    endpoint(call, old.hub()),
                                    room(call, old.room()),
                                    call.field("expectedDelegates", old.expectedDelegates()));
                        },
                        other -> sees(call, other)));
    }

    private Answer delete(Call call) {
        briefings.demand(me(call), call.operation(), id(call));
        try {
            briefings.delete(me(call).actor(), id(call), call.ifMatch());
            return Answer.nothing();
        } catch (Briefings.Stale stale) {
            throw Refusal.stale(stale.current.etag(), BriefingView.plan(stale.current, briefings.companions()));
        }
    }

    private Answer copy(Call call) {
        var original = briefings.demand(me(call), call.operation(), id(call));
        return once.of(call, () -> {
            var start = call.fieldInstant("plannedStart");
            if (start == null)
                start = weekLater(original.plan().start(), original.plan().zone(), briefings.now());
            var briefing = briefings.copy(me(call).actor(), original.id(), start, call.field("title"));
            return Answer.created(BriefingView.plan(briefing, briefings.companions()))
                    .etag(briefing.etag())
                    .with("Location", "/api/briefings/" + briefing.id());
        });
    }

    /** The same hour on the same weekday, in the briefing's own zone, the first that lies ahead. */
    private static Instant weekLater(Instant start, String zone, Instant now) {
        var next = start.atZone(ZoneId.of(zone)).plusWeeks(1);
        while (next.toInstant().isBefore(now.plus(Duration.ofHours(1)))) next = next.plusWeeks(1);
        return next.toInstant();
    }

    private Answer line(Call call) {
        briefings.demand(me(call), call.operation(), id(call));
        briefings.line(me(call).actor(), id(call), call.field("text"));
        return Answer.nothing();
    }

    private Answer journal(Call call) {
        briefings.demand(me(call), call.operation(), id(call));
        long before = 0;
        try {
            if (call.text("after") != null) before = Long.parseLong(call.text("after"));
        } catch (NumberFormatException e) {
            throw Refusal.field("after", "format");
        }
        var subject = Briefings.subject(id(call));
        var items = new ArrayList<Map<String, Object>>();
        for (var entry : chain.entries(subject, before, call.limit()))
            items.add(Fields.of("n", entry.n())
                    .and("at", entry.at())
                    .and("actor", entry.actor())
                    .and("verb", entry.verb())
                    .and("what", entry.what())
                    .and("hash", entry.hash()));
        var last = items.isEmpty() ? 0 : (long) items.getLast().get("n");
        return Answer.ok(Fields.of("items", items)
                .and("intact", chain.intact(subject))
                .and("next", last > 1 ? String.valueOf(last) : null));
    }

    private static String title(Call call, String otherwise) {
        var title = call.field("title", otherwise);
        if (title == null || title.isEmpty()) throw Refusal.field("/title", "too-short");
        return title;
    }

    private static String zone(String zone) {
        try {
            return ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            throw Refusal.field("/zone", "zone");
        }
    }

    private UUID person(Call call, String field, UUID otherwise) {
        if (!call.says(field)) return otherwise;
        var id = call.fieldId(field);
        if (id != null && !personExists.apply(id)) throw Refusal.field("/" + field, "unknown-id");
        return id;
    }

    private UUID endpoint(Call call, UUID otherwise) {
        if (!call.says("hub")) return otherwise;
        var id = call.fieldId("hub");
        if (id != null && directory.endpoint(id) == null) throw Refusal.field("/hub", "unknown-id");
        return id;
    }

    private UUID room(Call call, UUID otherwise) {
        if (!call.says("room")) return otherwise;
        var id = call.fieldId("room");
        if (id != null && directory.room(id) == null) throw Refusal.field("/room", "unknown-id");
        return id;
    }
}

package vn.giaoban.agenda;

import java.util.UUID;
import java.util.function.Function;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Audience;
import vn.giaoban.people.Person;

/** The calls about the agenda. */
public final class AgendaRoutes {
    private final Agenda agenda;
    private final Briefings briefings;
    private final Once once;
    private final Function<UUID, Boolean> endpointExists;

    public AgendaRoutes(Agenda agenda, Briefings briefings, Once once, Function<UUID, Boolean> endpointExists) {
        this.agenda = agenda;
        this.briefings = briefings;
        this.once = once;
        this.endpointExists = endpointExists;
    }

    public void mount(Api api) {
        api.on("addItem", this::add)
                .on("editItem", this::edit)
                .on("removeItem", this::remove)
                .on("orderAgenda", this::order)
                .on("startItem", call -> run(call, agenda::start))
                .on("finishItem", call -> run(call, agenda::finish))
                .on("skipItem", call -> run(call, agenda::skip))
                .on("restoreItem", call -> run(call, agenda::restore));
    }

    private interface Verb {
        AgendaItem apply(vn.giaoban.journal.Actor actor, UUID briefing, UUID item);
    }

    private Person demand(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return me;
    }

    private Answer run(Call call, Verb verb) {
        var me = demand(call);
        return item(verb.apply(me.actor(), call.id("briefing"), call.id("item")));
    }

    private static Answer item(AgendaItem item) {
        return Answer.ok(AgendaView.item(item)).etag(item.etag());
    }

    private Answer add(Call call) {
        var me = demand(call);
        var text = text(call, new AgendaItem.Text("", "", 0, "", null, Audience.SITE));
        return once.of(call, () -> {
            var item = agenda.add(me.actor(), call.id("briefing"), text, call.fieldId("before"));
            return Answer.created(AgendaView.item(item)).etag(item.etag());
        });
    }

    private Answer edit(Call call) {
        var me = demand(call);
        return item(agenda.edit(
                me.actor(), call.id("briefing"), call.id("item"), call.ifMatch(), item -> text(call, item.text())));
    }

    private Answer remove(Call call) {
        var me = demand(call);
        agenda.remove(me.actor(), call.id("briefing"), call.id("item"), call.ifMatch());
        return Answer.nothing();
    }

    private Answer order(Call call) {
        var me = demand(call);
        var items = agenda.order(me.actor(), call.id("briefing"), call.ifMatch(), call.fieldIds("order"));
        var briefing = briefings.get(call.id("briefing"));
        return Answer.ok(AgendaView.agenda(briefing, items)).etag(AgendaView.etag(briefing));
    }

    private AgendaItem.Text text(Call call, AgendaItem.Text old) {
        var title = call.field("title", old.title());
        if (title.isEmpty()) throw Refusal.field("/title", "too-short");
        var endpoint = call.says("endpoint") ? call.fieldId("endpoint") : old.endpoint();
        if (call.says("endpoint") && endpoint != null && !endpointExists.apply(endpoint))
            throw Refusal.field("/endpoint", "unknown-id");
        return new AgendaItem.Text(
                title,
                call.field("titleEn", old.titleEn()),
                call.field("minutes", old.minutes()),
                call.field("speaker", old.speaker()),
                endpoint,
                call.field(Audience.class, "visibility", old.visibility()));
    }
}

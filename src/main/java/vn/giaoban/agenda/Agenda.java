package vn.giaoban.agenda;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Overruns;
import vn.giaoban.briefing.Status;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;

/** The run of show of a briefing: planning it, and running it item by item. */
public final class Agenda implements Companion {
    private final Journal journal;
    private final Briefings briefings;
    private final Overruns overruns;
    private final AgendaSql sql;
    private final BiFunction<UUID, Instant, String> endpointName;
    private final int maxItems;

    public Agenda(
            Journal journal,
            Briefings briefings,
            Overruns overruns,
            BiFunction<UUID, Instant, String> endpointName,
            int maxItems) {
        this.journal = journal;
        this.briefings = briefings;
        this.overruns = overruns;
        this.sql = new AgendaSql(journal.db());
        this.endpointName = endpointName;
        this.maxItems = maxItems;
    }

    public List<AgendaItem> items(UUID briefing) {
        return sql.of(briefing);
    }

    /** When the agenda would end if nothing more went wrong. */
    public Instant expectedEnd(Briefing briefing) {
        return Rundown.of(items(briefing.id()), briefing.plan().start(), briefing.startedAt())
                .expectedEnd();
    }

    public AgendaItem add(Actor actor, UUID briefing, AgendaItem.Text text, UUID before) {
        return write(actor, briefing, (items, change) -> {
            var now = briefings.get(briefing);
            if (now.status().over()) throw closed();
            if (items.size() >= maxItems) throw Refusal.state("too-many-items", Map.of("most", maxItems));
            int at = before == null ? items.size() : index(items, before);
            if (at < items.size() && items.get(at).status() != AgendaItem.Status.PLANNED)
                throw Refusal.state("before-the-past");
            var item = new AgendaItem(
                    UUID.randomUUID(),
                    briefing,
                    at,
                    text,
                    AgendaItem.Status.PLANNED,
                    now.status() == Status.LIVE,
                    null,
                    null,
                    null,
                    1);
            sql.insert(item);
            items.add(at, item);
            renumber(items);
            briefings.agendaChanged(now);
            change.record("agenda.added", facts(item));
            return item;
        });
    }

    public AgendaItem edit(
            Actor actor, UUID briefing, UUID id, String ifMatch, Function<AgendaItem, AgendaItem.Text> text) {
        return write(actor, briefing, (items, change) -> {
            var item = find(items, id);
            if (!item.etag().equals(ifMatch)) throw Refusal.stale(item.etag(), AgendaView.item(item));
            return replace(items, item.edited(text.apply(item)), change, "agenda.edited");
        });
    }

    public void remove(Actor actor, UUID briefing, UUID id, String ifMatch) {
        write(actor, briefing, (items, change) -> {
            var item = find(items, id);
            if (!item.etag().equals(ifMatch)) throw Refusal.stale(item.etag(), AgendaView.item(item));
            if (item.status() != AgendaItem.Status.PLANNED)
                throw Refusal.state(
                        "item-state",
                        Map.of(
                                "verb",
                                "remove",
                                "status",
                                item.status().name(),
                                "title",
                                item.text().title()));
            sql.delete(id);
            items.remove(item);
            renumber(items);
            briefings.agendaChanged(briefings.get(briefing));
            change.record("agenda.removed", facts(item));
            return null;
        });
    }

    /** The whole new order. Items that have begun stay where they are: the past is not rearranged. */
    public List<AgendaItem> order(Actor actor, UUID briefing, String ifMatch, List<UUID> order) {
        return write(actor, briefing, (items, change) -> {
            var now = briefings.get(briefing);
            if (!AgendaView.etag(now).equals(ifMatch))
                throw Refusal.stale(AgendaView.etag(now), AgendaView.agenda(now, items));
            if (order.size() != items.size()
                    || !new HashSet<>(order)
                            .equals(new HashSet<>(
                                    items.stream().map(AgendaItem::id).toList())))
                throw Refusal.field("/order", "not-the-items");
            var next = new ArrayList<AgendaItem>();
            for (var id : order) next.add(find(items, id));
            for (int i = 0; i < next.size(); i++)
                if (next.get(i) != items.get(i) && (begun(next.get(i)) || begun(items.get(i))))
                    throw Refusal.state("past-order");
            items.clear();
            items.addAll(next);
            renumber(items);
            briefings.agendaChanged(now);
            change.record(
                    "agenda.ordered",
                    Fields.of("order", order.stream().map(UUID::toString).toList()));
            return List.copyOf(items);
        });
    }

    private static boolean begun(AgendaItem item) {
        return item.status() == AgendaItem.Status.DONE || item.status() == AgendaItem.Status.LIVE;
    }

    /** Makes an item live; the one that was is finished in the same moment. */
    public AgendaItem start(Actor actor, UUID briefing, UUID id) {
        return run(actor, briefing, id, "agenda.started", (item, change) -> item.started(change.now()), true);
    }

    public AgendaItem finish(Actor actor, UUID briefing, UUID id) {
        return run(actor, briefing, id, "agenda.finished", (item, change) -> item.finished(change.now()), false);
    }

    public AgendaItem skip(Actor actor, UUID briefing, UUID id) {
        return run(actor, briefing, id, "agenda.skipped", (item, change) -> item.skipped(), false);
    }

    public AgendaItem restore(Actor actor, UUID briefing, UUID id) {
        return run(actor, briefing, id, "agenda.restored", (item, change) -> item.restored(), false);
    }

    private AgendaItem run(
            Actor actor,
            UUID briefing,
            UUID id,
            String verb,
            BiFunction<AgendaItem, Change, AgendaItem> next,
            boolean only) {
        return write(actor, briefing, (items, change) -> {
            var item = find(items, id);
            if (briefings.get(briefing).status() != Status.LIVE) throw Refusal.state("not-live");
            var after = next.apply(item, change);
            if (only)
                for (var other : List.copyOf(items))
                    if (other.status() == AgendaItem.Status.LIVE)
                        replace(items, other.finished(change.now()), change, "agenda.finished");
            return replace(items, after, change, verb);
        });
    }

    private AgendaItem replace(List<AgendaItem> items, AgendaItem after, Change change, String verb) {
        sql.save(after);
        items.set(index(items, after.id()), after);
        change.record(verb, facts(after));
        return after;
    }

    /** One change of one agenda: the list before, what the body makes of it, and what each audience sees of that. */
    private <T> T write(Actor actor, UUID id, BiFunction<List<AgendaItem>, Change, T> body) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            var before = sql.of(id);
            var after = new ArrayList<>(before);
            T result = body.apply(after, change);
            change.shows(part(briefing, before), part(briefing, after));
            overruns.watch(
                    change,
                    briefings.get(id),
                    Rundown.of(after, briefing.plan().start(), briefing.startedAt())
                            .expectedEnd());
            return result;
        });
    }

    private void renumber(List<AgendaItem> items) {
        var moved = new ArrayList<AgendaItem>();
        for (int i = 0; i < items.size(); i++)
            if (items.get(i).place() != i) {
                items.set(i, items.get(i).placed(i));
                moved.add(items.get(i));
            }
        sql.place(moved);
    }

    private static AgendaItem find(List<AgendaItem> items, UUID id) {
        return items.get(index(items, id));
    }

    private static int index(List<AgendaItem> items, UUID id) {
        for (int i = 0; i < items.size(); i++) if (items.get(i).id().equals(id)) return i;
        throw Refusal.notFound();
    }

    private static Refusal closed() {
        return Refusal.state("briefing-over");
    }

    private static Fields facts(AgendaItem item) {
        return Fields.of("item", item.id())
                .and("title", item.text().title())
                .and("minutes", item.text().minutes())
                .and("visibility", item.text().visibility())
                .and("status", item.status());
    }

    private Part part(Briefing briefing, List<AgendaItem> items) {
        return AgendaView.agenda(
                briefing,
                items,
                endpoint -> endpointName.apply(endpoint, briefing.plan().start()));
    }

    @Override
    public void plan(Briefing briefing, Fields plan) {
        AgendaView.plan(briefing, sql.of(briefing.id()), plan);
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        return List.of(part(briefing, sql.of(briefing.id())));
    }

    @Override
    public void copied(Briefing from, Briefing to, Change change) {
        int place = 0;
        for (var item : sql.of(from.id()))
            if (!item.late())
                sql.insert(new AgendaItem(
                        UUID.randomUUID(),
                        to.id(),
                        place++,
                        item.text(),
                        AgendaItem.Status.PLANNED,
                        false,
                        null,
                        null,
                        null,
                        1));
    }

    /** Going live fixes what was planned; closing finishes what still runs. */
    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before.status() == Status.OPEN && after.status() == Status.LIVE) {
            var items = sql.of(after.id());
            var plan = Rundown.of(items, after.plan().start(), null);
            for (var item : items)
                sql.save(item.planned(plan.slots().get(item.id()).plannedStart()));
        }
        if (before.status() == Status.LIVE && after.status() == Status.CLOSED)
            for (var item : sql.of(after.id()))
                if (item.status() == AgendaItem.Status.LIVE) {
                    sql.save(item.finished(change.now()));
                    change.record("agenda.finished", facts(item));
                }
    }
}

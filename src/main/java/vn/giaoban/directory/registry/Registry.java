package vn.giaoban.directory.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import vn.giaoban.conf.Settings;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Province;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.directory.registry.card.CardNote;
import vn.giaoban.directory.registry.card.Column;
import vn.giaoban.directory.registry.card.Known;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;

/**
 * The registry of endpoints: their cards, and what each was called when. Every change stands in the chain of its
 * endpoint, with what concerns persons beside it.
 */
public final class Registry {
    static final String SUBJECT = "registry";

    private final Journal journal;
    private final RegistrySql sql;
    private final Directory directory;
    private final Settings.Registry limits;
    private final PeriodSql periods;
    private final Consequences consequences;

    public Registry(Journal journal, Directory directory, Settings.Registry limits, Consequences consequences) {
        this.journal = journal;
        this.sql = new RegistrySql(journal.db());
        this.directory = directory;
        this.limits = limits;
        this.periods = new PeriodSql(journal.db());
        this.consequences = consequences;
    }

    public Instant now() {
        return journal.now();
    }

    /** The card, or the answer for what does not exist. */
    public Card get(UUID id) {
        var card = sql.find(id);
        if (card == null) throw Refusal.notFound();
        return card;
    }

    public Map<UUID, Card> get(Collection<UUID> ids) {
        return sql.find(ids);
    }

    List<RegistrySql.Line> list(RegistrySql.Wanted wanted) {
        return sql.list(wanted, limits.maxListed());
    }

    List<Endpoint.Period> periods(UUID id) {
        return periods.of(id);
    }

    /** Those of the cards that lie in one of the provinces ("system code"), ended ones too. */
    public List<Card> in(Collection<String> provinces) {
        return sql.in(provinces);
    }

    /** All that have not ended, in the order of protocol. */
    public List<Card> open() {
        return sql.open();
    }

    public Card create(Actor actor, Map<Column, String> texts, Predicate<UUID> mayEdit) {
        var code = texts.getOrDefault(Column.CODE, "");
        var sheet = new Sheet(List.copyOf(texts.keySet()), List.of(), List.of(new Sheet.Row(0, texts)));
        return journal.write(SUBJECT, actor, change -> {
            var known = known(mayEdit);
            if (known.cards().containsKey(code)) throw Refusal.field("/code", "code-taken");
            var line = Import.preview(sheet, known, directory.today()).lines().getFirst();
            refuse(line);
            write(actor, change, "endpoint.created", Collections.singletonMap(line.after(), null));
            return get(line.after().id());
        });
    }

    /** Changes facts, of the columns given; a name or a province goes by {@link #rename}. */
    public Card edit(Actor actor, UUID id, String ifMatch, Map<Column, String> texts) {
        return change(actor, id, ifMatch, "endpoint.edited", card -> {
            var sort = texts.getOrDefault(Column.SORT, String.valueOf(card.sort()));
            return card.with(
                    sort.isEmpty() ? 0 : Integer.parseInt(sort),
                    card.last(),
                    card.facts().with(texts));
        });
    }

    /** From a day on it is called otherwise, or belongs elsewhere: what the texts do not name stays as it is. */
    public Card rename(
            Actor actor, UUID id, String ifMatch, Map<Column, String> texts, String act, Predicate<UUID> mayEdit) {
        // One after the other: of two that are put under each other at once only the first may be.
        return journal.write(SUBJECT, actor, all -> renamed(actor, id, ifMatch, texts, act, mayEdit));
    }

    private Card renamed(
            Actor actor, UUID id, String ifMatch, Map<Column, String> texts, String act, Predicate<UUID> mayEdit) {
        return change(actor, id, ifMatch, "endpoint.renamed", card -> {
            var all = known(mayEdit);
            var ids = new HashMap<String, UUID>();
            all.cards().forEach((code, each) -> ids.put(code, each.id()));
            var was = all.texts(card);
            var now = new HashMap<>(was);
            now.putAll(texts);
            var faults = new ArrayList<Refusal.Fault>();
            var next = all.period(now, was, ids, card.last(), faults);
            if (next != null && !mayEdit.test(next.organisation()))
                faults.add(new Refusal.Fault(Column.ORGANISATION.key, "not-yours"));
            if (!faults.isEmpty()) throw new Refusal(422, "invalid", Map.of()).faults(pointed(faults));
            if (next == card.last() && act.isEmpty()) return card;
            if (all.circle(id, next.parent())) throw Refusal.field("/parent", "parent-circle");
            return card.called(new Endpoint.Period(
                    next.from(),
                    next.to(),
                    now.get(Column.CODE),
                    next.name(),
                    next.nameEn(),
                    next.kind(),
                    next.organisation(),
                    next.parent(),
                    next.provinceSystem(),
                    next.provinceCode(),
                    act.isEmpty() && next.from().equals(card.last().from())
                            ? card.last().act()
                            : act));
        });
    }

    /** There is no such endpoint after a day; what took its place, where something did. */
    public Card end(Actor actor, UUID id, String ifMatch, LocalDate day, UUID successor) {
        if (successor != null && sql.find(successor) == null) throw Refusal.field("/successor", "unknown-id");
        return change(actor, id, ifMatch, "endpoint.ended", card -> card.ended(day, successor));
    }

    /** Many cards at once, each with what it was before (null: it is new), inside a change that stands for them all. */
    public void write(Actor actor, Change change, String verb, Map<Card, Card> afterBefore) {
        var known = known(organisation -> true);
        var notes = new LinkedHashMap<String, Journal.Note>();
        var codes = new HashMap<String, UUID>();
        afterBefore.keySet().forEach(card -> codes.put(card.last().code(), card.id()));
        var wider = known.and(codes);
        afterBefore.forEach((after, before) -> notes.put(
                Card.subject(after.id()),
                CardNote.of(before == null ? "endpoint.created" : verb, wider, before, after)));
        var fresh = afterBefore.keySet().stream()
                .filter(card -> afterBefore.get(card) == null)
                .toList();
        var called = afterBefore.keySet().stream()
                .filter(card -> afterBefore.get(card) != null
                        && !afterBefore.get(card).last().equals(card.last()))
                .toList();
        if (!fresh.isEmpty()) sql.insert(fresh);
        periods.call(fresh);
        periods.call(called);
        sql.save(List.copyOf(afterBefore.keySet()));
        journal.note(actor, change, notes);
        consequences.due(actor, change, fresh, called);
        journal.db().afterCommit(directory::forgetEndpoints);
    }

    private Card change(Actor actor, UUID id, String ifMatch, String verb, UnaryOperator<Card> next) {
        return journal.write(Card.subject(id), actor, change -> {
            var before = get(id);
            if (!before.etag().equals(ifMatch)) throw new Stale(before);
            var after = next.apply(before);
            if (after.facts().equals(before.facts())
                    && after.last().equals(before.last())
                    && after.sort() == before.sort()
                    && Objects.equals(after.to(), before.to())) return before;
            write(actor, change, verb, Map.of(after, before));
            return get(id);
        });
    }

    Known known(Predicate<UUID> mayEdit) {
        var provinces = new ArrayList<Province>(directory.provinces(Province.LAST_OF_63, null));
        // The day before, too, one may write down what begins then.
        var today = directory.today();
        provinces.addAll(directory.provinces(
                today.isAfter(Province.LAST_OF_63) ? today : Province.LAST_OF_63.plusDays(1), null));
        return Known.of(sql.open(), directory.organisations(), provinces, mayEdit);
    }

    private static void refuse(Import.Line line) {
        if (line.outcome() == Import.Outcome.ERROR)
            throw new Refusal(422, "invalid", Map.of()).faults(pointed(line.faults()));
    }

    static List<Refusal.Fault> pointed(List<Refusal.Fault> faults) {
        return faults.stream()
                .map(fault -> new Refusal.Fault("/" + fault.pointer(), fault.reason(), fault.says()))
                .toList();
    }

    /** Somebody else was first: what it has become goes with the refusal, drawn by the routes. */
    static final class Stale extends RuntimeException {
        final transient Card current;

        Stale(Card current) {
            super("stale", null, false, false);
            this.current = current;
        }
    }
}

package vn.giaoban.directory.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Province;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;

/**
 * The registry of endpoints: their cards, what each was called when, and what maintenance stands in the way. Every
 * change stands in the chain of its endpoint, with what concerns persons beside it.
 */
public final class Registry {
    private static final String SUBJECT = "registry";
    /** The act that puts a name into use on its first day. */
    public static final String TURN = "registry.turn";
    /** The act that carries into briefings what endpoints are called now, and who takes the places of those that end. */
    public static final String FOLLOW = "registry.follow";
    /** By then every node has forgotten the old name, and whoever was writing it down a moment ago has done so. */
    private static final Duration SETTLED = Directory.LIFE.plusSeconds(2);

    private final Journal journal;
    private final RegistrySql sql;
    private final Directory directory;
    private final Settings.Registry limits;
    private final List<Consequence> consequences = new ArrayList<>();

    /** Told, as soon as it stands and once more when all has settled, what a change means for briefings from that day on. */
    public interface Consequence {
        /** They are called otherwise: what shows their names follows. */
        void renamed(Change change, Actor by, Set<UUID> endpoints, LocalDate from);

        /** They end, and these take their places. */
        void succeeded(Change change, Actor by, Map<UUID, UUID> successors, LocalDate from);
    }

    public Registry(Journal journal, Directory directory, Settings.Registry limits) {
        this.journal = journal;
        this.sql = new RegistrySql(journal.db());
        this.directory = directory;
        this.limits = limits;
    }

    public void then(Consequence consequence) {
        consequences.add(consequence);
    }

    static String subject(UUID endpoint) {
        return "endpoint/" + endpoint;
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
        return sql.periods(id);
    }

    /** The windows of these that meet these hours. */
    public List<Maintenance> maintenance(Collection<UUID> endpoints, Instant from, Instant to) {
        return endpoints.isEmpty() ? List.of() : sql.maintenance(endpoints, from, to);
    }

    /** Those of the cards that lie in one of the provinces ("system code"), ended ones too. */
    public List<Card> in(Collection<String> provinces) {
        return sql.in(provinces);
    }

    /** All that have not ended, in the order of protocol. */
    public List<Card> open() {
        return sql.open();
    }

    /** Everything as texts by column, in the order of protocol. */
    List<Map<Column, String>> texts() {
        var known = known(organisation -> true);
        return sql.open().stream().map(known::texts).toList();
    }

    Map<Column, String> texts(Card card) {
        return known(organisation -> true).texts(card);
    }

    public Card create(Actor actor, Map<Column, String> texts, Predicate<UUID> mayEdit) {
        var code = texts.getOrDefault(Column.CODE, "");
        var sheet = new Sheet(List.copyOf(texts.keySet()), List.of(), List.of(new Sheet.Row(0, texts)));
        return journal.write(SUBJECT, actor, change -> {
            var known = known(mayEdit);
            if (known.cards().containsKey(code)) throw Refusal.field("/code", "code-taken");
            var line = Import.preview(sheet, known, directory.today()).lines().getFirst();
            refuse(line);
            write(actor, change, List.of(line));
            return get(line.after().id());
        });
    }

    /** Changes facts, of the columns given; a name or a province goes by {@link #rename}. */
    public Card edit(Actor actor, UUID id, String ifMatch, Map<Column, String> texts) {
        return change(actor, id, ifMatch, "endpoint.edited", card -> {
            var next = card.with(card.facts().with(texts));
            return texts.containsKey(Column.SORT)
                    ? new Card(
                            id,
                            texts.get(Column.SORT).isEmpty() ? 0 : Integer.parseInt(texts.get(Column.SORT)),
                            next.from(),
                            next.to(),
                            next.successor(),
                            next.last(),
                            next.facts(),
                            next.version())
                    : next;
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
            var parents = new HashMap<UUID, UUID>();
            all.cards()
                    .values()
                    .forEach(each -> parents.put(each.id(), each.last().parent()));
            parents.put(id, next.parent());
            if (Import.circle(id, parents)) throw Refusal.field("/parent", "parent-circle");
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

    public Maintenance announce(Actor actor, UUID id, Instant from, Instant to, String reason) {
        if (!to.isAfter(from)) throw Refusal.field("/to", "before-start");
        return journal.write(subject(id), actor, change -> {
            get(id);
            if (!to.isAfter(change.now())) throw Refusal.field("/to", "past");
            var ahead = sql.maintenance(List.of(id), change.now(), to.isAfter(change.now()) ? FAR : to);
            if (ahead.size() >= limits.maxMaintenance())
                throw Refusal.state("too-much-maintenance", Map.of("most", limits.maxMaintenance()));
            var window = new Maintenance(UUID.randomUUID(), id, from, to, reason);
            sql.insert(window);
            change.record(
                    "endpoint.maintenance",
                    Fields.of("from", from).and("to", to).and("reason", reason));
            return window;
        });
    }

    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

    public void withdraw(Actor actor, UUID id, UUID window) {
        journal.write(subject(id), actor, change -> {
            if (!sql.removeMaintenance(id, window)) throw Refusal.notFound();
            change.record("endpoint.maintenance-withdrawn", Fields.of("window", window));
            return null;
        });
    }

    public Import preview(String table, Predicate<UUID> mayEdit) {
        return Import.preview(Sheet.read(table, limits.maxImportLines()), known(mayEdit), directory.today());
    }

    /** Does what was previewed, all of it or nothing; refuses where that is no longer what would happen. */
    public Import apply(Actor actor, String table, String token, Predicate<UUID> mayEdit) {
        var sheet = Sheet.read(table, limits.maxImportLines());
        return journal.write(SUBJECT, actor, change -> {
            journal.hold(known(mayEdit).cards().values().stream()
                    .map(card -> subject(card.id()))
                    .toList());
            var result = Import.preview(sheet, known(mayEdit), directory.today());
            if (!result.token().equals(token)) throw new Refusal(412, "import-stale", Map.of());
            if (result.count(Import.Outcome.ERROR) > 0)
                throw Refusal.state("import-faults", Map.of("count", result.count(Import.Outcome.ERROR)));
            write(actor, change, result.lines());
            change.record(
                    "registry.imported",
                    Fields.of("new", result.count(Import.Outcome.NEW))
                            .and("changed", result.count(Import.Outcome.CHANGED))
                            .and("token", token));
            return result;
        });
    }

    /** Many cards at once, each with what it was before (null: it is new), inside a change that stands for them all. */
    public void write(Actor actor, Change change, String verb, Map<Card, Card> afterBefore) {
        var known = known(organisation -> true);
        var notes = new LinkedHashMap<String, Journal.Note>();
        var codes = new HashMap<String, UUID>();
        afterBefore.keySet().forEach(card -> codes.put(card.last().code(), card.id()));
        var wider = known.and(codes);
        afterBefore.forEach((after, before) ->
                notes.put(subject(after.id()), note(before == null ? "endpoint.created" : verb, wider, before, after)));
        var fresh = afterBefore.keySet().stream()
                .filter(card -> afterBefore.get(card) == null)
                .toList();
        var called = afterBefore.keySet().stream()
                .filter(card -> afterBefore.get(card) != null
                        && !afterBefore.get(card).last().equals(card.last()))
                .toList();
        if (!fresh.isEmpty()) sql.insert(fresh);
        sql.call(called);
        sql.save(afterBefore.keySet().stream()
                .filter(card -> afterBefore.get(card) != null)
                .toList());
        var turned = new ArrayList<>(fresh);
        turned.addAll(called);
        sql.turn(turned.stream().map(Card::id).toList(), directory.today());
        journal.note(actor, change, notes);
        turned.stream()
                .filter(card -> card.last().from().isAfter(directory.today()))
                .forEach(card -> change.due(
                        card.last().from().atStartOfDay(Directory.ZONE).toInstant(),
                        TURN,
                        card.id().toString(),
                        Map.of()));
        if (!called.isEmpty()) {
            var ids = called.stream().map(card -> card.id().toString()).toList();
            var detail = Fields.of("by", actor.id()).and("endpoints", ids);
            for (var at : List.of(change.now(), change.now().plus(SETTLED)))
                change.due(at, FOLLOW, ids.getFirst(), detail);
        }
        journal.db().afterCommit(directory::forgetEndpoints);
    }

    /** Nothing is lost where a node dies behind the commit, and a second time changes nothing. */
    public void followDue(Map<String, Object> detail) {
        var by = new Actor((String) detail.get("by"));
        var ids = ((List<?>) detail.get("endpoints"))
                .stream().map(id -> UUID.fromString((String) id)).toList();
        directory.forgetEndpoints();
        journal.write(SUBJECT, by, change -> {
            follow(change, by, sql.find(ids).values());
            return null;
        });
    }

    private void follow(Change change, Actor by, Collection<Card> called) {
        var named = called.stream()
                .filter(card -> card.to() == null)
                .collect(Collectors.groupingBy(
                        card -> card.last().from(), Collectors.mapping(Card::id, Collectors.toSet())));
        var ended = called.stream()
                .filter(card -> card.successor() != null)
                .collect(Collectors.groupingBy(
                        card -> card.to().plusDays(1), Collectors.toMap(Card::id, Card::successor)));
        for (var consequence : consequences) {
            named.forEach((from, ids) -> consequence.renamed(change, by, ids, from));
            ended.forEach((from, successors) -> consequence.succeeded(change, by, successors, from));
        }
    }

    private void write(Actor actor, Change change, List<Import.Line> lines) {
        var cards = new LinkedHashMap<Card, Card>();
        for (var line : lines) if (line.after() != null) cards.put(line.after(), line.before());
        write(actor, change, "endpoint.imported", cards);
    }

    /** The first day of a name has come. */
    public void turnDue(UUID id) {
        // Not beside a change of this very name: what was read before it would be laid over what it says.
        journal.write(subject(id), Actor.SYSTEM, change -> {
            sql.turn(List.of(id), directory.today());
            return null;
        });
        journal.db().afterCommit(directory::forgetEndpoints);
    }

    private Card change(Actor actor, UUID id, String ifMatch, String verb, UnaryOperator<Card> next) {
        return journal.write(subject(id), actor, change -> {
            var before = get(id);
            if (!before.etag().equals(ifMatch)) throw new Stale(before);
            var after = next.apply(before);
            if (after.facts().equals(before.facts())
                    && after.last().equals(before.last())
                    && after.sort() == before.sort()
                    && java.util.Objects.equals(after.to(), before.to())) return before;
            write(actor, change, verb, Map.of(after, before));
            return get(id);
        });
    }

    /** What became of what: plain facts in the chain, what concerns persons beside it. */
    private static Journal.Note note(String verb, Known known, Card before, Card after) {
        var was = before == null ? known.blank() : known.texts(before);
        var is = known.texts(after);
        var plain = new Fields();
        var personal = new HashMap<String, String>();
        for (var column : Column.values()) {
            var from = was.getOrDefault(column, "");
            var to = is.getOrDefault(column, "");
            if (from.equals(to)) continue;
            if (column.personal())
                personal.put(column.key, Json.text(Fields.of("from", from).and("to", to)));
            else plain.and(column.key, Fields.of("from", from).and("to", to));
        }
        var what = Fields.of("changed", plain).and("version", after.version());
        if (!after.last().act().isEmpty()) what.and("act", after.last().act());
        return new Journal.Note(verb, what.and("until", after.to()).and("successor", after.successor()), personal);
    }

    private Known known(Predicate<UUID> mayEdit) {
        var provinces = new ArrayList<Province>(directory.provinces(LAST_OF_63, null));
        // The day before, too, one may write down what begins then.
        var today = directory.today();
        provinces.addAll(directory.provinces(today.isAfter(LAST_OF_63) ? today : LAST_OF_63.plusDays(1), null));
        return Known.of(sql.open(), directory.organisations(), provinces, mayEdit);
    }

    /** The last day of the map before the one of today. */
    public static final LocalDate LAST_OF_63 = LocalDate.of(2025, 6, 30);

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

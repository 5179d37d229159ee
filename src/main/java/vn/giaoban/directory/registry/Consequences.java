package vn.giaoban.directory.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;

/**
 * What follows where endpoints are called otherwise or end: a name comes into use on its first day, and briefings are
 * told. All of it is due in the transaction of the change, so that nothing is lost where a node dies behind the commit.
 */
public final class Consequences {
    /** The act that puts a name into use on its first day. */
    public static final String TURN = "registry.turn";
    /** The act that carries into briefings what endpoints are called now, and who takes the places of those that end. */
    public static final String FOLLOW = "registry.follow";
    /** By then every node has forgotten the old name, and whoever was writing it down a moment ago has done so. */
    private static final Duration SETTLED = Directory.LIFE.plusSeconds(2);

    private final Journal journal;
    private final Directory directory;
    private final RegistrySql cards;
    private final PeriodSql periods;
    private final List<Consequence> told = new ArrayList<>();

    public Consequences(Journal journal, Directory directory) {
        this.journal = journal;
        this.directory = directory;
        this.cards = new RegistrySql(journal.db());
        this.periods = new PeriodSql(journal.db());
    }

    public void then(Consequence consequence) {
        told.add(consequence);
    }

    /** {@code fresh}: were not there before; {@code called}: have another name or place now, or an end. */
    void due(Actor by, Change change, Collection<Card> fresh, Collection<Card> called) {
        var turned = new ArrayList<>(fresh);
        turned.addAll(called);
        periods.turn(turned.stream().map(Card::id).toList(), directory.today());
        turned.stream()
                .filter(card -> card.last().from().isAfter(directory.today()))
                .forEach(card -> change.due(
                        card.last().from().atStartOfDay(Directory.ZONE).toInstant(),
                        TURN,
                        card.id().toString(),
                        Map.of()));
        if (called.isEmpty()) return;
        var ids = called.stream().map(card -> card.id().toString()).toList();
        var detail = Fields.of("by", by.id()).and("endpoints", ids);
        for (var at : List.of(change.now(), change.now().plus(SETTLED))) change.due(at, FOLLOW, ids.getFirst(), detail);
    }

    /** The first day of a name has come. */
    public void turnDue(UUID id) {
        // Not beside a change of this very name: what was read before it would be laid over what it says.
        journal.write(Card.subject(id), Actor.SYSTEM, change -> {
            periods.turn(List.of(id), directory.today());
            return null;
        });
        journal.db().afterCommit(directory::forgetEndpoints);
    }

    /** A second time changes nothing. */
    public void followDue(Map<String, Object> detail) {
        var by = new Actor((String) detail.get("by"));
        var ids = ((List<?>) detail.get("endpoints"))
                .stream().map(id -> UUID.fromString((String) id)).toList();
        directory.forgetEndpoints();
        journal.write(Registry.SUBJECT, by, change -> {
            follow(change, by, cards.find(ids).values());
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
        for (var consequence : told) {
            named.forEach((from, ids) -> consequence.renamed(change, by, ids, from));
            ended.forEach((from, successors) -> consequence.succeeded(change, by, successors, from));
        }
    }
}

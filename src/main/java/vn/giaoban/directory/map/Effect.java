package vn.giaoban.directory.map;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Province;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.http.Refusal;

/**
 * What becomes of each endpoint when provinces change: a department is called after its province, of several that are
 * merged one lives on and the others end in it, everything else stays what it is and lies somewhere else.
 */
final class Effect {
    enum Outcome {
        RENAMED,
        MOVED,
        ENDED,
        STAYS
    }

    /** @param after null where nothing changes */
    record Line(Card before, Card after, Outcome outcome, String province) {}

    private final ProvinceChange change;
    private final Map<String, String> fullNames;
    private final List<Card> cards;
    private final Card survivor;

    /**
     * @param cards the open ones in the provinces that change, and those at which they arrive
     * @param fullNames of every province by key, as they will be called
     */
    Effect(ProvinceChange change, List<Card> cards, Map<String, String> fullNames) {
        this.change = change;
        this.fullNames = fullNames;
        this.cards = cards;
        this.survivor = change.kind() == ProvinceChange.Kind.MERGE ? survivor() : null;
    }

    /** {@code all}: also those elsewhere, whose superior may be one that ends. */
    List<Line> lines(Collection<Card> all) {
        var lines = new LinkedHashMap<UUID, Line>();
        for (var card : cards) lines.put(card.id(), line(card));
        for (var card : all) {
            var parent = lines.get(card.last().parent());
            if (parent == null || parent.outcome() != Outcome.ENDED) continue;
            var known = lines.get(card.id());
            if (known != null && known.outcome() == Outcome.ENDED) continue;
            var last = known == null || known.after() == null
                    ? card.last()
                    : known.after().last();
            var moved = call(card, last, last.name(), last.provinceSystem(), last.provinceCode(), last.organisation());
            lines.put(
                    card.id(),
                    new Line(card, moved, known == null ? Outcome.MOVED : known.outcome(), key(moved.last())));
        }
        return new ArrayList<>(lines.values());
    }

    private Line line(Card card) {
        if (survivor != null && department(card) && !card.id().equals(survivor.id())) {
            if (change.on().isBefore(card.last().from().plusDays(1)))
                throw Refusal.field(
                        "/on", "earlier-period", Map.of("day", card.last().from()));
            return new Line(card, card.ended(change.on().minusDays(1), survivor.id()), Outcome.ENDED, "");
        }
        var to = change.toOf(card.id());
        var fullName = fullNames.get(to.key());
        var name = department(card) && called(card)
                ? Province.department(fullName)
                : card.last().name();
        var organisation = survivor != null && heirs(card.last().organisation())
                ? survivor.last().organisation()
                : card.last().organisation();
        var code = to.key().substring(to.key().indexOf(' ') + 1);
        var last = card.last();
        if (name.equals(last.name())
                && organisation.equals(last.organisation())
                && to.key().equals(key(last))) return new Line(card, null, Outcome.STAYS, to.key());
        var after = call(card, last, name, Province.SYSTEM_OF_TODAY, code, organisation);
        return new Line(card, after, name.equals(last.name()) ? Outcome.MOVED : Outcome.RENAMED, to.key());
    }

    private Card call(Card card, Endpoint.Period last, String name, String system, String code, UUID organisation) {
        if (change.on().isBefore(card.last().from()))
            throw Refusal.field(
                    "/on", "earlier-period", Map.of("day", card.last().from()));
        var parent = survivor != null && cards.stream().anyMatch(c -> c.id().equals(last.parent()) && ends(c))
                ? survivor.id()
                : last.parent();
        return card.called(new Endpoint.Period(
                change.on(),
                null,
                last.code(),
                name,
                // An English name is nobody's here to make: the old one no longer fits, and none is better than a wrong
                // one.
                name.equals(card.last().name()) ? last.nameEn() : "",
                last.kind(),
                organisation,
                card.id().equals(parent) ? null : parent,
                system,
                code,
                change.act()));
    }

    private boolean ends(Card card) {
        return survivor != null && department(card) && !card.id().equals(survivor.id());
    }

    /** Whoever belonged to a department that ends belongs to the one that lives on. */
    private boolean heirs(UUID organisation) {
        return cards.stream()
                .anyMatch(card -> ends(card) && card.last().organisation().equals(organisation));
    }

    private Card survivor() {
        var departments = cards.stream().filter(Effect::department).toList();
        if (change.keep() != null)
            return departments.stream()
                    .filter(card -> card.id().equals(change.keep()))
                    .findFirst()
                    .orElseThrow(() -> Refusal.field("/keep", "unknown-id"));
        var to = change.to().getFirst();
        return departments.stream()
                .filter(card -> key(card.last()).equals(to.key()))
                .findFirst()
                .or(() -> departments.stream()
                        .filter(card -> to.code().equals(card.last().provinceCode()))
                        .findFirst())
                .orElse(departments.isEmpty() ? null : departments.getFirst());
    }

    /** Whether it is called after its province, and not by a name of its own. */
    private static boolean called(Card card) {
        return card.last().name().startsWith("Sở Y tế ");
    }

    private static boolean department(Card card) {
        return card.last().kind() == Endpoint.Kind.DEPARTMENT;
    }

    private static String key(Endpoint.Period period) {
        return Atlas.key(period);
    }
}

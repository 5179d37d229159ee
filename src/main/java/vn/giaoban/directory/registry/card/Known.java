package vn.giaoban.directory.registry.card;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Folded;
import vn.giaoban.directory.Organisation;
import vn.giaoban.directory.Province;
import vn.giaoban.http.Refusal.Fault;

/**
 * What a table of endpoints is read against: those that there are, by code; organisations and provinces; and whose
 * endpoints the reader may change.
 */
public record Known(
        Map<String, Card> cards,
        Map<UUID, String> codes,
        Map<String, UUID> organisations,
        List<Province> provinces,
        Predicate<UUID> mayEdit) {

    public static Known of(
            List<Card> cards, List<Organisation> organisations, List<Province> provinces, Predicate<UUID> mayEdit) {
        var byCode = new HashMap<String, Card>();
        var codes = new HashMap<UUID, String>();
        var organisation = new HashMap<String, UUID>();
        for (var card : cards) {
            byCode.put(card.last().code(), card);
            codes.put(card.id(), card.last().code());
        }
        for (var each : organisations) {
            organisation.put(each.code(), each.id());
            codes.put(each.id(), each.code());
        }
        return new Known(byCode, codes, organisation, provinces, mayEdit);
    }

    public int nextSort() {
        return cards.values().stream().mapToInt(Card::sort).max().orElse(0) + 1;
    }

    /** What an endpoint is before it is there. */
    public Map<Column, String> blank() {
        return Map.of();
    }

    /** The same with those that a table makes. */
    public Known and(Map<String, UUID> ids) {
        var all = new HashMap<>(codes);
        ids.forEach((code, id) -> all.putIfAbsent(id, code));
        return new Known(cards, all, organisations, provinces, mayEdit);
    }

    public Map<Column, String> texts(Card card) {
        var last = card.last();
        var texts = new EnumMap<Column, String>(Column.class);
        texts.putAll(card.facts().texts());
        texts.put(Column.CODE, last.code());
        texts.put(Column.NAME, last.name());
        texts.put(Column.NAME_EN, last.nameEn());
        texts.put(Column.KIND, last.kind().name());
        texts.put(Column.PARENT, code(last.parent()));
        texts.put(Column.ORGANISATION, code(last.organisation()));
        texts.put(Column.PROVINCE_SYSTEM, last.provinceSystem() == null ? "" : last.provinceSystem());
        texts.put(Column.PROVINCE, last.provinceCode() == null ? "" : last.provinceCode());
        texts.put(Column.VALID_FROM, last.from().toString());
        texts.put(Column.SORT, card.sort() == 0 ? "" : String.valueOf(card.sort()));
        return texts;
    }

    /** One that has ended is nobody's parent in a table: the cell stays empty, and so does what is read. */
    private String code(UUID id) {
        return id == null ? "" : codes.getOrDefault(id, "");
    }

    /** The period that the texts mean; null and faults where they mean none. */
    public Endpoint.Period period(
            Map<Column, String> now,
            Map<Column, String> was,
            Map<String, UUID> ids,
            Endpoint.Period before,
            List<Fault> faults) {
        var province = province(now, was, faults);
        var organisation = organisation(now, was, before, province, faults);
        var parent = parent(now, was, ids, before, faults);
        if (!faults.isEmpty()) return null;
        var from = now.get(Column.VALID_FROM).isEmpty() ? before.from() : LocalDate.parse(now.get(Column.VALID_FROM));
        var period = new Endpoint.Period(
                from,
                before == null ? null : before.to(),
                now.get(Column.CODE),
                now.get(Column.NAME),
                now.getOrDefault(Column.NAME_EN, ""),
                Endpoint.Kind.valueOf(now.get(Column.KIND)),
                organisation,
                parent,
                province == null ? null : province.codeSystem(),
                province == null ? null : province.code(),
                before != null && from.equals(before.from()) ? before.act() : "");
        if (before == null) return period;
        if (same(period, before)) return before; // another day alone makes no period
        if (from.isBefore(before.from())) {
            faults.add(new Fault(Column.VALID_FROM.key, "earlier-period", Map.of("day", before.from())));
            return null;
        }
        if (now.get(Column.NAME).isEmpty()) faults.add(new Fault(Column.NAME.key, "required"));
        return period;
    }

    private static boolean same(Endpoint.Period a, Endpoint.Period b) {
        return a.code().equals(b.code())
                && a.name().equals(b.name())
                && a.nameEn().equals(b.nameEn())
                && a.kind() == b.kind()
                && a.organisation().equals(b.organisation())
                && java.util.Objects.equals(a.parent(), b.parent())
                && java.util.Objects.equals(a.provinceSystem(), b.provinceSystem())
                && java.util.Objects.equals(a.provinceCode(), b.provinceCode());
    }

    private UUID organisation(
            Map<Column, String> now,
            Map<Column, String> was,
            Endpoint.Period before,
            Province province,
            List<Fault> faults) {
        var code = now.getOrDefault(Column.ORGANISATION, "");
        if (before != null && code.equals(was.get(Column.ORGANISATION))) return before.organisation();
        if (code.isEmpty() && province != null && province.codeSystem().equals(Province.SYSTEM_OF_TODAY))
            code = Organisation.ofProvince(province.code());
        if (code.isEmpty()) faults.add(new Fault(Column.ORGANISATION.key, "required"));
        else if (!organisations.containsKey(code)) faults.add(new Fault(Column.ORGANISATION.key, "unknown-code"));
        return organisations.get(code);
    }

    private UUID parent(
            Map<Column, String> now,
            Map<Column, String> was,
            Map<String, UUID> ids,
            Endpoint.Period before,
            List<Fault> faults) {
        var code = now.getOrDefault(Column.PARENT, "");
        if (before != null && code.equals(was.get(Column.PARENT))) return before.parent();
        if (code.isEmpty()) return null;
        if (!ids.containsKey(code)) faults.add(new Fault(Column.PARENT.key, "unknown-code"));
        return ids.get(code);
    }

    /** A bare code says nothing, a name means the one of today: codes changed their meaning, names hardly. */
    private Province province(Map<Column, String> now, Map<Column, String> was, List<Fault> faults) {
        var text = now.getOrDefault(Column.PROVINCE, "");
        var system = now.getOrDefault(Column.PROVINCE_SYSTEM, "");
        if (text.isEmpty()) return null;
        if (system.isEmpty() && text.equals(was.get(Column.PROVINCE))) system = was.get(Column.PROVINCE_SYSTEM);
        if (system.isEmpty() && text.matches("[0-9]+")) {
            faults.add(new Fault(Column.PROVINCE_SYSTEM.key, "province-system"));
            return null;
        }
        var wanted = system.isEmpty() ? Province.SYSTEM_OF_TODAY : system;
        var found = provinces.stream()
                .filter(p -> p.codeSystem().equals(wanted))
                .filter(p -> p.code().equals(text)
                        || Folded.of(p.name()).equals(Folded.of(text))
                        || Folded.of(p.fullName()).equals(Folded.of(text)))
                .findFirst()
                .orElse(null);
        if (found == null) faults.add(new Fault(Column.PROVINCE.key, "unknown-code"));
        return found;
    }

    /** Whether one would be his own superior, by whatever way round, if he were put under this one. */
    public boolean circle(UUID id, UUID parent) {
        var parents = parents();
        parents.put(id, parent);
        return circle(id, parents);
    }

    public Map<UUID, UUID> parents() {
        var parents = new HashMap<UUID, UUID>();
        cards.values().forEach(card -> parents.put(card.id(), card.last().parent()));
        return parents;
    }

    public static boolean circle(UUID id, Map<UUID, UUID> parents) {
        var passed = new HashSet<UUID>();
        for (var at = id; at != null; at = parents.get(at)) if (!passed.add(at)) return at.equals(id);
        return false;
    }
}

package vn.giaoban.directory.map;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.http.Refusal;

/**
 * Provinces become others from a day on, by a legal act: several become one, one becomes several, or one is called
 * otherwise.
 *
 * @param moves for a split: to which of the new ones an endpoint goes that does not go to the first
 * @param keep for a merger: the department's endpoint that lives on
 */
record ProvinceChange(
        Kind kind, LocalDate on, String act, List<String> from, List<To> to, Map<UUID, String> moves, UUID keep) {
    enum Kind {
        MERGE,
        SPLIT,
        RENAME
    }

    /** What comes of it: by its code in the system of today, with a name where it is new or gets another. */
    record To(String code, String fullName, String nameEn, String region) {
        String key() {
            return "gso-34 " + code;
        }
    }

    ProvinceChange {
        if (from.isEmpty()) throw Refusal.field("/from", "too-few");
        if (from.stream().distinct().count() < from.size()) throw Refusal.field("/from", "twice");
        if (to.stream().map(To::code).distinct().count() < to.size()) throw Refusal.field("/to", "twice");
        boolean right = switch (kind) {
            case MERGE -> to.size() == 1;
            case SPLIT -> from.size() == 1 && to.size() > 1;
            case RENAME ->
                from.size() == 1
                        && to.size() == 1
                        && from.getFirst().equals(to.getFirst().key());
        };
        if (!right) throw Refusal.field("/to", "province-count");
        if (kind == Kind.RENAME && to.getFirst().fullName().isEmpty())
            throw Refusal.field("/to/0/fullName", "required");
        for (var code : moves.values())
            if (to.stream().noneMatch(each -> each.code().equals(code))) throw Refusal.field("/moves", "unknown-code");
    }

    To toOf(UUID endpoint) {
        var code = moves.get(endpoint);
        return to.stream().filter(each -> each.code().equals(code)).findFirst().orElse(to.getFirst());
    }
}

package vn.giaoban.directory.map;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.registry.Rights;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;

/** Changes of provinces and counts by province, over HTTP. */
public final class MapRoutes {
    private final ProvinceMap map;
    private final Rights rights;

    public MapRoutes(ProvinceMap map, Rights rights) {
        this.map = map;
        this.rights = rights;
    }

    public void mount(Api api) {
        api.on("previewProvinceChange", call -> {
                    demand(call);
                    return Answer.ok(view(map.preview(change(call))));
                })
                .on("changeProvinces", call -> {
                    demand(call);
                    var actor = new Actor(call.principal().id());
                    return Answer.ok(view(map.apply(actor, change(call), call.field("token", ""))));
                })
                .on("readProvinceStatistics", this::statistics);
    }

    private void demand(Call call) {
        if (!rights.may(call, call.operation(), null, null)) throw Refusal.forbidden();
    }

    private Answer statistics(Call call) {
        demand(call);
        var reading = switch (call.text("map") == null ? "then" : call.text("map")) {
            case "gso-63" -> Statistics.Reading.OLD;
            case "gso-34" -> Statistics.Reading.NEW;
            default -> Statistics.Reading.THEN;
        };
        return Answer.ok(map.statistics(day(call.text("from"), "from"), day(call.text("to"), "to"), reading));
    }

    private ProvinceChange change(Call call) {
        var moves = new HashMap<UUID, String>();
        for (var move : list(call, "moves"))
            moves.put(UUID.fromString((String) move.get("endpoint")), text(move, "to"));
        var act = call.field("act");
        if (act.isEmpty()) throw Refusal.field("/act", "required");
        return new ProvinceChange(
                call.field(ProvinceChange.Kind.class, "kind", null),
                day(call.field("on"), "/on"),
                act,
                list(call, "from").stream()
                        .map(from -> text(from, "codeSystem") + " " + text(from, "code"))
                        .toList(),
                list(call, "to").stream()
                        .map(to -> new ProvinceChange.To(
                                text(to, "code"), text(to, "fullName"), text(to, "nameEn"), text(to, "region")))
                        .toList(),
                Map.copyOf(moves),
                call.fieldId("keep"));
    }

    private static String text(Map<?, ?> map, String name) {
        return map.get(name) instanceof String text ? text.strip() : "";
    }

    private static List<Map<?, ?>> list(Call call, String name) {
        var all = new ArrayList<Map<?, ?>>();
        if (call.body().get(name) instanceof List<?> list) list.forEach(each -> all.add((Map<?, ?>) each));
        return all;
    }

    private static LocalDate day(String text, String where) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.field(where, "date");
        }
    }

    private static Fields view(ProvinceMap.Preview preview) {
        return Fields.of("token", preview.token())
                .and(
                        "endpoints",
                        preview.lines().stream()
                                .map(line -> line(line, preview))
                                .toList());
    }

    private static Map<String, Object> line(Effect.Line line, ProvinceMap.Preview preview) {
        var before = line.before().last();
        var fields = Fields.of("id", line.before().id())
                .and("code", before.code())
                .and("name", before.name())
                .and("kind", before.kind())
                .and("outcome", line.outcome())
                .and("from", preview.names().get(Atlas.key(before)))
                .and(
                        "to",
                        line.outcome() == Effect.Outcome.ENDED
                                ? null
                                : preview.names().get(line.province()));
        if (line.outcome() == Effect.Outcome.RENAMED)
            fields.and("newName", line.after().last().name());
        if (line.outcome() == Effect.Outcome.ENDED)
            fields.and(
                    "successor",
                    preview.lines().stream()
                            .filter(other ->
                                    other.before().id().equals(line.after().successor()))
                            .map(other -> (other.after() == null ? other.before() : other.after())
                                    .last()
                                    .name())
                            .findFirst()
                            .orElse(null));
        return fields;
    }
}

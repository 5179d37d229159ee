package vn.giaoban.directory.map;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Province;
import vn.giaoban.directory.registry.Registry;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;

/** The country as it is divided: provinces that become others, seen first and then done, and counts in either map. */
public final class ProvinceMap {
    private final Journal journal;
    private final Registry registry;
    private final Directory directory;
    private final Participation participation;
    private final MapSql sql;

    public ProvinceMap(Journal journal, Registry registry, Directory directory, Participation participation) {
        this.journal = journal;
        this.registry = registry;
        this.directory = directory;
        this.participation = participation;
        this.sql = new MapSql(journal.db());
    }

    LocalDate today() {
        return directory.today();
    }

    /** What would become of each endpoint, and the token that stands for all of it. */
    record Preview(ProvinceChange change, List<Effect.Line> lines, Map<String, String> names, String token) {}

    Preview preview(ProvinceChange change) {
        var atlas = Atlas.of(sql.places());
        var names = new HashMap<>(sql.fullNames());
        for (int i = 0; i < change.from().size(); i++)
            if (!atlas.places().containsKey(change.from().get(i)))
                throw Refusal.field("/from/" + i + "/code", "unknown-code");
        // What has ended already, or is not there yet, becomes nothing.
        for (int i = 0; i < change.from().size(); i++)
            if (!atlas.places().get(change.from().get(i)).stands(change.on().minusDays(1)))
                throw Refusal.field("/from/" + i + "/code", "not-in-force");
        for (int i = 0; i < change.to().size(); i++) {
            var to = change.to().get(i);
            if (!to.fullName().isEmpty()) names.put(to.key(), to.fullName());
            else if (!names.containsKey(to.key())) throw Refusal.field("/to/" + i + "/fullName", "required");
        }
        var concerned = new LinkedHashSet<>(change.from());
        if (change.kind() == ProvinceChange.Kind.MERGE) change.to().forEach(to -> concerned.add(to.key()));
        var cards = registry.in(concerned).stream()
                .filter(card -> card.to() == null)
                .filter(card -> change.from().contains(Atlas.key(card.last())) || department(card))
                .toList();
        var lines = new Effect(change, cards, names).lines(registry.open());
        return new Preview(change, lines, names, token(change, lines));
    }

    private static boolean department(Card card) {
        return card.last().kind() == vn.giaoban.directory.Endpoint.Kind.DEPARTMENT;
    }

    private static String token(ProvinceChange change, List<Effect.Line> lines) {
        var all = new ArrayList<Object>(List.of(change.toString()));
        for (var line : lines)
            all.add(List.of(
                    line.before().id().toString(),
                    line.before().etag(),
                    line.outcome().name(),
                    Objects.toString(line.after())));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(Json.text(all).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does what was previewed; refuses where that is no longer what would happen. */
    Preview apply(Actor actor, ProvinceChange change, String token) {
        return journal.write("directory", actor, write -> {
            journal.hold(preview(change).lines().stream()
                    .map(line -> Card.subject(line.before().id()))
                    .toList());
            var preview = preview(change);
            if (!preview.token().equals(token)) throw new Refusal(412, "map-stale", Map.of());
            var atlas = Atlas.of(sql.places());
            var region = atlas.places().get(change.from().getFirst()).region();
            for (var to : change.to()) {
                boolean there = atlas.places().containsKey(to.key());
                if (!there || !to.fullName().isEmpty())
                    sql.begin(to, to.region().isEmpty() ? region : to.region(), change.on(), change.act());
            }
            for (var from : change.from())
                if (change.to().stream().noneMatch(to -> to.key().equals(from)))
                    sql.end(
                            from,
                            change.on().minusDays(1),
                            change.to().getFirst().code(),
                            change.act());
            var cards = new LinkedHashMap<Card, Card>();
            for (var line : preview.lines()) if (line.after() != null) cards.put(line.after(), line.before());
            registry.write(actor, write, "endpoint.province-changed", cards);
            write.record(
                    "province.changed",
                    Fields.of("kind", change.kind())
                            .and("on", change.on())
                            .and("act", change.act())
                            .and("from", change.from())
                            .and(
                                    "to",
                                    change.to().stream()
                                            .map(ProvinceChange.To::key)
                                            .toList()));
            return preview;
        });
    }

    Fields statistics(LocalDate from, LocalDate to, Statistics.Reading reading) {
        if (to.isBefore(from)) throw Refusal.field("/to", "before-start");
        var statistics = new Statistics(Atlas.of(sql.places()), sql.periods());
        var stays = statistics.stays(reading, Province.LAST_OF_63, directory.today());
        return statistics.view(stays, participation.count(stays, from, to), from, to);
    }
}

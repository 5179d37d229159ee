package vn.giaoban.directory.registry;

import io.vertx.pgclient.PgException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Folded;
import vn.giaoban.directory.PeriodRow;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.http.Refusal;

/** The table of periods, and what of it is in use today. */
final class PeriodSql {
    private static final Set<String> TAKEN = Set.of("23505", "23P01");

    private final Db db;

    PeriodSql(Db db) {
        this.db = db;
    }

    /** In order. */
    List<Endpoint.Period> of(UUID endpoint) {
        var rows = db.query("SELECT * FROM endpoint_period WHERE endpoint = $1 ORDER BY valid_from", endpoint);
        return PeriodRow.byEndpoint(rows).getOrDefault(endpoint, List.of());
    }

    /** The last period of each: the one before it is cut where it begins, and one of the same day is put right. */
    void call(List<Card> cards) {
        cards.stream().gather(Gatherers.windowFixed(RegistrySql.AT_ONCE)).forEach(some -> {
            var rows = Json.text(some.stream().map(PeriodSql::rowOf).toList());
            guarded(() -> {
                db.query("""
                        UPDATE endpoint_period p SET valid_to = r.valid_from - 1
                        FROM jsonb_populate_recordset(NULL::endpoint_period, $1::text::jsonb) r
                        WHERE p.endpoint = r.endpoint AND p.valid_from < r.valid_from
                          AND (p.valid_to IS NULL OR p.valid_to >= r.valid_from)""", rows);
                return db.query("""
                        INSERT INTO endpoint_period AS p SELECT * FROM jsonb_populate_recordset(NULL::endpoint_period, $1::text::jsonb)
                        ON CONFLICT (endpoint, valid_from) DO UPDATE SET valid_to = excluded.valid_to, code = excluded.code,
                          name = excluded.name, name_en = excluded.name_en, kind = excluded.kind,
                          organisation = excluded.organisation, parent = excluded.parent,
                          province_system = excluded.province_system, province_code = excluded.province_code,
                          act = excluded.act""", rows);
            });
        });
    }

    /** What they are called today is laid into the table that everybody reads; by every name they ever had they are found. */
    void turn(Collection<UUID> ids, LocalDate today) {
        var names = new HashMap<UUID, List<String>>();
        for (var row :
                db.query("SELECT endpoint, code, name, name_en FROM endpoint_period WHERE endpoint = ANY ($1)", (Object)
                        ids.toArray(UUID[]::new)))
            names.computeIfAbsent(row.getUUID("endpoint"), id -> new ArrayList<>())
                    .addAll(List.of(row.getString("code"), row.getString("name"), row.getString("name_en")));
        var all = names.keySet().toArray(UUID[]::new);
        var search = names.values().stream()
                .map(each -> Folded.text(each.toArray(String[]::new)))
                .toArray(String[]::new);
        guarded(() -> db.query("""
                UPDATE endpoint e SET code = p.code, name = p.name, name_en = nullif(p.name_en, ''), kind = p.kind,
                  organisation = p.organisation, parent = p.parent, province_system = p.province_system,
                  province_code = p.province_code, named_here = true,
                  valid_from = (SELECT min(valid_from) FROM endpoint_period WHERE endpoint = e.id),
                  search = s.search || coalesce((
                    SELECT string_agg(r.search, '') FROM province r WHERE (r.code_system, r.code) IN (
                      SELECT o.province_system, o.province_code FROM endpoint_period o WHERE o.endpoint = e.id)), '')
                FROM unnest($1::uuid[], $2::text[]) AS s (id, search),
                  LATERAL (SELECT * FROM endpoint_period WHERE endpoint = s.id
                    ORDER BY valid_from > $3, CASE WHEN valid_from > $3 THEN valid_from END, valid_from DESC LIMIT 1) p
                WHERE e.id = s.id""", all, search, today));
    }

    static Map<String, Object> rowOf(Card card) {
        var last = card.last();
        var row = new HashMap<String, Object>();
        row.put("endpoint", card.id().toString());
        row.put("valid_from", last.from().toString());
        row.put("valid_to", last.to() == null ? null : last.to().toString());
        row.put("code", last.code());
        row.put("name", last.name());
        row.put("name_en", last.nameEn());
        row.put("kind", last.kind().name());
        row.put("organisation", last.organisation().toString());
        row.put("parent", last.parent() == null ? null : last.parent().toString());
        row.put("province_system", last.provinceSystem());
        row.put("province_code", last.provinceCode());
        row.put("act", last.act());
        return row;
    }

    /** The database has the last word on whose a code is. */
    static void guarded(Supplier<?> write) {
        try {
            var ignored = write.get();
        } catch (PgException e) {
            if (!TAKEN.contains(e.getSqlState())) throw e;
            throw Refusal.field("/code", "code-taken");
        }
    }
}

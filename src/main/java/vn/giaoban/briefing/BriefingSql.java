package vn.giaoban.briefing;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;
import vn.giaoban.directory.Folded;
import vn.giaoban.journal.Audience;

/** The table of briefings. */
final class BriefingSql {
    private static final String SELECT = """
            SELECT b.*, c.name AS chair_name, c.title AS chair_title, s.name AS secretary_name, o.name AS operator_name,
                   e.name AS hub_name, r.name AS room_name
            FROM briefing b
            LEFT JOIN person c ON c.id = b.chair LEFT JOIN person s ON s.id = b.secretary
            LEFT JOIN person o ON o.id = b.operator LEFT JOIN LATERAL (
              -- What the hub was called at the briefing's own hour.
              SELECT name FROM endpoint_period WHERE endpoint = b.hub
              ORDER BY valid_from > (b.planned_start AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
                CASE WHEN valid_from > (b.planned_start AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN valid_from END,
                valid_from DESC LIMIT 1) e ON true
            LEFT JOIN video_room r ON r.id = b.room
            """;

    private final Db db;

    BriefingSql(Db db) {
        this.db = db;
    }

    Briefing find(UUID id) {
        var row = db.row(SELECT + "WHERE b.id = $1", id);
        return row == null ? null : briefing(row);
    }

    List<Briefing> find(Collection<UUID> ids) {
        var found = new ArrayList<Briefing>();
        db.query(SELECT + "WHERE b.id = ANY ($1)", (Object) ids.toArray(UUID[]::new))
                .forEach(row -> found.add(briefing(row)));
        return found;
    }

    Briefing ofVideo(String name) {
        var row = db.row(SELECT + "WHERE b.video_name = $1", name);
        return row == null ? null : briefing(row);
    }

    void insert(Briefing b) {
        var p = b.plan();
        db.query(
                """
                INSERT INTO briefing (id, organisation, kind, title, title_en, status, visibility, zone, planned_start,
                  planned_end, opens_at, chair, secretary, operator, hub, room, expected_delegates, video_name, search)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)""",
                b.id(),
                b.organisation(),
                p.kind().name(),
                p.title(),
                p.titleEn(),
                b.status().name(),
                p.visibility().name(),
                p.zone(),
                time(p.start()),
                time(p.end()),
                time(b.opensAt()),
                p.chair(),
                p.secretary(),
                p.operator(),
                p.hub(),
                p.room(),
                p.expectedDelegates(),
                b.videoName(),
                Folded.text(p.title(), p.titleEn()));
    }

    void save(Briefing b) {
        var p = b.plan();
        db.query(
                """
                UPDATE briefing SET kind = $2, title = $3, title_en = $4, status = $5, visibility = $6, zone = $7,
                  planned_start = $8, planned_end = $9, opens_at = $10, opened_at = $11, started_at = $12,
                  closed_at = $13, previous_start = $14, reason = $15, chair = $16, secretary = $17, operator = $18,
                  hub = $19, room = $20, expected_delegates = $21, line = $22, line_at = $23, overrun = $24,
                  archived = $25, agenda_version = $26, version = $27, search = $28 WHERE id = $1""",
                b.id(),
                p.kind().name(),
                p.title(),
                p.titleEn(),
                b.status().name(),
                p.visibility().name(),
                p.zone(),
                time(p.start()),
                time(p.end()),
                time(b.opensAt()),
                time(b.openedAt()),
                time(b.startedAt()),
                time(b.closedAt()),
                time(b.life().previousStart()),
                b.life().reason(),
                p.chair(),
                p.secretary(),
                p.operator(),
                p.hub(),
                p.room(),
                p.expectedDelegates(),
                b.stage().line(),
                time(b.stage().lineAt()),
                b.marks().overrun().isEmpty() ? "" : Json.text(b.marks().overrun()),
                b.archived(),
                b.marks().agendaVersion(),
                b.marks().version(),
                Folded.text(p.title(), p.titleEn()));
    }

    void delete(UUID id) {
        db.query("DELETE FROM briefing WHERE id = $1", id);
    }

    /** What a list may hold; who may see which row is decided by the policy, page by page. */
    record Filter(
            Instant from,
            Instant to,
            Kind kind,
            Status status,
            String q,
            Instant afterStart,
            UUID afterId,
            int limit) {}

    List<Briefing> list(Filter f, Reach reach) {
        var rows = db.query(
                SELECT + """
                WHERE ($1::timestamptz IS NULL OR b.planned_end > $1) AND ($2::timestamptz IS NULL OR b.planned_start < $2)
                  AND ($3::text IS NULL OR b.kind = $3) AND ($4::text IS NULL OR b.status = $4)
                  AND b.search LIKE ALL ($5::text[])
                  AND ($6::timestamptz IS NULL OR (b.planned_start, b.id) > ($6, $7))
                  AND ($9 OR b.organisation = ANY ($10::uuid[]) OR $11 IN (b.chair, b.secretary, b.operator)
                    OR b.status <> 'DRAFT' AND (b.visibility = ANY ($12::text[])
                      OR b.visibility <> 'STAFF' AND b.organisation = ANY ($13::uuid[])
                      OR b.visibility <> 'STAFF' AND EXISTS (
                        SELECT 1 FROM invitation i WHERE i.briefing = b.id AND i.endpoint = ANY ($14::uuid[]))))
                ORDER BY b.planned_start, b.id LIMIT $8""",
                time(f.from()),
                time(f.to()),
                f.kind() == null ? null : f.kind().name(),
                f.status() == null ? null : f.status().name(),
                Folded.patterns(f.q() == null ? "" : f.q()),
                time(f.afterStart()),
                f.afterId(),
                f.limit(),
                reach.everything(),
                reach.staffOf(),
                reach.person(),
                reach.visibilities(),
                reach.viewerOf(),
                reach.endpoints());
        var out = new ArrayList<Briefing>();
        for (var row : rows) out.add(briefing(row));
        return out;
    }

    /** How far a person's sight goes, in the terms of the table; the same rules as the policy's. */
    record Reach(
            boolean everything,
            UUID[] staffOf,
            UUID person,
            String[] visibilities,
            UUID[] viewerOf,
            UUID[] endpoints) {}

    /** Those still in a calendar that name this person. */
    List<UUID> naming(UUID person) {
        var out = new ArrayList<UUID>();
        for (var row : db.query(
                "SELECT id FROM briefing WHERE NOT archived AND $1 IN (chair, secretary, operator) ORDER BY id",
                person)) out.add(row.getUUID("id"));
        return out;
    }

    List<UUID> unarchived() {
        var out = new ArrayList<UUID>();
        for (var row : db.query("SELECT id FROM briefing WHERE NOT archived ORDER BY id")) out.add(row.getUUID("id"));
        return out;
    }

    private static Briefing briefing(Row row) {
        var plan = new Plan(
                Kind.valueOf(row.getString("kind")),
                row.getString("title"),
                row.getString("title_en"),
                Audience.valueOf(row.getString("visibility")),
                row.getString("zone"),
                instant(row, "planned_start"),
                instant(row, "planned_end"),
                row.getUUID("chair"),
                row.getUUID("secretary"),
                row.getUUID("operator"),
                row.getUUID("hub"),
                row.getUUID("room"),
                row.getInteger("expected_delegates"));
        var life = new Life(
                Status.valueOf(row.getString("status")),
                instant(row, "opens_at"),
                instant(row, "opened_at"),
                instant(row, "started_at"),
                instant(row, "closed_at"),
                instant(row, "previous_start"),
                row.getString("reason"));
        var overrun = row.getString("overrun");
        var marks = new Briefing.Marks(
                overrun.isEmpty() ? Map.of() : Json.parse(overrun),
                row.getBoolean("archived"),
                row.getInteger("agenda_version"),
                row.getInteger("version"));
        var names = new Briefing.Names(
                row.getString("chair_name"),
                row.getString("chair_title"),
                row.getString("secretary_name"),
                row.getString("operator_name"),
                row.getString("hub_name"),
                row.getString("room_name"));
        var stage = new Briefing.Stage(row.getString("line"), instant(row, "line_at"));
        return new Briefing(
                row.getUUID("id"),
                row.getUUID("organisation"),
                plan,
                life,
                stage,
                row.getString("video_name"),
                marks,
                names);
    }
}

package vn.giaoban.bridge.line;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of the windows of lines. */
final class LineSql {
    private final Db db;

    LineSql(Db db) {
        this.db = db;
    }

    /** All in one statement; who is no longer invited, or whose briefing is gone, has none. */
    void insert(Collection<LineWindow> windows) {
        var all = List.copyOf(windows);
        db.query(
                """
                INSERT INTO line_window (briefing, endpoint, from_at, to_at, quality, round_trip_ms, jitter_ms, stalls, loss_permille)
                SELECT w.* FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::int[],
                  $7::int[], $8::int[], $9::int[]) AS w (briefing, endpoint, from_at, to_at, quality, rtt, jitter, stalls, loss)
                JOIN invitation i ON i.briefing = w.briefing AND i.endpoint = w.endpoint
                ON CONFLICT DO NOTHING""",
                all.stream().map(LineWindow::briefing).toArray(UUID[]::new),
                all.stream().map(LineWindow::endpoint).toArray(UUID[]::new),
                all.stream().map(w -> time(w.from())).toArray(OffsetDateTime[]::new),
                all.stream().map(w -> time(w.to())).toArray(OffsetDateTime[]::new),
                all.stream().map(w -> w.quality().name()).toArray(String[]::new),
                all.stream().map(LineWindow::roundTripMs).toArray(Integer[]::new),
                all.stream().map(LineWindow::jitterMs).toArray(Integer[]::new),
                all.stream().map(LineWindow::stalls).toArray(Integer[]::new),
                all.stream().map(LineWindow::lossPermille).toArray(Integer[]::new));
    }

    /** In order of time. */
    List<LineWindow> of(UUID briefing, Collection<UUID> endpoints) {
        var out = new ArrayList<LineWindow>();
        for (var row : db.query("""
                SELECT * FROM line_window WHERE briefing = $1 AND endpoint = ANY ($2)
                ORDER BY from_at""", briefing, endpoints.toArray(UUID[]::new)))
            out.add(new LineWindow(
                    briefing,
                    row.getUUID("endpoint"),
                    instant(row, "from_at"),
                    instant(row, "to_at"),
                    row.getInteger("round_trip_ms"),
                    row.getInteger("jitter_ms"),
                    row.getInteger("stalls"),
                    row.getInteger("loss_permille")));
        return out;
    }
}

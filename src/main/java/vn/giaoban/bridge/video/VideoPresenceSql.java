package vn.giaoban.bridge.video;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import vn.giaoban.db.Db;

/** The table of which sites are in the conference now. */
final class VideoPresenceSql {
    private final Db db;

    VideoPresenceSql(Db db) {
        this.db = db;
    }

    List<InVideo> of(UUID briefing) {
        var out = new ArrayList<InVideo>();
        for (var row : db.query(
                "SELECT endpoint, since, sure, nicks FROM video_presence WHERE briefing = $1 ORDER BY endpoint",
                briefing))
            out.add(new InVideo(
                    row.getUUID("endpoint"),
                    instant(row, "since"),
                    row.getBoolean("sure"),
                    List.of(row.getArrayOfStrings("nicks"))));
        return out;
    }

    void save(UUID briefing, List<InVideo> sites) {
        db.batch(
                """
                INSERT INTO video_presence (briefing, endpoint, since, sure, nicks) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (briefing, endpoint) DO UPDATE SET since = excluded.since, sure = excluded.sure, nicks = excluded.nicks""",
                sites.stream()
                        .map(now -> Tuple.of(
                                briefing,
                                now.endpoint(),
                                time(now.since()),
                                now.sure(),
                                now.nicks().toArray(String[]::new)))
                        .toList());
    }

    void delete(UUID briefing, Collection<UUID> endpoints) {
        if (endpoints.isEmpty()) return;
        db.query(
                "DELETE FROM video_presence WHERE briefing = $1 AND endpoint = ANY ($2)",
                briefing,
                endpoints.toArray(UUID[]::new));
    }
}

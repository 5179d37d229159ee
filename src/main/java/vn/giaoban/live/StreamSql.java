package vn.giaoban.live;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Collection;
import java.util.List;
import vn.giaoban.db.Db;

/** Reads heads, checkpoints and patches under the role that may read nothing else. */
final class StreamSql {
    private final Db db;

    StreamSql(Db db) {
        this.db = db;
    }

    /** One statement: the head, the older of the two checkpoints, and the patches after it. */
    Future<RowSet<Row>> open(StreamKey key) {
        return db.ask("""
                WITH head AS (SELECT epoch, seq FROM stream_head WHERE stream = $1 AND audience = $2),
                base AS (
                  SELECT seq, view FROM stream_checkpoint
                  WHERE stream = $1 AND audience = $2 AND epoch = (SELECT epoch FROM head) ORDER BY seq DESC LIMIT 2
                ), oldest AS (SELECT seq, view FROM base ORDER BY seq LIMIT 1)
                SELECT 0 AS kind, epoch, seq, NULL::timestamptz AS at, NULL::text AS text FROM head
                UNION ALL
                SELECT 1, '', seq, NULL, view FROM oldest
                UNION ALL
                SELECT 2, epoch, seq, at, patch FROM stream_patch
                WHERE stream = $1 AND audience = $2 AND epoch = (SELECT epoch FROM head)
                  AND seq > coalesce((SELECT seq FROM oldest), 0) AND seq <= (SELECT seq FROM head)
                ORDER BY kind, seq""", key.stream(), key.audience());
    }

    /** The heads that changed lately: a short answer, whatever the number of streams. */
    Future<RowSet<Row>> changed(double seconds) {
        return db.ask(
                "SELECT stream, audience, epoch, seq FROM stream_head WHERE changed_at > clock_timestamp() - $1 * interval '1 second'",
                seconds);
    }

    /** What is missing behind many heads, in one read. */
    Future<RowSet<Row>> after(Collection<Tail> tails) {
        List<Tail> list = List.copyOf(tails);
        return db.ask(
                """
                SELECT p.stream, p.audience, p.epoch, p.seq, p.at, p.patch AS text
                FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS mine (stream, audience, epoch, seq)
                JOIN stream_patch p USING (stream, audience, epoch)
                WHERE p.seq > mine.seq ORDER BY p.stream, p.audience, p.seq LIMIT 5000""",
                list.stream().map(t -> t.key.stream()).toArray(String[]::new),
                list.stream().map(t -> t.key.audience()).toArray(String[]::new),
                list.stream().map(t -> t.log.head().epoch()).toArray(String[]::new),
                list.stream().map(t -> t.log.head().seq()).toArray(Long[]::new));
    }
}

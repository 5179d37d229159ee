package vn.giaoban.live;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/** A server frame, encoded once for all its readers: as the text of a WebSocket frame and as a chunk of SSE. */
final class Frame {
    final Position position;
    final Buffer text;
    private final String type;
    private volatile Buffer sse;

    private Frame(String type, Position position, String json) {
        this.type = type;
        this.position = position;
        this.text = Buffer.buffer(json.getBytes(StandardCharsets.UTF_8));
    }

    int size() {
        return text.length();
    }

    Buffer sse() {
        var made = sse;
        if (made == null) {
            var chunk = Buffer.buffer(text.length() + 80);
            if (position != null && (type.equals("snapshot") || type.equals("patch")))
                chunk.appendString("id: " + position + "\n");
            chunk.appendString("event: " + type + "\ndata: ").appendBuffer(text).appendString("\n\n");
            sse = made = chunk;
        }
        return made;
    }

    static Frame snapshot(String stream, Position at, Instant now, Map<String, Object> view) {
        return new Frame(
                "snapshot",
                at,
                "{\"type\":\"snapshot\",\"stream\":" + Json.text(stream) + ",\"epoch\":\"" + at.epoch() + "\",\"seq\":"
                        + at.seq() + ",\"now\":\"" + Fields.text(now) + "\",\"view\":" + Json.text(view) + "}");
    }

    static Frame patch(String stream, Position at, Instant when, String patch) {
        return new Frame(
                "patch",
                at,
                "{\"type\":\"patch\",\"stream\":" + Json.text(stream) + ",\"epoch\":\"" + at.epoch() + "\",\"seq\":"
                        + at.seq() + ",\"at\":\"" + Fields.text(when) + "\",\"patch\":" + patch + "}");
    }

    static Frame head(String stream, Position at, Instant now) {
        return new Frame(
                "head",
                at,
                "{\"type\":\"head\",\"stream\":" + Json.text(stream) + ",\"epoch\":\"" + at.epoch() + "\",\"seq\":"
                        + at.seq() + ",\"now\":\"" + Fields.text(now) + "\"}");
    }

    static Frame status(String stream, boolean degraded) {
        return new Frame(
                "status",
                null,
                "{\"type\":\"status\",\"stream\":" + Json.text(stream) + ",\"degraded\":" + degraded + "}");
    }

    static Frame refused(String stream, int status, String title) {
        return new Frame(
                "refused",
                null,
                "{\"type\":\"refused\",\"stream\":" + Json.text(stream) + ",\"status\":" + status + ",\"title\":"
                        + Json.text(title) + "}");
    }

    static Frame bye(String stream, String reason, long retryAfterMs) {
        return new Frame(
                "bye",
                null,
                "{\"type\":\"bye\",\"stream\":" + Json.text(stream) + ",\"reason\":\"" + reason + "\",\"retryAfterMs\":"
                        + retryAfterMs + "}");
    }
}

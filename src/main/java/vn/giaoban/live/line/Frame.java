package vn.giaoban.live.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/**
 * A server frame, encoded once for all its readers: as a whole WebSocket frame, and as a whole HTTP chunk with one event
 * from the first reader of that kind on. Its bytes never change, so that any number of lines may hold on to them.
 */
public final class Frame {
    private static final byte[] LINE = {'\r', '\n'};

    private final Position position;
    private final String type;
    private final byte[] ws;
    private final int textAt;
    private volatile byte[] sse;

    private Frame(String type, Position position, String json) {
        this.type = type;
        this.position = position;
        var text = json.getBytes(StandardCharsets.UTF_8);
        this.textAt = text.length < 126 ? 2 : text.length < 65_536 ? 4 : 10;
        var framed = ByteBuffer.allocate(textAt + text.length).put((byte) 0x81); // the whole message, text
        switch (textAt) {
            case 2 -> framed.put((byte) text.length);
            case 4 -> framed.put((byte) 126).putShort((short) text.length);
            default -> framed.put((byte) 127).putLong(text.length);
        }
        this.ws = framed.put(text).array();
    }

    /** What a reader has come to when he has this frame; null where that does not change. */
    public Position position() {
        return position;
    }

    /** Bytes of the text alone. */
    public int size() {
        return ws.length - textAt;
    }

    /** As it goes over the wire. Shared: not to be written to. */
    byte[] bytes(Encoding encoding) {
        return encoding == Encoding.WS ? ws : chunk();
    }

    /** The text alone, a view for one use. */
    public ByteBuf text() {
        return Unpooled.wrappedBuffer(ws, textAt, size());
    }

    /** The event alone, without the chunk around it: a view for one use. */
    ByteBuf event() {
        var chunk = chunk();
        int at = 0;
        while (chunk[at++] != '\n') {}
        return Unpooled.wrappedBuffer(chunk, at, chunk.length - at - LINE.length);
    }

    private byte[] chunk() {
        var made = sse;
        if (made == null) {
            boolean counts = type.equals("snapshot") || type.equals("patch");
            var head = ((counts ? "id: " + position + "\n" : "") + "event: " + type + "\ndata: ")
                    .getBytes(StandardCharsets.US_ASCII);
            sse = made = chunk(head, ws, textAt, new byte[] {'\n', '\n'});
        }
        return made;
    }

    /** Plain text as one chunk of an HTTP/1.1 body. */
    static byte[] chunk(String text) {
        return chunk(text.getBytes(StandardCharsets.UTF_8), LINE, LINE.length, new byte[0]);
    }

    private static byte[] chunk(byte[] head, byte[] body, int from, byte[] tail) {
        int length = head.length + body.length - from + tail.length;
        var size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(size.length + length + LINE.length)
                .put(size)
                .put(head)
                .put(body, from, body.length - from)
                .put(tail)
                .put(LINE)
                .array();
    }

    public static Frame snapshot(String stream, Position at, Instant now, Map<String, Object> view) {
        return new Frame(
                "snapshot",
                at,
                numbered("snapshot", stream, at) + ",\"now\":\"" + Fields.text(now) + "\",\"view\":" + Json.text(view)
                        + "}");
    }

    public static Frame patch(String stream, Position at, Instant when, String patch) {
        return new Frame(
                "patch",
                at,
                numbered("patch", stream, at) + ",\"at\":\"" + Fields.text(when) + "\",\"patch\":" + patch + "}");
    }

    public static Frame head(String stream, Position at, Instant now) {
        return new Frame("head", at, numbered("head", stream, at) + ",\"now\":\"" + Fields.text(now) + "\"}");
    }

    public static Frame status(String stream, boolean degraded) {
        return new Frame("status", null, named("status", stream) + ",\"degraded\":" + degraded + "}");
    }

    public static Frame refused(String stream, int status, String title) {
        return new Frame(
                "refused",
                null,
                named("refused", stream) + ",\"status\":" + status + ",\"title\":" + Json.text(title) + "}");
    }

    public static Frame bye(String stream, String reason, long retryAfterMs) {
        return new Frame(
                "bye",
                null,
                named("bye", stream) + ",\"reason\":\"" + reason + "\",\"retryAfterMs\":" + retryAfterMs + "}");
    }

    private static String named(String type, String stream) {
        return "{\"type\":\"" + type + "\",\"stream\":" + Json.text(stream);
    }

    private static String numbered(String type, String stream, Position at) {
        return named(type, stream) + ",\"epoch\":\"" + at.epoch() + "\",\"seq\":" + at.seq();
    }
}

package vn.giaoban.bench.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import vn.giaoban.bench.client.ClientFrame;
import vn.giaoban.bench.client.Picture;
import vn.giaoban.bench.client.RawSocket;
import vn.giaoban.db.Json;

/** Readers who say that they come from the edges of a stream's numbers, or from none of them: each is current at once. */
final class ResumeEdges {
    /** What the first frame for the stream has to be. */
    private enum First {
        HEAD,
        PATCH,
        SNAPSHOT,
        PATCH_OR_SNAPSHOT
    }

    private final int port;
    private final String stream;
    private final Picture known;
    private final String epoch;
    private final Map<String, First> edges = new LinkedHashMap<>();

    /** The stream rests meanwhile. */
    ResumeEdges(int port, String stream) throws IOException {
        this.port = port;
        this.stream = stream;
        this.known = new Picture();
        try (var socket = new RawSocket("127.0.0.1", 0, port, "/live/" + stream)) {
            while (known.empty()) known.hear(Json.parse(socket.frame().text()));
        }
        var at = known.position();
        long head = known.seq();
        epoch = at.substring(0, at.lastIndexOf('.'));
        edges.put(at, First.HEAD);
        edges.put(of(head - 1), First.PATCH);
        edges.put(of(0), First.PATCH_OR_SNAPSHOT);
        edges.put(epoch + ".-0", First.PATCH_OR_SNAPSHOT);
        for (var beyond : List.of(
                head + 1, head + 2, (1L << 31) - 1, 1L << 31, 1L << 32, (1L << 53) - 1, 1L << 53, Long.MAX_VALUE))
            edges.put(of(beyond), First.SNAPSHOT);
        for (var other : List.of(
                epoch + ".-1",
                epoch + ".9223372036854775808",
                epoch + ".-9223372036854775808",
                epoch + ".1e3",
                epoch + ".0x1",
                epoch + ".%20" + head,
                epoch + "." + head + ".0",
                epoch + "x." + head,
                epoch.toUpperCase(java.util.Locale.ROOT) + "X." + head,
                "." + head,
                String.valueOf(head),
                epoch + ".",
                epoch,
                "...",
                "%F0%9F%A7%91",
                "%ED%A0%80",
                "a".repeat(3_000))) edges.put(other, First.SNAPSHOT);
    }

    private String of(long seq) {
        return epoch + "." + seq;
    }

    int many() {
        return 2 * edges.size();
    }

    /** By the handshake and by a `follow`: what was wrong. */
    List<String> failures() throws IOException {
        var failures = new ArrayList<String>();
        for (var edge : edges.entrySet()) {
            try (var socket = new RawSocket("127.0.0.1", 0, port, "/live/" + stream + "?after=" + edge.getKey())) {
                check(socket, "after=" + edge.getKey(), edge.getValue(), failures);
            }
            try (var socket = new RawSocket("127.0.0.1", 0, port, "/live/calendar")) {
                var after = java.net.URLDecoder.decode(edge.getKey(), java.nio.charset.StandardCharsets.ISO_8859_1);
                socket.send(ClientFrame.text(Json.text(Map.of("type", "follow", "stream", stream, "after", after)))
                        .bytes(new Random(1)));
                check(socket, "follow after " + edge.getKey(), edge.getValue(), failures);
            }
        }
        return failures;
    }

    private void check(RawSocket socket, String what, First first, List<String> failures) throws IOException {
        var picture = new Picture();
        String got = null;
        for (var frame = socket.frame(); frame != null; frame = socket.frame()) {
            if (frame.opcode() != ClientFrame.TEXT) continue;
            var json = Json.parse(frame.text());
            if (!stream.equals(json.get("stream"))) continue;
            if (got == null) got = (String) json.get("type");
            picture.hear(json);
            if (((Number) json.get("seq")).longValue() != known.seq()) continue;
            boolean right = switch (first) {
                case HEAD -> got.equals("head");
                case PATCH -> got.equals("patch");
                case SNAPSHOT -> got.equals("snapshot");
                case PATCH_OR_SNAPSHOT -> !got.equals("head");
            };
            if (!right) failures.add(what + " began with a " + got);
            else if (got.equals("snapshot") && !picture.text().equals(known.text()))
                failures.add(what + ": another picture");
            return;
        }
        failures.add(what + " ended before it was current");
    }
}

package vn.giaoban.bench.kill;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import vn.giaoban.bench.client.Picture;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/** One client with a few streams on one socket, who keeps the reader's whole rule and comes back to another node. */
final class Follower {
    private static final int HEAD_PATIENCE_MS = 2_000;
    private static final int FIRST_WAIT_MS = 1_000;
    private static final int LONGEST_WAIT_MS = 30_000;

    private final Vertx vertx;
    private final WebSocketClient client;
    private final Watch watch;
    private final List<Integer> ports;
    private final String token;
    private final String audience;
    private final Map<String, Picture> pictures = new LinkedHashMap<>();
    private final Map<String, Numbers> numbers = new HashMap<>();
    private final Set<String> heard = new HashSet<>();
    private final Map<String, Long> wanted = new HashMap<>();
    private final Map<String, Long> ahead = new HashMap<>();
    private WebSocket socket;
    private int port;
    private long killedAt;
    private long told;
    private int failures;
    private boolean stopped;

    /** {@code token}, {@code audience}: null for anybody from the public. */
    Follower(
            Vertx vertx,
            WebSocketClient client,
            Watch watch,
            List<Integer> ports,
            String token,
            String audience,
            List<String> streams) {
        this.vertx = vertx;
        this.client = client;
        this.watch = watch;
        this.ports = ports;
        this.token = token;
        this.audience = audience;
        for (var stream : streams) {
            pictures.put(stream, new Picture());
            numbers.put(stream, new Numbers());
        }
    }

    synchronized void connect(int to) {
        if (stopped) return;
        port = to;
        heard.clear();
        ahead.clear();
        told = 0;
        var first = pictures.entrySet().iterator().next();
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setTimeout(2_000)
                .setURI("/live/" + first.getKey() + "?audience=" + audience
                        + (first.getValue().empty()
                                ? ""
                                : "&after=" + first.getValue().position()));
        if (token != null) options.addHeader("Authorization", "Bearer " + token);
        var opening = client.webSocket();
        opening.textMessageHandler(text -> hear(opening, text));
        opening.closeHandler(v -> closed(opening));
        opening.connect(options).onFailure(e -> closed(opening)).onSuccess(v -> opened(opening));
        socket = opening;
    }

    private synchronized void opened(WebSocket opened) {
        if (opened != socket) return;
        pictures.forEach((stream, picture) -> wanted.put(stream, watch.newest(name(stream))));
        pictures.entrySet().stream().skip(1).forEach(entry -> {
            var follow =
                    Fields.of("type", "follow").and("stream", entry.getKey()).and("audience", audience);
            if (!entry.getValue().empty()) follow.and("after", entry.getValue().position());
            opened.writeTextMessage(Json.text(follow));
        });
    }

    private synchronized void closed(WebSocket closed) {
        if (closed != socket || stopped) return;
        socket = null;
        if (killedAt == 0) killedAt = watch.killedAt.getOrDefault(port, 0L);
        again();
    }

    /** As the web client does: any part of 1, 2, 4 … seconds, or what the server asked for; and elsewhere. */
    private void again() {
        watch.reconnects.incrementAndGet();
        long longest = Math.min(LONGEST_WAIT_MS, (long) FIRST_WAIT_MS << Math.min(failures++, 10));
        long wait = told > 0 ? told : 1 + ThreadLocalRandom.current().nextLong(longest);
        var others = ports.stream().filter(other -> other != port).toList();
        int next = others.get(ThreadLocalRandom.current().nextInt(others.size()));
        vertx.setTimer(wait, id -> connect(next));
    }

    private void drop() {
        var left = socket;
        if (left == null) return;
        socket = null;
        left.close();
        again();
    }

    private synchronized void hear(WebSocket from, String text) {
        if (from != socket || stopped) return;
        var frame = Json.parse(text);
        var stream = (String) frame.get("stream");
        var picture = pictures.get(stream);
        switch (picture.hear(frame)) {
            case REPLACED -> {
                watch.snapshots.incrementAndGet();
                check(stream, numbers.get(stream).replaced(picture.view()));
            }
            case FOLDED -> {
                watch.folded.incrementAndGet();
                check(stream, numbers.get(stream).folded(patch(frame)));
            }
            case OLDER -> watch.older.incrementAndGet();
            case MISSING -> {
                watch.gaps.incrementAndGet();
                drop();
                return;
            }
            case BEHIND -> patience(from, stream, ((Number) frame.get("seq")).longValue());
            case CURRENT -> {}
            case OTHER -> {
                other(frame);
                return;
            }
        }
        heard.add(stream);
        watch.saw(name(stream), picture.seq());
        failures = 0;
        if (killedAt > 0 && current()) {
            watch.currentAgain.add((System.nanoTime() - killedAt) / 1e6);
            killedAt = 0;
        }
    }

    private void other(Map<String, Object> frame) {
        switch ((String) frame.get("type")) {
            case "bye" -> told = ((Number) frame.get("retryAfterMs")).longValue();
            case "refused" -> {
                int status = ((Number) frame.get("status")).intValue();
                if (status != 503 && status != 429) watch.fault("refused: " + Json.text(frame));
                drop();
            }
            default -> {}
        }
    }

    /** A head may be ahead for a moment: the patch is on its way. For two seconds it is a loss. */
    private void patience(WebSocket from, String stream, long head) {
        if (ahead.put(stream, head) != null) return;
        vertx.setTimer(HEAD_PATIENCE_MS, id -> {
            synchronized (this) {
                if (from != socket || pictures.get(stream).seq() >= ahead.remove(stream)) return;
                watch.heads.incrementAndGet();
                drop();
            }
        });
    }

    /** Has an answer for each stream on this connection, and all that anybody had when it was opened. */
    private boolean current() {
        return heard.size() == pictures.size()
                && wanted.entrySet().stream()
                        .allMatch(entry -> pictures.get(entry.getKey()).seq() >= entry.getValue());
    }

    private void check(String stream, String wrong) {
        if (wrong != null) watch.fault(name(stream) + ": " + wrong);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> patch(Map<String, Object> frame) {
        return (Map<String, Object>) frame.get("patch");
    }

    private String name(String stream) {
        return stream + " " + audience;
    }

    synchronized int port() {
        return socket == null ? 0 : port;
    }

    String audience() {
        return audience;
    }

    synchronized boolean at(String stream, String position) {
        return pictures.get(stream).position().equals(position);
    }

    Set<String> streams() {
        return pictures.keySet();
    }

    synchronized String text(String stream) {
        return pictures.get(stream).text();
    }

    synchronized void stop() {
        stopped = true;
    }
}

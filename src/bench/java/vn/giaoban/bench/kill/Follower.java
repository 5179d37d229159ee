package vn.giaoban.bench.kill;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
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
    private final Map<String, Following> streams = new LinkedHashMap<>();
    private WebSocket socket;
    private int port;
    private long killedAt;
    private long told;
    private int failures;
    private boolean stopped;

    /** {@code token}: null for anybody from the public. */
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
        for (var stream : streams) this.streams.put(stream, new Following(stream + " " + audience, watch));
    }

    synchronized void connect(int to) {
        if (stopped) return;
        port = to;
        told = 0;
        var first = streams.entrySet().iterator().next();
        var after = first.getValue().after();
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setTimeout(2_000)
                .setURI("/live/" + first.getKey() + "?audience=" + audience + (after == null ? "" : "&after=" + after));
        if (token != null) options.addHeader("Authorization", "Bearer " + token);
        var opening = client.webSocket();
        opening.textMessageHandler(text -> hear(opening, text));
        opening.closeHandler(v -> closed(opening));
        streams.values().forEach(Following::begin);
        socket = opening;
        opening.connect(options).onFailure(e -> closed(opening)).onSuccess(v -> opened(opening));
    }

    private synchronized void opened(WebSocket opened) {
        if (opened != socket) return;
        streams.values().forEach(Following::opened);
        streams.entrySet().stream().skip(1).forEach(stream -> {
            var follow =
                    Fields.of("type", "follow").and("stream", stream.getKey()).and("audience", audience);
            if (stream.getValue().after() != null)
                follow.and("after", stream.getValue().after());
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
        var stream = streams.get((String) frame.get("stream"));
        switch (stream.hear(frame)) {
            case MISSING -> {
                drop();
                return;
            }
            case BEHIND -> patience(from, stream, ((Number) frame.get("seq")).longValue());
            case OTHER -> {
                other(frame);
                return;
            }
            default -> {}
        }
        failures = 0;
        if (killedAt > 0 && streams.values().stream().allMatch(Following::current)) {
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
    private void patience(WebSocket from, Following stream, long head) {
        if (!stream.behind(head)) return;
        vertx.setTimer(HEAD_PATIENCE_MS, id -> {
            synchronized (this) {
                if (from != socket || !stream.stillBehind()) return;
                watch.heads.incrementAndGet();
                drop();
            }
        });
    }

    /** The node that it is connected to; 0: none. */
    synchronized int port() {
        return socket == null ? 0 : port;
    }

    String audience() {
        return audience;
    }

    Set<String> streams() {
        return streams.keySet();
    }

    synchronized boolean at(String stream, String position) {
        return streams.get(stream).at(position);
    }

    synchronized String text(String stream) {
        return streams.get(stream).text();
    }

    synchronized void stop() {
        stopped = true;
    }
}

package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.fail;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import vn.giaoban.db.Json;
import vn.giaoban.live.Fold;

/** An open page: a WebSocket whose frames are folded by the reader's rule, and which waits for what it is to see. */
public final class Page implements WebSocket.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String first;
    private final Map<String, Map<String, Object>> views = new LinkedHashMap<>();
    private final Map<String, String> epochs = new LinkedHashMap<>();
    private final Map<String, Long> seqs = new LinkedHashMap<>();
    private final List<Map<String, Object>> frames = new ArrayList<>();
    private final StringBuilder bytes = new StringBuilder();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private int closeCode = -1;
    private int refusedStatus;
    private Throwable broken;

    Page(String base, String stream, String query, String cookie, String bearer) {
        this(base, stream, query, cookie, bearer, null);
    }

    /** {@code before}: the page whose picture this one goes on with, or null. */
    Page(String base, String stream, String query, String cookie, String bearer, Page before) {
        first = stream;
        if (before != null) {
            views.put(stream, before.view());
            epochs.put(stream, before.epochs.get(stream));
            seqs.put(stream, before.seq());
        }
        var builder = Someone.HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(5));
        if (cookie != null) builder.header("Cookie", cookie);
        if (bearer != null) builder.header("Authorization", "Bearer " + bearer);
        else builder.header("Origin", base);
        builder.subprotocols("giaoban.live.v1");
        try {
            socket = builder.buildAsync(URI.create(base.replace("http", "ws") + "/live/" + stream + query), this)
                    .get(15, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (!(e.getCause() instanceof java.net.http.WebSocketHandshakeException refused))
                throw new IllegalStateException(e);
            refusedStatus = refused.getResponse().statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public String stream() {
        return first;
    }

    /** The sub-protocol that was agreed on. */
    public String protocol() {
        return socket.getSubprotocol();
    }

    /** The HTTP status with which the handshake was refused; 0 where it was not. */
    public int refused() {
        return refusedStatus;
    }

    public void send(Map<String, ?> frame) {
        socket.sendText(Json.text(frame), true).join();
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            var text = partial.toString();
            partial.setLength(0);
            bytes.append(text).append('\n');
            take(Json.parse(text));
            notifyAll();
        }
        return null;
    }

    private void take(Map<String, Object> frame) {
        frames.add(frame);
        var stream = (String) frame.get("stream");
        switch ((String) frame.get("type")) {
            case "snapshot" -> {
                views.put(stream, map(frame.get("view")));
                epochs.put(stream, (String) frame.get("epoch"));
                seqs.put(stream, ((Number) frame.get("seq")).longValue());
            }
            case "patch" -> {
                long seq = ((Number) frame.get("seq")).longValue();
                if (!frame.get("epoch").equals(epochs.get(stream)) || seq <= seqs.get(stream)) return;
                if (seq != seqs.get(stream) + 1) throw new IllegalStateException("gap: " + seqs + " then " + frame);
                views.put(stream, Fold.apply(views.get(stream), map(frame.get("patch"))));
                seqs.put(stream, seq);
            }
            default -> {}
        }
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode = code;
        notifyAll();
        return null;
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
        if (closeCode < 0) closeCode = 1006;
        broken = error;
        notifyAll();
    }

    /** What stands at a path of the first stream's picture. */
    public synchronized Object at(String path) {
        return Reply.at(views.get(first), path);
    }

    public synchronized Map<String, Object> view() {
        return views.get(first);
    }

    public synchronized Map<String, Object> view(String stream) {
        return views.get(stream);
    }

    public synchronized String position() {
        return epochs.get(first) + "." + seqs.get(first);
    }

    public synchronized long seq() {
        return seqs.getOrDefault(first, -1L);
    }

    public synchronized List<Map<String, Object>> frames() {
        return List.copyOf(frames);
    }

    /** Every byte that ever came. */
    public synchronized String bytes() {
        return bytes.toString();
    }

    /** Waits until the path of the first stream's picture shows the value. */
    public Page sees(String path, Object value) {
        return until(
                path + " = " + value,
                page -> java.util.Objects.equals(String.valueOf(page.at(path)), String.valueOf(value)));
    }

    /** Frames of one type, in the order in which they came. */
    public List<Map<String, Object>> frames(String type) {
        return frames().stream().filter(f -> f.get("type").equals(type)).toList();
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    public Page seesFrame(String type) {
        return until(
                "frame " + type,
                page -> page.frames().stream().anyMatch(f -> f.get("type").equals(type)));
    }

    public synchronized boolean gone() {
        return closeCode >= 0;
    }

    public int closed() {
        until("close", page -> page.closeCode >= 0);
        return closeCode;
    }

    public synchronized Page until(String what, Predicate<Page> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(this)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0)
                fail("waited for " + what + " on " + first + "; shows " + Json.text(views)
                        + (closeCode >= 0 ? " closed " + closeCode + (broken == null ? "" : " by " + broken) : ""));
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return this;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** Cuts the line without a goodbye. */
    public void cut() {
        if (socket != null) socket.abort();
    }

    @Override
    public void close() {
        if (socket != null && !socket.isOutputClosed()) socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }
}

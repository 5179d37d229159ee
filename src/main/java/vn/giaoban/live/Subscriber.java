package vn.giaoban.live;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vn.giaoban.db.Json;

/** One connection and the streams it follows: client frames in, goodbyes out. Lives on its line's event loop. */
final class Subscriber {
    /** A line that is watched counts as lost after this; a page that thinks for a moment must not. */
    private static final long LOST_MS = 4_000;

    final Line line;
    /** A write may find its socket closed and empty this at once: walks go over a copy. */
    final Map<String, Reader> readers = new LinkedHashMap<>();

    private final LiveHub hub;
    private final Gate gate;
    private final Followers followers;
    private Gate.Visitor asker;
    private boolean closed;
    private boolean lost;
    private long minute;
    private int framesThisMinute;
    private long pingedAt;
    private long headAt;
    private long fullSince;

    Subscriber(LiveHub hub, Gate gate, Followers followers, Line line, Gate.Visitor asker) {
        this.hub = hub;
        this.gate = gate;
        this.followers = followers;
        this.line = line;
        this.asker = asker;
        this.headAt = this.pingedAt = hub.nowMs();
    }

    Gate.Visitor asker() {
        return asker;
    }

    void follow(String stream, Gate.Granted granted, Tail tail, String audience, Position after) {
        if (full(stream)) { // others were let in while this one was asked about
            refuseMore(stream);
            return;
        }
        var reader = new Reader(hub, line, stream, tail, audience, granted.watched());
        var before = readers.put(stream, reader);
        if (before != null) leave(before);
        if (reader.watched) followers.came(tail.key.stream(), line.id(), asker.person());
        reader.begin(after);
    }

    private void leave(Reader reader) {
        reader.end();
        if (reader.watched) followers.went(reader.tail.key.stream(), line.id(), asker.person());
    }

    /** The connection is gone, whoever ended it. */
    void end() {
        if (closed) return;
        closed = true;
        readers.values().forEach(this::leave);
        readers.clear();
    }

    void bye(int code, String reason, long retryAfterMs) {
        if (closed) return;
        // A goodbye is for the connection; it stands under the name of each stream, so that no client misses it.
        if (!line.full())
            for (var stream : List.copyOf(readers.keySet())) line.send(Frame.bye(stream, reason, retryAfterMs));
        line.close(code, reason, retryAfterMs);
        end();
    }

    void drained() {
        fullSince = 0;
        for (var reader : List.copyOf(readers.values())) reader.pump();
    }

    void said(String text) {
        if (closed) return;
        long now = hub.nowMs() / 60_000;
        if (now != minute) {
            minute = now;
            framesThisMinute = 0;
        }
        if (++framesThisMinute > hub.limits.maxFramesPerMinute()) {
            bye(4429, "slow", 30_000);
            return;
        }
        try {
            var frame = Json.read(text.getBytes(StandardCharsets.UTF_8));
            switch (said(frame, "type")) {
                case "follow" ->
                    follow(said(frame, "stream"), (String) frame.get("audience"), (String) frame.get("after"));
                case "unfollow" -> unfollow(said(frame, "stream"));
                case "renew" -> renew(said(frame, "token"));
                default -> badFrame();
            }
        } catch (Json.Malformed | ClassCastException | NullPointerException e) {
            badFrame();
        }
    }

    private static String said(Map<String, Object> frame, String name) {
        return Objects.requireNonNull((String) frame.get(name));
    }

    private void badFrame() {
        line.close(4400, "bad frame", 0);
        end();
    }

    private void follow(String stream, String audience, String after) {
        if (!LiveRoutes.named(stream)) {
            badFrame();
            return;
        }
        if (full(stream)) refuseMore(stream);
        else admit(stream, audience, Position.of(after));
    }

    private boolean full(String stream) {
        return readers.size() >= hub.limits.maxStreamsPerSocket() && !readers.containsKey(stream);
    }

    private void refuseMore(String stream) {
        line.send(Frame.refused(stream, 429, "Too many streams"));
    }

    private void admit(String stream, String audience, Position after) {
        gate.admit(asker, stream, audience)
                .compose(answer -> switch (answer) {
                    case Gate.Refused refused ->
                        Future.<Runnable>succeededFuture(() -> refuse(stream, refused.status()));
                    case Gate.Granted granted ->
                        hub.open(granted)
                                .<Runnable>map(tail -> tail == null
                                        ? () -> refuse(stream, 404)
                                        : () -> follow(stream, granted, tail, audience, after));
                })
                .onComplete(done -> line.context().runOnContext(v -> {
                    if (closed) return;
                    if (done.succeeded()) done.result().run();
                    else line.send(Frame.refused(stream, 503, "Unavailable"));
                }));
    }

    private void refuse(String stream, int status) {
        unfollow(stream);
        line.send(Frame.refused(stream, status, status == 403 ? "Forbidden" : "Not found"));
    }

    private void unfollow(String stream) {
        var reader = readers.remove(stream);
        if (reader != null) leave(reader);
    }

    private void renew(String token) {
        gate.renew(asker, token)
                .onComplete(done -> line.context().runOnContext(v -> {
                    if (closed) return;
                    if (done.succeeded() && done.result() != null) asker = done.result();
                    else bye(4401, "expired", 0);
                }));
    }

    /** Rights may have changed: every stream is asked for again, and narrowed or refused where they no longer reach. */
    void admitAgain(Gate.Visitor now) {
        asker = now;
        for (var reader : List.copyOf(readers.values()))
            gate.admit(asker, reader.stream, reader.audience)
                    .onComplete(done -> line.context().runOnContext(v -> {
                        if (closed || done.failed() || readers.get(reader.stream) != reader) return;
                        if (done.result() instanceof Gate.Granted granted
                                && granted.key().equals(reader.tail.key)) return;
                        if (reader.hidden()) gone(reader);
                        else if (done.result() instanceof Gate.Granted) admit(reader.stream, reader.audience, null);
                        else if (readers.size() == 1) bye(4403, "revoked", 0);
                        else refuse(reader.stream, ((Gate.Refused) done.result()).status());
                    }));
    }

    /** Once a second: pings, numbers, and lines that are gone, too slow, or no longer allowed. */
    void tick(long now) {
        boolean watched = readers.values().stream().anyMatch(reader -> reader.watched);
        if (asker.expiresAt() != null && hub.now().isAfter(asker.expiresAt().plus(Duration.ofSeconds(30)))) {
            bye(4401, "expired", 0);
            return;
        }
        for (var reader : List.copyOf(readers.values())) if (reader.hidden()) gone(reader);
        if (closed) return;
        long every = watched ? hub.limits.sitePingMs() : hub.limits.viewerPingMs();
        if (now - pingedAt >= every) {
            pingedAt = now;
            line.ping();
        }
        long silent = now - line.heardAt();
        if (watched && silent > LOST_MS != lost) {
            lost = !lost;
            for (var reader : List.copyOf(readers.values()))
                if (reader.watched && lost) followers.went(reader.tail.key.stream(), line.id(), asker.person());
                else if (reader.watched) followers.came(reader.tail.key.stream(), line.id(), asker.person());
        }
        if (silent > 2L * hub.limits.viewerPingMs() + 1_000) {
            bye(1001, "slow", 1_000);
            return;
        }
        if (line.full()) {
            if (fullSince == 0) fullSince = now;
            if (now - fullSince > hub.limits.unwritableMs()) bye(4408, "slow", 1_000);
            return;
        }
        fullSince = 0;
        if (now - headAt >= hub.limits.headFrameMs() - 1_000) {
            headAt = now;
            for (var reader : List.copyOf(readers.values()))
                line.send(Frame.head(reader.tail.label, reader.tail.head, hub.now()));
        }
        for (var reader : List.copyOf(readers.values())) reader.pump();
    }

    private void gone(Reader reader) {
        line.send(Frame.bye(reader.stream, "gone", 0));
        unfollow(reader.stream);
        if (readers.isEmpty()) line.close(4404, "gone", 0);
    }

    void degraded(boolean degraded) {
        if (!line.full()) for (var stream : List.copyOf(readers.keySet())) line.send(Frame.status(stream, degraded));
    }
}

package vn.giaoban.live;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vn.giaoban.db.Json;
import vn.giaoban.live.line.Frame;
import vn.giaoban.live.line.Line;
import vn.giaoban.live.line.Position;

/** One connection and the streams it follows: client frames in, goodbyes out. Lives on its line's event loop. */
final class Subscriber implements Line.Listener {
    /** A line that is watched counts as lost after this; a page that thinks for a moment must not. */
    private static final long LOST_MS = 4_000;
    /** What a program gets to renew its token in, after it has ended. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    final Line line;
    int slot; // in its loop
    private final LiveHub hub;
    private final Gate gate;
    private final Followers followers;
    private final Loop loop;
    private final Places.Place place;
    /** Mostly one. A write may find its socket closed and empty this at once: walks go from the end. */
    private final List<Reader> readers = new ArrayList<>(1);

    private Gate.Visitor asker;
    private boolean left;
    private boolean gone;
    private boolean lost;
    private long minute;
    private int framesThisMinute;
    private long pingedAt;
    private long headAt;
    private long fullSince;

    Subscriber(
            LiveHub hub, Gate gate, Followers followers, Loop loop, Line line, Places.Place place, Gate.Visitor asker) {
        this.hub = hub;
        this.gate = gate;
        this.followers = followers;
        this.loop = loop;
        this.line = line;
        this.place = place;
        this.asker = asker;
        this.headAt = this.pingedAt = hub.nowMs();
        loop.add(this);
    }

    Gate.Visitor asker() {
        return asker;
    }

    void follow(String stream, Gate.Granted granted, Tail tail, String audience, Position after) {
        if (full(stream)) { // others were let in while this one was asked about
            refuseMore(stream);
            return;
        }
        var reader = new Reader(hub, loop, line, stream, tail, audience, granted.watched());
        unfollow(stream);
        readers.add(reader);
        if (reader.watched) followers.came(tail.key.stream(), line.id(), asker.person());
        reader.begin(after);
    }

    private Reader reader(String stream) {
        for (int i = 0; i < readers.size(); i++) if (readers.get(i).stream.equals(stream)) return readers.get(i);
        return null;
    }

    private void unfollow(String stream) {
        var reader = reader(stream);
        if (reader != null && readers.remove(reader)) end(reader);
    }

    private void end(Reader reader) {
        reader.end();
        if (reader.watched) followers.went(reader.tail.key.stream(), line.id(), asker.person());
    }

    /** Follows nothing any more, whatever its socket still does. */
    private void leave() {
        left = true;
        readers.forEach(this::end);
        readers.clear();
    }

    @Override
    public void closed() {
        if (gone) return;
        gone = true;
        slow(0);
        leave();
        loop.remove(this);
        place.free();
    }

    void bye(int code, String reason, long retryAfterMs) {
        if (left) return;
        // A goodbye is for the connection; it stands under the name of each stream, so that no client misses it.
        for (var reader : List.copyOf(readers)) line.send(Frame.bye(reader.stream, reason, retryAfterMs));
        line.close(code, reason, retryAfterMs);
        leave();
    }

    @Override
    public void drained() {
        slow(0);
        pump();
    }

    private void pump() {
        for (int i = readers.size() - 1; i >= 0 && i < readers.size(); i--) {
            int sent = readers.get(i).pump();
            if (sent > 0) hub.meters.delivered(line.encoding(), sent);
        }
    }

    @Override
    public void said(String text) {
        if (left) return;
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
        leave();
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
        return readers.size() >= hub.limits.maxStreamsPerSocket() && reader(stream) == null;
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
                .onComplete(done -> loop.execute(() -> {
                    if (left) return;
                    if (done.succeeded()) done.result().run();
                    else line.send(Frame.refused(stream, 503, "Unavailable"));
                }));
    }

    private void refuse(String stream, int status) {
        unfollow(stream);
        line.send(Frame.refused(stream, status, status == 403 ? "Forbidden" : "Not found"));
    }

    private void renew(String token) {
        gate.renew(asker, token)
                .onComplete(done -> loop.execute(() -> {
                    if (left) return;
                    if (done.succeeded() && done.result() != null) asker = done.result();
                    else bye(4401, "expired", 0);
                }));
    }

    /** Rights may have changed: every stream is asked for again, and narrowed or refused where they no longer reach. */
    void admitAgain(Gate.Visitor now) {
        asker = now;
        for (var reader : List.copyOf(readers))
            gate.admit(asker, reader.stream, reader.audience)
                    .onSuccess(answer -> loop.execute(() -> {
                        if (left || !readers.contains(reader)) return;
                        if (answer instanceof Gate.Granted granted
                                && granted.key().equals(reader.tail.key)) return;
                        if (reader.hidden()) gone(reader);
                        else if (answer instanceof Gate.Granted) admit(reader.stream, reader.audience, null);
                        else if (readers.size() == 1) bye(4403, "revoked", 0);
                        else refuse(reader.stream, ((Gate.Refused) answer).status());
                    }));
    }

    /** Twice a second: pings, numbers, and lines that are gone, too slow, or no longer allowed. */
    void tick(long now) {
        if (left) return;
        boolean watched = false;
        for (int i = readers.size() - 1; i >= 0 && i < readers.size(); i--) {
            var reader = readers.get(i);
            watched |= reader.watched;
            if (reader.hidden()) gone(reader);
        }
        if (left) return;
        if (asker.expiresAt() != null && hub.now().isAfter(asker.expiresAt().plus(GRACE))) bye(4401, "expired", 0);
        else alive(now, watched);
    }

    private void alive(long now, boolean watched) {
        long every = watched ? hub.limits.sitePingMs() : hub.limits.viewerPingMs();
        if (now - pingedAt >= every) {
            pingedAt = now;
            line.ping();
        }
        long silent = now - line.heardAt();
        if (watched && silent > LOST_MS != lost) lost(!lost);
        if (silent > 2L * hub.limits.viewerPingMs() + 1_000) bye(1001, "slow", 1_000);
        else if (line.full()) unwritable(now);
        else {
            slow(0);
            if (now - headAt >= hub.limits.headFrameMs() - 1_000) heads(now);
            pump();
        }
    }

    private void lost(boolean now) {
        lost = now;
        for (var reader : List.copyOf(readers))
            if (reader.watched && lost) followers.went(reader.tail.key.stream(), line.id(), asker.person());
            else if (reader.watched) followers.came(reader.tail.key.stream(), line.id(), asker.person());
    }

    private void unwritable(long now) {
        if (fullSince == 0) slow(now);
        if (now - fullSince <= hub.limits.unwritableMs()) return;
        hub.meters.closedSlow();
        bye(4408, "slow", 1_000);
    }

    /** Since when the line takes nothing; 0: it does. */
    private void slow(long since) {
        if ((fullSince > 0) != (since > 0)) hub.meters.slow(since > 0);
        fullSince = since;
    }

    private void heads(long now) {
        headAt = now;
        for (int i = readers.size() - 1; i >= 0 && i < readers.size(); i--)
            line.send(readers.get(i).tail.head(now, hub.now()));
    }

    private void gone(Reader reader) {
        line.send(Frame.bye(reader.stream, "gone", 0));
        unfollow(reader.stream);
        if (!readers.isEmpty()) return;
        line.close(4404, "gone", 0);
        left = true;
    }

    void degraded(boolean degraded) {
        if (!line.full()) for (var reader : List.copyOf(readers)) line.send(Frame.status(reader.stream, degraded));
    }
}

package vn.giaoban.live;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.conf.Settings;
import vn.giaoban.http.Api;
import vn.giaoban.http.Origins;
import vn.giaoban.http.Problem;
import vn.giaoban.http.Refusal;
import vn.giaoban.live.line.Line;
import vn.giaoban.live.line.Position;
import vn.giaoban.live.line.SseLine;
import vn.giaoban.live.line.Takeover;

/** `GET /live/{stream}`: one resource, read by WebSocket, by SSE, or once as JSON. */
public final class LiveRoutes {
    private static final Logger log = LoggerFactory.getLogger(LiveRoutes.class);
    static final String PROTOCOL = "giaoban.live.v1";
    private static final Pattern NAME = Pattern.compile("[a-z]{1,20}(/[A-Za-z0-9-]{1,64})?");
    private static final long HEARD_MS = 1_000;

    private final Vertx vertx;
    private final LiveHub hub;
    private final Gate gate;
    private final Followers followers;
    private final Origins origins;
    private final String cookieName;
    private final String node;
    private final boolean natively;
    private final Loops loops;
    private final Places places;
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean draining;

    public LiveRoutes(
            Vertx vertx, LiveHub hub, Gate gate, Followers followers, Origins origins, String cookieName, String node) {
        this.vertx = vertx;
        this.hub = hub;
        this.gate = gate;
        this.followers = followers;
        this.origins = origins;
        this.cookieName = cookieName;
        this.node = node;
        this.natively = hub.limits.path() == Settings.LivePath.NATIVE && vertx.isNativeTransportEnabled();
        log.info(
                "live streams leave {}",
                natively ? "by the kernel's own call (epoll), encrypted ones by Netty" : "by Netty (plain)");
        this.loops = new Loops(vertx, hub);
        this.places = new Places(hub.limits);
        vertx.setPeriodic(hub.limits.recheckMs(), id -> recheck());
        hub.meters.shows("sockets", "Sockets open", places::taken);
    }

    static boolean named(String stream) {
        return stream != null && NAME.matcher(stream).matches();
    }

    public int sockets() {
        return places.taken();
    }

    public void mount(Router router) {
        router.get("/live/*").handler(this::serve);
    }

    /** One request for a stream, on its event loop, and what is known of it by and by. */
    private record Visit(
            RoutingContext rc,
            Loop loop,
            String stream,
            String audience,
            Position after,
            Gate.Visitor asker,
            Gate.Granted granted,
            Tail tail) {
        Visit of(Gate.Visitor who) {
            return new Visit(rc, loop, stream, audience, after, who, null, null);
        }

        Visit to(Gate.Granted picture, Tail in) {
            return new Visit(rc, loop, stream, audience, after, asker, picture, in);
        }
    }

    private void serve(RoutingContext rc) {
        var request = rc.request();
        var stream = rc.normalizedPath().substring("/live/".length());
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        boolean events = String.valueOf(request.getHeader("Accept")).contains("text/event-stream");
        var origin = Origins.of(request);
        boolean cookie = request.getCookie(cookieName) != null;
        if (!named(stream)) refuse(rc, status(404));
        else if ((origin != null || cookie && upgrade) && !origins.allowed(origin, String.valueOf(request.authority())))
            refuse(rc, status(403));
        else if (upgrade && !Takeover.proper(request)) refuse(rc, new Refusal(400, "handshake", Map.of()));
        else if (draining || (upgrade || events) && !admitted()) refuse(rc, busy());
        else {
            var after = Position.of(
                    events && request.getHeader("Last-Event-ID") != null
                            ? request.getHeader("Last-Event-ID")
                            : request.getParam("after"));
            var visit = new Visit(rc, loops.here(), stream, request.getParam("audience"), after, null, null, null);
            Function<Visit, Future<Void>> answer = upgrade ? this::socket : events ? this::events : this::once;
            request.pause(); // what the client sends meanwhile waits for its reader
            enter(visit).compose(answer).onFailure(failure -> {
                request.resume();
                refuse(rc, failure instanceof Refusal refusal ? refusal : status(503));
            });
        }
    }

    private boolean admitted() {
        boolean admitted = places.admits();
        hub.meters.handshake(admitted);
        return admitted;
    }

    /** Who it is, which picture is his, and where that stands. */
    private Future<Visit> enter(Visit visit) {
        return gate.who(visit.rc.request())
                .compose(asker -> asker == null
                        ? Future.failedFuture(new Refusal(401, "sign-in", Map.of()))
                        : gate.admit(asker, visit.stream, visit.audience).compose(answer -> switch (answer) {
                            case Gate.Refused refused -> Future.failedFuture(status(refused.status()));
                            case Gate.Granted granted ->
                                hub.open(granted)
                                        .compose(tail -> tail == null
                                                ? Future.failedFuture(status(404))
                                                : Future.succeededFuture(
                                                        visit.of(asker).to(granted, tail)));
                        }));
    }

    private Future<Void> socket(Visit visit) {
        return placed(visit, place -> {
            var request = visit.rc.request();
            var channel = channel(visit.rc);
            var line =
                    Takeover.webSocket(request, channel, natively, visit.loop.context, visit.loop.ws, name(), PROTOCOL);
            line.listener(begin(visit, line, place));
            return Future.succeededFuture();
        });
    }

    private Future<Void> events(Visit visit) {
        return placed(visit, place -> {
            var request = visit.rc.request();
            var channel = channel(visit.rc);
            var response = visit.rc.response();
            response.putHeader("Content-Type", "text/event-stream; charset=utf-8")
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("X-Accel-Buffering", "no");
            if (Takeover.possible(request)) {
                var line = Takeover.events(
                        channel, natively, visit.loop.context, visit.loop.sse, name(), response.headers());
                line.listener(begin(visit, line, place));
                return Future.succeededFuture();
            }
            // Uncompressed on purpose: a deflater for each reader would cost more than the text.
            response.setChunked(true).putHeader("Content-Encoding", "identity");
            request.resume();
            var line = new SseLine(response, channel, visit.loop.context, hub.limits.maxBufferedBytes(), name());
            line.listener(begin(visit, line, place));
            return Future.succeededFuture();
        });
    }

    private Future<Void> once(Visit visit) {
        visit.rc.request().resume();
        return hub.newest(visit.tail).map(frame -> {
            var etag = "\"" + frame.position() + "\"";
            var open = visit.granted.key().audience().equals("public");
            var response = visit.rc
                    .response()
                    .putHeader("ETag", etag)
                    .putHeader("Content-Type", "application/json; charset=utf-8")
                    .putHeader("Vary", "Accept, Authorization, Cookie")
                    .putHeader("Cache-Control", open ? "public, max-age=1" : "no-store");
            if (etag.equals(visit.rc.request().getHeader("If-None-Match")))
                response.setStatusCode(304).end();
            else response.end(BufferInternal.buffer(frame.text()));
            return null;
        });
    }

    /** With a place under the limits, on the event loop where the line will live; the place is free again if it fails. */
    private Future<Void> placed(Visit visit, Function<Places.Place, Future<Void>> answer) {
        var asker = visit.asker;
        var place = places.take(origins.address(visit.rc.request()), asker.anonymous() ? null : asker.person());
        if (place == null) return Future.failedFuture(status(429));
        var done = Promise.<Void>promise();
        visit.loop.execute(() -> {
            try {
                answer.apply(place).onComplete(done);
            } catch (RuntimeException e) {
                done.fail(e);
            }
        });
        return done.future().onFailure(e -> place.free());
    }

    /** The line's listener is there before anything is heard: this runs in the task that opened the line. */
    private Subscriber begin(Visit visit, Line line, Places.Place place) {
        var subscriber = new Subscriber(hub, gate, followers, visit.loop, line, place, visit.asker);
        visit.loop.execute(() -> {
            subscriber.follow(visit.stream, visit.granted, visit.tail, visit.audience, visit.after);
            if (hub.degraded()) subscriber.degraded(true);
            if (draining) goodbye(subscriber); // was at the door when it closed
        });
        return subscriber;
    }

    private static Channel channel(RoutingContext rc) {
        return ((HttpServerConnection) rc.request().connection())
                .channelHandlerContext()
                .channel();
    }

    private String name() {
        return node + "-" + made.incrementAndGet();
    }

    /**
     * Sessions end and rights change while sockets stay open: within one round they follow, with or without a bus.
     * Everybody is asked about again, since a right may hang on the thing (an invitation, an office), not the person.
     */
    private void recheck() {
        for (var loop : loops.all()) loop.execute(() -> recheck(loop));
    }

    private void recheck(Loop loop) {
        var askers = new HashMap<String, Gate.Visitor>();
        for (var subscriber : loop.subscribers())
            if (!subscriber.asker().anonymous()) askers.put(subscriber.asker().session(), subscriber.asker());
        if (askers.isEmpty()) return;
        gate.recheck(new ArrayList<>(askers.values()))
                .onSuccess(checked -> loop.each(subscriber -> {
                    var session = subscriber.asker().session();
                    if (session == null) return;
                    if (checked.ended().contains(session)) subscriber.bye(4401, "revoked", 0);
                    else subscriber.admitAgain(checked.changed().getOrDefault(session, subscriber.asker()));
                }));
    }

    /** From now on nobody new is let in: who asks is told to come back. */
    public void close() {
        draining = true;
    }

    /**
     * Says goodbye to everybody, each with its own delay, so that they do not all come back in one moment. Done when
     * all have heard it and hung up, or have had their time for that.
     */
    public Future<Void> drain() {
        close();
        loops.each(this::goodbye);
        var done = Promise.<Void>promise();
        heard(hub.nowMs() + HEARD_MS, done);
        return done.future();
    }

    /**
     * Looks again and again, each time by a timer of its own: a repeated one that goes off on its loop before the thread
     * that set it has stored its handle cannot be cancelled, which Vert.x tells by a NullPointerException.
     */
    private void heard(long until, Promise<Void> done) {
        if (places.taken() == 0 || hub.nowMs() >= until) done.complete();
        else vertx.setTimer(10, id -> heard(until, done));
    }

    private void goodbye(Subscriber subscriber) {
        long delay = ThreadLocalRandom.current().nextLong(Math.max(1, hub.limits.drainMs()));
        subscriber.bye(1001, "drain", 200 + delay);
    }

    private static void refuse(RoutingContext rc, Refusal refusal) {
        Api.send(rc, Problem.of(refusal, Api.words(rc)));
    }

    private Refusal busy() {
        return new Refusal(503, "busy", Map.of()).retryAfter(places.turn());
    }

    private static Refusal status(int status) {
        return switch (status) {
            case 403 -> Refusal.forbidden();
            case 429 -> new Refusal(429, "too-many", Map.of());
            case 503 -> new Refusal(503, "unavailable", Map.of());
            default -> Refusal.notFound();
        };
    }
}

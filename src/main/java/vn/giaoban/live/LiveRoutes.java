package vn.giaoban.live;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.http.Api;
import vn.giaoban.http.Origins;
import vn.giaoban.http.Problem;
import vn.giaoban.http.Refusal;

/** `GET /live/{stream}`: one resource, read by WebSocket, by SSE, or once as JSON. */
public final class LiveRoutes {
    private static final Logger log = LoggerFactory.getLogger(LiveRoutes.class);
    private static final Pattern NAME = Pattern.compile("[a-z]{1,20}(/[A-Za-z0-9-]{1,64})?");

    private final Vertx vertx;
    private final LiveHub hub;
    private final Gate gate;
    private final Followers followers;
    private final Origins origins;
    private final String cookieName;
    private final String node;
    private final Map<Context, Set<Subscriber>> loops = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> perPerson = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> perAddress = new ConcurrentHashMap<>();
    private final AtomicInteger sockets = new AtomicInteger();
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
        hub.onDegraded(degraded -> each(subscriber -> subscriber.degraded(degraded)));
        vertx.setPeriodic(1_000, id -> {
            long now = hub.nowMs();
            each(subscriber -> subscriber.tick(now));
        });
        vertx.setPeriodic(hub.limits.recheckMs(), id -> recheck());
    }

    static boolean named(String stream) {
        return stream != null && NAME.matcher(stream).matches();
    }

    public int sockets() {
        return sockets.get();
    }

    public void mount(Router router) {
        router.get("/live/*").handler(this::serve);
    }

    private void serve(RoutingContext rc) {
        var request = rc.request();
        rc.put("loop", loop());
        var stream = rc.normalizedPath().substring("/live/".length());
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        boolean events = String.valueOf(request.getHeader("Accept")).contains("text/event-stream");
        var origin = Origins.of(request);
        boolean cookie = request.getCookie(cookieName) != null;
        if (!named(stream)) refuse(rc, 404);
        else if ((origin != null || cookie && upgrade) && !origins.allowed(origin, String.valueOf(request.authority())))
            refuse(rc, 403);
        else if (draining) refuse(rc, 503);
        else {
            var audience = request.getParam("audience");
            var after = Position.of(
                    events && request.getHeader("Last-Event-ID") != null
                            ? request.getHeader("Last-Event-ID")
                            : request.getParam("after"));
            request.pause(); // what the client sends meanwhile waits for its reader
            gate.who(request)
                    .compose(asker -> asker == null
                            ? Future.failedFuture(new Refusal(401, "sign-in", Map.of()))
                            : gate.admit(asker, stream, audience).compose(answer -> switch (answer) {
                                case Gate.Refused refused -> Future.failedFuture(status(refused.status()));
                                case Gate.Granted granted ->
                                    hub.open(granted).compose(tail -> {
                                        if (tail == null) return Future.failedFuture(status(404));
                                        if (upgrade) return socket(rc, asker, granted, stream, tail, audience, after);
                                        request.resume();
                                        return events
                                                ? events(rc, asker, granted, stream, tail, audience, after)
                                                : once(rc, granted, tail);
                                    });
                            }))
                    .onFailure(failure -> {
                        request.resume();
                        if (failure instanceof Refusal refusal) Api.send(rc, Problem.of(refusal, Api.words(rc)));
                        else refuse(rc, 503);
                    });
        }
    }

    private Future<Void> socket(
            RoutingContext rc,
            Gate.Visitor asker,
            Gate.Granted granted,
            String stream,
            Tail tail,
            String audience,
            Position after) {
        var place = take(asker, rc.request());
        if (place == null) return Future.failedFuture(status(429));
        return onLoop(
                rc,
                () -> rc.request().toWebSocket().onFailure(e -> place.run()).map(socket -> {
                    var line = new WsLine(socket, channel(rc), rc.get("loop"), hub.limits.maxBufferedBytes(), name());
                    var subscriber = begin(line, asker);
                    socket.textMessageHandler(text -> {
                        line.heard();
                        subscriber.said(text);
                    });
                    socket.binaryMessageHandler(bytes -> line.close(4400, "text only", 0));
                    socket.drainHandler(v -> subscriber.drained());
                    socket.exceptionHandler(e -> {});
                    socket.closeHandler(v -> end(line, subscriber, place));
                    subscriber.follow(stream, granted, tail, audience, after);
                    return null;
                }));
    }

    private Future<Void> events(
            RoutingContext rc,
            Gate.Visitor asker,
            Gate.Granted granted,
            String stream,
            Tail tail,
            String audience,
            Position after) {
        var place = take(asker, rc.request());
        if (place == null) return Future.failedFuture(status(429));
        return onLoop(rc, () -> {
            var response = rc.response()
                    .setChunked(true)
                    .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                    // Uncompressed on purpose: a deflater for each reader would cost more than the text.
                    .putHeader("Content-Encoding", "identity")
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("X-Accel-Buffering", "no");
            var line = new SseLine(response, channel(rc), rc.get("loop"), hub.limits.maxBufferedBytes(), name());
            var subscriber = begin(line, asker);
            response.drainHandler(v -> subscriber.drained());
            response.exceptionHandler(e -> {});
            response.closeHandler(v -> end(line, subscriber, place));
            subscriber.follow(stream, granted, tail, audience, after);
            return Future.succeededFuture();
        });
    }

    private Future<Void> once(RoutingContext rc, Gate.Granted granted, Tail tail) {
        return hub.newest(tail).map(frame -> {
            var etag = "\"" + frame.position + "\"";
            var response = rc.response()
                    .putHeader("ETag", etag)
                    .putHeader("Content-Type", "application/json; charset=utf-8")
                    .putHeader("Vary", "Accept, Authorization, Cookie")
                    .putHeader(
                            "Cache-Control",
                            granted.key().audience().equals("public") ? "public, max-age=1" : "no-store");
            if (etag.equals(rc.request().getHeader("If-None-Match")))
                response.setStatusCode(304).end();
            else response.end(frame.text);
            return null;
        });
    }

    /** Continues on the request's own event loop, where its line will live. */
    private Future<Void> onLoop(RoutingContext rc, java.util.function.Supplier<Future<Void>> body) {
        Context context = rc.get("loop");
        var done = Promise.<Void>promise();
        context.runOnContext(v -> body.get().onComplete(done));
        return done.future();
    }

    /** The event loop's own context: each request runs on a copy of it, which would be a loop of its own here. */
    private Context loop() {
        return ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    }

    private static Channel channel(RoutingContext rc) {
        return ((HttpServerConnection) rc.request().connection())
                .channelHandlerContext()
                .channel();
    }

    private String name() {
        return node + "-" + made.incrementAndGet();
    }

    private Subscriber begin(Line line, Gate.Visitor asker) {
        var subscriber = new Subscriber(hub, gate, followers, line, asker);
        loops.computeIfAbsent(line.context(), c -> new HashSet<>()).add(subscriber);
        if (hub.degraded()) line.context().runOnContext(v -> subscriber.degraded(true));
        if (draining) line.context().runOnContext(v -> goodbye(subscriber)); // was at the door when it closed
        return subscriber;
    }

    private void end(Line line, Subscriber subscriber, Runnable place) {
        loops.get(line.context()).remove(subscriber);
        subscriber.end();
        place.run();
    }

    /** A place under the limits; what it returns gives the place back. Null: none left. */
    private Runnable take(Gate.Visitor asker, HttpServerRequest request) {
        var address = origins.address(request);
        if (sockets.incrementAndGet() > hub.limits.maxSockets()) {
            sockets.decrementAndGet();
            return null;
        }
        if (!take(perAddress, address, hub.limits.maxSocketsPerAddress())) {
            sockets.decrementAndGet();
            return null;
        }
        var person = asker.anonymous() ? null : asker.person();
        if (person != null && !take(perPerson, person, hub.limits.maxSocketsPerPerson())) {
            sockets.decrementAndGet();
            give(perAddress, address);
            return null;
        }
        return () -> {
            sockets.decrementAndGet();
            give(perAddress, address);
            if (person != null) give(perPerson, person);
        };
    }

    private static boolean take(Map<String, AtomicInteger> counts, String name, int most) {
        var taken = new boolean[1];
        counts.compute(name, (n, count) -> {
            var mine = count == null ? new AtomicInteger() : count;
            if (mine.get() < most) {
                mine.incrementAndGet();
                taken[0] = true;
            }
            return mine;
        });
        return taken[0];
    }

    private static void give(Map<String, AtomicInteger> counts, String name) {
        counts.computeIfPresent(name, (n, count) -> count.decrementAndGet() <= 0 ? null : count);
    }

    /** On each event loop, its own subscribers. */
    private void each(java.util.function.Consumer<Subscriber> action) {
        loops.forEach((context, set) -> context.runOnContext(v -> {
            for (var subscriber : List.copyOf(set))
                try {
                    action.accept(subscriber);
                } catch (RuntimeException e) {
                    log.error("a subscriber", e); // the others have their turn all the same
                }
        }));
    }

    /**
     * Sessions end and rights change while sockets stay open: within one round they follow, with or without a bus.
     * Everybody is asked about again, since a right may hang on the thing (an invitation, an office), not the person.
     */
    private void recheck() {
        loops.forEach((context, set) -> context.runOnContext(v -> {
            var askers = new java.util.LinkedHashMap<String, Gate.Visitor>();
            for (var subscriber : set)
                if (!subscriber.asker().anonymous())
                    askers.put(subscriber.asker().session(), subscriber.asker());
            if (askers.isEmpty()) return;
            gate.recheck(new ArrayList<>(askers.values()))
                    .onSuccess(checked -> context.runOnContext(w -> {
                        for (var subscriber : List.copyOf(set)) {
                            var session = subscriber.asker().session();
                            if (session == null) continue;
                            if (checked.ended().contains(session)) subscriber.bye(4401, "revoked", 0);
                            else subscriber.admitAgain(checked.changed().getOrDefault(session, subscriber.asker()));
                        }
                    }));
        }));
    }

    /** Says goodbye to everybody, each with its own delay, so that they do not all come back in one moment. */
    public Future<Void> drain() {
        draining = true;
        each(this::goodbye);
        return vertx.timer(300).mapEmpty();
    }

    private void goodbye(Subscriber subscriber) {
        long delay = ThreadLocalRandom.current().nextLong(Math.max(1, hub.limits.drainMs()));
        subscriber.bye(1001, "drain", 200 + delay);
    }

    private void refuse(RoutingContext rc, int status) {
        Api.send(rc, Problem.of(status(status), Api.words(rc)));
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

package vn.giaoban.bridge.check;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.conf.Settings;
import vn.giaoban.http.Api;
import vn.giaoban.http.Authenticator.Credential;
import vn.giaoban.http.Origins;
import vn.giaoban.http.Problem;
import vn.giaoban.http.Refusal;
import vn.giaoban.people.Asker;
import vn.giaoban.people.Gatekeeper;

/**
 * The door of the measuring socket, `/measure/{briefing}/{endpoint}`: for whoever may record that site's check, from a
 * page of ours, one at a time for a site and only so many on a node, so that measuring never crowds out what is live.
 */
public final class Measuring {
    private static final String ID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Vertx vertx;
    private final Gatekeeper gatekeeper;
    private final Briefings briefings;
    private final Origins origins;
    private final Settings.Check limits;
    private final Map<UUID, Run> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Measuring(Vertx vertx, Gatekeeper gatekeeper, Briefings briefings, Origins origins, Settings.Check limits) {
        this.vertx = vertx;
        this.gatekeeper = gatekeeper;
        this.briefings = briefings;
        this.origins = origins;
        this.limits = limits;
    }

    public void mount(Router router) {
        router.getWithRegex("/measure/(" + ID + ")/(" + ID + ")").handler(this::serve);
        router.route("/measure/*").handler(rc -> refuse(rc, Refusal.notFound()));
    }

    private void serve(RoutingContext rc) {
        var request = rc.request();
        var origin = Origins.of(request);
        boolean cookie = request.getCookie(Gatekeeper.COOKIE) != null;
        if ((origin != null || cookie) && !origins.allowed(origin, String.valueOf(request.authority())))
            refuse(rc, Refusal.forbidden());
        else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade")))
            refuse(rc, new Refusal(400, "handshake", Map.of()));
        else {
            request.pause(); // what the browser sends meanwhile waits
            var briefing = UUID.fromString(rc.pathParam("param0"));
            var endpoint = UUID.fromString(rc.pathParam("param1"));
            var loop = vertx.getOrCreateContext();
            // Who it is was asked elsewhere; the socket lives on the loop that has the connection.
            admit(request, briefing, endpoint)
                    .onComplete(admitted -> loop.runOnContext(here -> {
                        var opened = admitted.failed()
                                ? Future.<Void>failedFuture(admitted.cause())
                                : open(request, endpoint);
                        opened.onFailure(failure -> {
                            request.resume();
                            refuse(rc, failure instanceof Refusal refusal ? refusal : unavailable());
                        });
                    }));
        }
    }

    private Future<Void> admit(HttpServerRequest request, UUID briefing, UUID endpoint) {
        var cookie = request.getCookie(Gatekeeper.COOKIE);
        var bearer = request.getHeader("Authorization");
        if (bearer != null && !bearer.startsWith("Bearer ")) return Future.failedFuture(signIn());
        var credential = bearer == null
                ? new Credential(cookie == null ? null : cookie.getValue(), null)
                : new Credential(null, bearer.substring("Bearer ".length()));
        return gatekeeper.ask(credential).compose(asker -> {
            if (asker.anonymous()) return Future.failedFuture(signIn());
            return mayRecord(asker, briefing, endpoint);
        });
    }

    private Future<Void> mayRecord(Asker asker, UUID briefing, UUID endpoint) {
        var done = Promise.<Void>promise();
        Thread.ofVirtual().name("measure").start(() -> {
            try {
                briefings.demandAt(asker.person(), "recordCheck", briefing, endpoint);
                done.complete();
            } catch (Throwable e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    private Future<Void> open(HttpServerRequest request, UUID endpoint) {
        var run = new Run(vertx, limits);
        // The place is taken before the handshake and free when the socket is gone, however it goes.
        if (closed || running.size() >= limits.measureSockets())
            return Future.failedFuture(new Refusal(503, "busy", Map.of()));
        if (running.putIfAbsent(endpoint, run) != null)
            return Future.failedFuture(new Refusal(429, "too-many", Map.of()));
        return request.toWebSocket()
                .onSuccess(socket -> begin(socket, run, endpoint))
                .onFailure(e -> running.remove(endpoint, run))
                .mapEmpty();
    }

    private void begin(ServerWebSocket socket, Run run, UUID endpoint) {
        socket.closeHandler(gone -> {
            running.remove(endpoint, run);
            run.stop();
        });
        run.on(socket);
        if (closed) run.end(1001, "drain");
    }

    /** From now on nobody measures. */
    public void close() {
        closed = true;
        running.values().forEach(run -> run.end(1001, "drain"));
    }

    private static Refusal signIn() {
        return new Refusal(401, "sign-in", Map.of());
    }

    private static Refusal unavailable() {
        return new Refusal(503, "unavailable", Map.of());
    }

    private static void refuse(RoutingContext rc, Refusal refusal) {
        Api.send(rc, Problem.of(refusal, Api.words(rc)));
    }
}

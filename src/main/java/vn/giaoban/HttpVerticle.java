package vn.giaoban;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bridge.check.Measuring;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Json;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Contract;
import vn.giaoban.http.Problem;
import vn.giaoban.http.Refusal;
import vn.giaoban.http.Security;
import vn.giaoban.http.Words;
import vn.giaoban.jitsi.Inbound;
import vn.giaoban.live.LiveRoutes;

/** The HTTP server on one event loop: headers, contracts, API, live streams, and the web client's files. */
final class HttpVerticle extends VerticleBase {
    private final Settings settings;
    private final Security security;
    private final Contract contract;
    private final Api api;
    private final Inbound jitsi;
    private final LiveRoutes live;
    private final Measuring measuring;
    private final Health health;
    private final Meters meters;
    private final PemKeyCertOptions certificate;
    private final Path web;
    private HttpServer server;

    HttpVerticle(
            Settings settings,
            Security security,
            Contract contract,
            Api api,
            Inbound jitsi,
            LiveRoutes live,
            Measuring measuring,
            Health health,
            Meters meters,
            PemKeyCertOptions certificate,
            Path web) {
        this.settings = settings;
        this.security = security;
        this.contract = contract;
        this.api = api;
        this.jitsi = jitsi;
        this.live = live;
        this.measuring = measuring;
        this.health = health;
        this.meters = meters;
        this.certificate = certificate;
        this.web = web;
    }

    @Override
    public Future<?> start() {
        var options = new HttpServerOptions()
                .setHost(settings.http().host())
                // With 0 each event loop would take a port of its own; below it they share one.
                .setPort(settings.http().port() == 0 ? -1 : settings.http().port())
                .setTcpNoDelay(true)
                .setAcceptBacklog(4_096)
                // Longer than three pings; what a slow client may cost is bounded elsewhere.
                .setIdleTimeout(75)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setSendBufferSize(128 * 1_024)
                .setMaxInitialLineLength(4_096)
                .setMaxHeaderSize(8_192)
                .setMaxFormAttributeSize(8_192)
                .setDecompressionSupported(false)
                .setCompressionSupported(true)
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(65_536)
                .setMaxWebSocketMessageSize(65_536)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setRegisterWebSocketWriteHandlers(false)
                .setWebSocketSubProtocols(List.of("giaoban.live.v1"))
                .setSsl(certificate != null)
                .setKeyCertOptions(certificate);
        meters.loop(vertx);
        if (certificate != null) options.setEnabledSecureTransportProtocols(java.util.Set.of("TLSv1.3", "TLSv1.2"));
        server = vertx.createHttpServer(options).requestHandler(router()).invalidRequestHandler(this::unreadable);
        return server.listen();
    }

    /** What is no HTTP, or has too long a line or head: never routed, and the connection is not read on. */
    private void unreadable(HttpServerRequest request) {
        int status = switch (request.decoderResult().cause()) {
            case TooLongHttpLineException e -> 414;
            case TooLongHttpHeaderException e -> 431;
            default -> 400;
        };
        var answer = Problem.of(refusal(status), Words.VI);
        var response = request.response().setStatusCode(status);
        security.put(response);
        answer.headers().forEach(response::putHeader);
        response.end(Json.text(answer.body()))
                .onComplete(done -> request.connection().close());
    }

    private Router router() {
        var router = Router.router(vertx);
        router.route().handler(security);
        router.route().handler(this::lastOfItsConnection);
        live.mount(router);
        router.route("/live/*").handler(rc -> problem(rc, refusal(405)));
        measuring.mount(router);
        read(router, "/health/live").handler(rc -> Api.send(rc, health.live()));
        read(router, "/health/ready").handler(rc -> Api.send(rc, health.ready()));
        read(router, "/openapi.yaml").handler(rc -> yaml(rc, contract.text()));
        read(router, "/jitsi.yaml").handler(rc -> yaml(rc, Resources.text("/contract/jitsi.yaml")));
        read(router, "/asyncapi.yaml").handler(rc -> yaml(rc, Resources.text("/contract/live.yaml")));
        read(router, "/api-docs")
                .handler(rc -> rc.response()
                        .putHeader("Content-Type", "text/html; charset=utf-8")
                        .end(Resources.text("/contract/api-docs.html")));
        read(router, "/api-docs.js")
                .handler(rc -> rc.response()
                        .putHeader("Content-Type", "text/javascript; charset=utf-8")
                        .end(Resources.text("/contract/api-docs.js")));
        read(router, "/api-docs.css")
                .handler(rc -> rc.response()
                        .putHeader("Content-Type", "text/css; charset=utf-8")
                        .end(Resources.text("/contract/api-docs.css")));
        read(router, "/api-docs.json")
                .handler(rc -> rc.response()
                        .putHeader("Content-Type", "application/json; charset=utf-8")
                        .end(contract.json()));
        router.route("/api/*").handler(slowBody());
        // The first of the two that a request meets reads its body.
        router.route("/api/endpoints/import*")
                .handler(BodyHandler.create(false)
                        .setBodyLimit(settings.registry().maxImportBytes()));
        router.route("/api/*")
                .handler(BodyHandler.create(false).setBodyLimit(settings.http().maxBodyBytes()));
        api.mount(vertx, router);
        router.route("/api/*").handler(rc -> problem(rc, Refusal.notFound()));
        for (var path : List.of("/jitsi/*", "/asap/*")) router.route(path).handler(slowBody());
        jitsi.mount(vertx, router);
        for (var path : List.of("/jitsi/*", "/asap/*"))
            router.route(path).handler(rc -> problem(rc, Refusal.notFound()));
        if (web != null) files(router);
        for (var status : List.of(400, 401, 403, 404, 405, 413, 414, 415, 431, 500, 503))
            router.errorHandler(status, rc -> problem(rc, refusal(status)));
        return router;
    }

    /** Whoever asks for the head alone gets that of the same answer. */
    private static Route read(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /** While the node stops, whoever asks over a connection that it keeps is told to take another one next time. */
    private void lastOfItsConnection(RoutingContext rc) {
        if (health.isStopping() && rc.request().getHeader("Upgrade") == null)
            rc.response().putHeader("Connection", "close");
        rc.next();
    }

    /** A body that dribbles in holds its place for so long and no longer: the connection goes with it. */
    private Handler<RoutingContext> slowBody() {
        return rc -> {
            var ended = new boolean[1];
            long timer = vertx.setTimer(15_000, id -> {
                if (!ended[0] && !rc.request().isEnded())
                    rc.request().connection().close();
            });
            rc.addEndHandler(done -> {
                ended[0] = true;
                vertx.cancelTimer(timer);
            });
            rc.next();
        };
    }

    /** The client's files; any other path is a page of the client, which finds its way itself. */
    private void files(Router router) {
        var files = StaticHandler.create(
                        FileSystemAccess.ROOT, web.toAbsolutePath().toString())
                .setIncludeHidden(false)
                .setDirectoryListing(false)
                .setCachingEnabled(true)
                .setFilesReadOnly(true);
        read(router, "/*").handler(rc -> {
            // An asset's name tells its content; everything else is asked for again, so that a new version is seen.
            var asset = rc.normalizedPath().startsWith("/assets/");
            rc.response().putHeader("Cache-Control", asset ? "public, max-age=31536000, immutable" : "no-cache");
            rc.next();
        });
        read(router, "/*").handler(files.setDefaultContentEncoding("UTF-8"));
        read(router, "/*").handler(rc -> {
            var last = rc.normalizedPath().substring(rc.normalizedPath().lastIndexOf('/') + 1);
            if (last.contains(".")) problem(rc, Refusal.notFound());
            else
                rc.response()
                        .putHeader("Content-Type", "text/html; charset=utf-8")
                        .putHeader("Cache-Control", "no-cache")
                        .sendFile(web.resolve("index.html").toString());
        });
    }

    private static Refusal refusal(int status) {
        return switch (status) {
            case 404 -> Refusal.notFound();
            case 405 -> new Refusal(405, "method", Map.of());
            case 413 -> new Refusal(413, "too-large", Map.of());
            case 500 -> new Refusal(500, "error", Map.of());
            case 503 -> new Refusal(503, "unavailable", Map.of());
            default -> new Refusal(status, "malformed", Map.of());
        };
    }

    private void problem(RoutingContext rc, Refusal refusal) {
        var answer = Problem.of(refusal, Api.words(rc));
        // What is left of a body that was too large is not waited for.
        if (refusal.status() == 413) {
            rc.response().putHeader("Connection", "close");
            rc.request().handler(unread -> {}).resume();
            // Closed over unread bytes, the connection would take the answer with it.
            rc.addEndHandler(
                    done -> vertx.setTimer(250, id -> rc.request().connection().close()));
        }
        Api.send(rc, answer);
    }

    private static void yaml(RoutingContext rc, String text) {
        Api.send(
                rc,
                new Answer(
                        200,
                        Map.of(
                                "Content-Type",
                                "application/yaml; charset=utf-8",
                                "Cache-Control",
                                "public, max-age=300"),
                        text));
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public Future<?> stop() {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(settings.http().finishMs(), TimeUnit.MILLISECONDS);
    }
}

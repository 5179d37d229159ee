package vn.giaoban;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Json;
import vn.giaoban.http.Answer;

/** The second port, for those who look after the node: its meters and its health, and nothing else. */
final class WatchVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(WatchVerticle.class);
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Settings.Metrics settings;
    private final Meters meters;
    private final Health health;

    WatchVerticle(Settings.Metrics settings, Meters meters, Health health) {
        this.settings = settings;
        this.meters = meters;
        this.health = health;
    }

    /** A port that is taken is no reason not to serve: the second node on one machine runs without its meters. */
    @Override
    public Future<?> start() {
        var options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setIdleTimeout(30)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxInitialLineLength(1_024)
                .setMaxHeaderSize(4_096)
                .setCompressionSupported(true)
                .setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .requestHandler(this::serve)
                .listen()
                .onSuccess(this::listens)
                .otherwise(e -> {
                    log.warn(
                            "no meters on this node: {}:{} cannot be listened on ({}); set metrics.port",
                            settings.host(),
                            settings.port(),
                            e.getMessage());
                    return null;
                });
    }

    private void listens(HttpServer server) {
        log.info("meters at http://{}:{}/metrics", settings.host(), server.actualPort());
    }

    private void serve(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD)
            answer(request, new Answer(405, Map.of("Allow", "GET, HEAD"), null));
        else
            switch (String.valueOf(request.path())) {
                // Off the event loop: to count threads and memory takes a moment.
                case "/metrics" -> Thread.startVirtualThread(() -> answer(request, metrics()));
                case "/health/live" -> answer(request, health.live());
                case "/health/ready" -> answer(request, health.ready());
                default -> answer(request, new Answer(404, Map.of(), null));
            }
    }

    private Answer metrics() {
        try {
            return new Answer(200, Map.of("Content-Type", PROMETHEUS), meters.text());
        } catch (RuntimeException e) {
            log.error("meters", e);
            return new Answer(500, Map.of(), null);
        }
    }

    private static void answer(HttpServerRequest request, Answer answer) {
        var response = request.response().setStatusCode(answer.status());
        if (response.closed()) return;
        response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(response::putHeader);
        switch (answer.body()) {
            case null -> response.end();
            case String text -> response.end(text);
            default ->
                response.putHeader("Content-Type", "application/json; charset=utf-8")
                        .end(Json.text(answer.body()));
        }
    }
}

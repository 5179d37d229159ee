package vn.giaoban.live.line;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import vn.giaoban.story.HouseCertificate;

/** An HTTP server whose every request is taken over as a line that follows a log; one event loop, so one desk each. */
final class Doorway implements AutoCloseable {
    final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    final BlockingQueue<Followed> taken = new LinkedBlockingQueue<>();
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> refused = new LinkedBlockingQueue<>();
    private final Map<Encoding, Desk> desks = new EnumMap<>(Encoding.class);
    private final int plain;
    private final int secure;
    volatile FrameLog log;
    volatile Position from;
    /** Whether a connection is taken only when its client has gone away again. */
    volatile boolean late;

    volatile Channel last;

    Doorway() {
        for (var encoding : Encoding.values()) desks.put(encoding, new Desk(encoding));
        plain = listen(new HttpServerOptions());
        secure = listen(new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(HouseCertificate.FILES.certificate().toString())
                        .addKeyPath(HouseCertificate.FILES.key().toString())));
    }

    private int listen(HttpServerOptions options) {
        return vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                .requestHandler(this::serve)
                .listen()
                .await()
                .actualPort();
    }

    int port(Way way) {
        return way.tls ? secure : plain;
    }

    private void serve(HttpServerRequest request) {
        var channel = ((HttpServerConnection) request.connection())
                .channelHandlerContext()
                .channel();
        var context = vertx.getOrCreateContext();
        request.pause();
        last = channel;
        asked.add(request.path());
        if (late)
            channel.closeFuture().addListener(closed -> context.runOnContext(v -> take(request, channel, context)));
        else context.runOnContext(v -> take(request, channel, context));
    }

    private void take(HttpServerRequest request, Channel channel, Context context) {
        try {
            var way = Way.valueOf(request.path().substring(1));
            var desk = desks.get(way.encoding);
            var line = way.encoding == Encoding.WS
                    ? Takeover.webSocket(request, channel, way.natively, context, desk, "n", "p")
                    : Takeover.events(channel, way.natively, context, desk, "n", MultiMap.caseInsensitiveMultiMap());
            var followed = new Followed(line, channel, context, log, from);
            line.listener(followed);
            taken.add(followed);
            followed.pump();
        } catch (RuntimeException e) {
            refused.add(e);
        }
    }

    Followed next() throws InterruptedException {
        var next = taken.poll(10, TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("nobody came; refused: " + refused);
        return next;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}

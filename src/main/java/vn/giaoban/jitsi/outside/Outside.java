package vn.giaoban.jitsi.outside;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import vn.giaoban.db.Breaker;
import vn.giaoban.jitsi.outside.Silent.Why;

/**
 * The way to Jitsi's servers. Every call ends within the deadline and takes so many bytes and no more; it follows
 * nobody elsewhere and unpacks nothing; a server that stays silent is left alone for a while.
 */
public final class Outside {
    private static final long REST_NANOS = 5_000_000_000L;

    private final HttpClient client;
    private final int deadlineMs;
    private final int mostBytes;
    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

    /** {@code host}: the virtual host that is to answer, where that is not the address's own. */
    public record Ask(
            String method, String base, String host, String target, Map<String, String> headers, String body) {
        public static Ask get(String base, String host, String target) {
            return new Ask("GET", base, host, target, Map.of(), null);
        }
    }

    /** {@code type}: the media type without parameters, empty where none was sent. */
    public record Heard(int status, String type, byte[] body) {}

    public Outside(Vertx vertx, int deadlineMs, int mostBytes) {
        this.deadlineMs = deadlineMs;
        this.mostBytes = mostBytes;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(deadlineMs)
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(8_192)
                .setMaxChunkSize(8_192));
    }

    /** Waits for the answer; only for virtual threads. */
    public Heard ask(Ask ask) throws Silent {
        var breaker = breakers.computeIfAbsent(ask.base(), base -> new Breaker(REST_NANOS));
        if (!breaker.lets(System.nanoTime())) throw new Silent(Why.RESTING);
        try {
            var heard = call(ask);
            breaker.answered();
            return heard;
        } catch (Silent silent) {
            if (silent.spoke()) breaker.answered();
            else breaker.unanswered(System.nanoTime());
            throw silent;
        }
    }

    private Heard call(Ask ask) throws Silent {
        var at = URI.create(ask.base());
        boolean ssl = "https".equals(at.getScheme());
        int port = at.getPort() > 0 ? at.getPort() : ssl ? 443 : 80;
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(ask.method()))
                .setServer(SocketAddress.inetSocketAddress(port, at.getHost()))
                .setSsl(ssl)
                .setHost(ask.host() == null ? at.getHost() : ask.host())
                // A virtual host is named without the port that it is reached through.
                .setPort(ask.host() == null ? port : ssl ? 443 : 80)
                .setFollowRedirects(false)
                .setURI(ask.target());
        var begun = new AtomicReference<HttpClientRequest>();
        var answer = Promise.<Heard>promise();
        client.request(options).onFailure(answer::tryFail).onSuccess(request -> {
            begun.set(request);
            if (answer.future().isComplete()) request.connection().close();
            ask.headers().forEach(request::putHeader);
            request.exceptionHandler(answer::tryFail);
            request.response().onFailure(answer::tryFail).onSuccess(response -> read(response, answer));
            if (ask.body() == null) request.end();
            else request.end(Buffer.buffer(ask.body()));
        });
        try {
            return answer.future().timeout(deadlineMs, TimeUnit.MILLISECONDS).await();
        } catch (Throwable failure) {
            answer.tryFail(failure);
            throw failure instanceof Refused refused
                    ? new Silent(refused.why)
                    : new Silent(failure instanceof TimeoutException ? Why.SLOW : Why.UNREACHABLE);
        } finally {
            // Whatever it still wants to say.
            if (begun.get() != null) begun.get().connection().close();
        }
    }

    private void read(HttpClientResponse response, Promise<Heard> answer) {
        int status = response.statusCode();
        if (status >= 300 && status < 400 || response.getHeader("Content-Encoding") != null) {
            answer.tryFail(new Refused(Why.ELSEWHERE));
            return;
        }
        var body = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.handler(part -> {
            if (body.length() + part.length() <= mostBytes) body.appendBuffer(part);
            else answer.tryFail(new Refused(Why.TOO_LONG));
        });
        response.endHandler(end -> answer.tryComplete(new Heard(status, type(response), body.getBytes())));
    }

    private static String type(HttpClientResponse response) {
        var type = response.getHeader("Content-Type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
    }

    private static final class Refused extends RuntimeException {
        private final Why why;

        Refused(Why why) {
            super(why.name(), null, false, false);
            this.why = why;
        }
    }
}

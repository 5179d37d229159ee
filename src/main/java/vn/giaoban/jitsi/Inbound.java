package vn.giaoban.jitsi;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Unavailable;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Origins;
import vn.giaoban.http.Refusal;
import vn.giaoban.http.Words;

/**
 * Serves what Jitsi asks of us. The secret is looked at before a byte of the body is taken; handlers run on virtual
 * threads, and whoever asks is answered in time: with a 503, which it tries again, where the house is slow.
 */
public final class Inbound {
    private static final Logger log = LoggerFactory.getLogger(Inbound.class);
    private static final int MOST_AT_WORK = 256;

    private final Origins origins;
    private final Api.Meter meter;
    private final List<Line> lines = new ArrayList<>();
    private final Semaphore atWork = new Semaphore(MOST_AT_WORK);

    /** What was asked: every value once, the body as it came. */
    public record Asked(Map<String, String> path, Map<String, String> query, byte[] body, String address) {}

    /**
     * One address that Jitsi calls.
     *
     * @param secret what must follow "Authorization: Bearer"; null where anybody may ask, empty where nobody does
     */
    public record Line(
            String method, String path, String secret, int maxBytes, int answerMs, Function<Asked, Answer> handler) {}

    public Inbound(Origins origins, Api.Meter meter) {
        this.origins = origins;
        this.meter = meter;
    }

    public Inbound on(Line line) {
        lines.add(line);
        return this;
    }

    public void mount(Vertx vertx, Router router) {
        for (var line : lines)
            router.route(HttpMethod.valueOf(line.method()), line.path()).handler(rc -> admit(vertx, rc, line));
        for (var path : lines.stream().map(Line::path).distinct().toList())
            router.route(path).handler(rc -> send(rc, refused(new Refusal(405, "method", Map.of()))));
    }

    private void admit(Vertx vertx, RoutingContext rc, Line line) {
        long began = System.nanoTime();
        if (line.secret() != null) {
            if (line.secret().isEmpty()) {
                answer(rc, line, refused(Refusal.notFound()), began);
                return;
            }
            if (!known(line.secret(), rc.request().getHeader("Authorization"))) {
                // Who may not ask need not finish what he says either.
                rc.response().putHeader("Connection", "close");
                answer(rc, line, refused(new Refusal(401, "sign-in", Map.of())), began);
                return;
            }
        }
        var body = Buffer.buffer();
        rc.request()
                .handler(part -> {
                    if (body.length() > line.maxBytes()) return;
                    body.appendBuffer(part);
                    if (body.length() <= line.maxBytes()) return;
                    rc.response().putHeader("Connection", "close");
                    answer(rc, line, refused(new Refusal(413, "too-large", Map.of())), began);
                })
                .endHandler(end -> {
                    if (body.length() <= line.maxBytes()) serve(vertx, rc, line, body.getBytes(), began);
                });
    }

    private void serve(Vertx vertx, RoutingContext rc, Line line, byte[] body, long began) {
        var asked = new Asked(Map.copyOf(rc.pathParams()), query(rc), body, origins.address(rc.request()));
        if (!atWork.tryAcquire()) {
            answer(rc, line, refused(new Refusal(503, "busy", Map.of())), began);
            return;
        }
        var answered = new AtomicBoolean();
        long timer = vertx.setTimer(line.answerMs(), late -> {
            if (answered.compareAndSet(false, true))
                answer(rc, line, refused(new Refusal(503, "unavailable", Map.of())), began);
        });
        Thread.ofVirtual().name(line.path()).start(() -> {
            Answer answer;
            try {
                answer = line.handler().apply(asked);
            } catch (Refusal refusal) {
                answer = refused(refusal);
            } catch (Unavailable e) {
                log.warn("{}: {}", line.path(), e.getMessage());
                answer = refused(new Refusal(503, "unavailable", Map.of()));
            } catch (Throwable e) {
                log.error(line.path(), e);
                answer = refused(new Refusal(500, "error", Map.of()));
            } finally {
                atWork.release();
            }
            vertx.cancelTimer(timer);
            if (answered.compareAndSet(false, true)) answer(rc, line, answer, began);
        });
    }

    private static Map<String, String> query(RoutingContext rc) {
        var query = new HashMap<String, String>();
        rc.queryParams().forEach(one -> query.putIfAbsent(one.getKey(), one.getValue()));
        return query;
    }

    /** Takes as long for a wrong secret as for a nearly right one. */
    private static boolean known(String secret, String authorization) {
        if (authorization == null) return false;
        return MessageDigest.isEqual(
                ("Bearer " + secret).getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    /** Jitsi shows the sentence to whoever wanted the room; he has told it no language. */
    private static Answer refused(Refusal refusal) {
        var words = Words.VI.say(refusal.wording(), refusal.says());
        return new Answer(refusal.status(), Map.of(), Fields.of("message", words));
    }

    private void answer(RoutingContext rc, Line line, Answer answer, long began) {
        meter.answered(line.method(), line.path(), answer.status(), System.nanoTime() - began);
        send(rc, answer);
    }

    private static void send(RoutingContext rc, Answer answer) {
        Api.send(rc, answer);
    }
}

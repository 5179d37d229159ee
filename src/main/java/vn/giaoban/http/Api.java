package vn.giaoban.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.db.Json;
import vn.giaoban.db.Unavailable;

/**
 * Serves the operations of the contract: parse, authenticate, hold against the schema, then hand to the room that
 * registered the operation. Handlers run on virtual threads and may wait; at most a set number at once.
 */
public final class Api {
    private static final Logger log = LoggerFactory.getLogger(Api.class);
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final Contract contract;
    private final Authenticator authenticator;
    private final Origins origins;
    private final Map<String, Function<Call, Answer>> handlers = new LinkedHashMap<>();
    private final Semaphore atWork;
    private final String cookieName;
    private final Meter meter;

    public Api(
            Contract contract,
            Authenticator authenticator,
            Origins origins,
            String cookieName,
            int maxConcurrentCalls,
            Meter meter) {
        this.contract = contract;
        this.authenticator = authenticator;
        this.origins = origins;
        this.cookieName = cookieName;
        this.atWork = new Semaphore(maxConcurrentCalls);
        this.meter = meter;
    }

    /** Told of every call when its answer is ready: the route as the contract writes it, never the path that was asked. */
    public interface Meter {
        void answered(String method, String route, int status, long nanos);
    }

    /** A room takes an operation of the contract. */
    public Api on(String operation, Function<Call, Answer> handler) {
        if (handlers.put(operation, handler) != null) throw new IllegalStateException(operation + " has two handlers");
        return this;
    }

    /** Mounts every operation; an operation without a handler, or the reverse, is a broken build. */
    public void mount(Vertx vertx, Router router) {
        var unknown = new TreeSet<>(handlers.keySet());
        var missing = new TreeSet<String>();
        for (var operation : contract.operations()) {
            unknown.remove(operation.id());
            var handler = handlers.get(operation.id());
            if (handler == null) missing.add(operation.id());
            else
                router.route(HttpMethod.valueOf(operation.method()), route(operation))
                        .handler(rc -> serve(rc, operation, handler));
        }
        contract.operations().stream()
                .collect(Collectors.groupingBy(
                        operation -> route(operation),
                        LinkedHashMap::new,
                        Collectors.mapping(Contract.Operation::method, Collectors.joining(", "))))
                .forEach((path, methods) -> router.route(path)
                        .handler(rc -> send(
                                rc,
                                Problem.of(new Refusal(405, "method", Map.of()), words(rc))
                                        .with("Allow", methods))));
        if (!unknown.isEmpty() || !missing.isEmpty())
            throw new IllegalStateException("operations without handler " + missing + ", without contract " + unknown);
    }

    private static String route(Contract.Operation operation) {
        return operation.path().replaceAll("\\{(\\w+)}", ":$1");
    }

    private void serve(RoutingContext rc, Contract.Operation operation, Function<Call, Answer> handler) {
        long began = System.nanoTime();
        // Everything the virtual thread needs is read here: the request belongs to its event loop.
        var request = rc.request();
        var headers = new HashMap<String, String>();
        for (var name : List.of(
                "accept-language",
                "user-agent",
                "authorization",
                "content-type",
                "host",
                "if-match",
                "idempotency-key")) if (request.getHeader(name) != null) headers.put(name, request.getHeader(name));
        if (Origins.of(request) != null) headers.put("origin", Origins.of(request));
        // HTTP/2 has no Host header.
        if (request.authority() != null) headers.put("host", request.authority().toString());
        if (request.headers().getAll("authorization").size() > 1) headers.put("authorization", "twice");
        var cookie = request.getCookie(cookieName);
        var cookieValue = cookie == null ? null : cookie.getValue();
        var bytes = rc.body() == null || rc.body().buffer() == null
                ? new byte[0]
                : rc.body().buffer().getBytes();
        var query = rc.queryParams();
        var path = rc.pathParams();
        var address = origins.address(request);
        // Taken last: a query that cannot be decoded has thrown before, and must not take a place with it.
        if (!atWork.tryAcquire()) {
            answered(rc, operation, Problem.of(new Refusal(503, "busy", Map.of()), words(rc)), began);
            return;
        }
        Thread.ofVirtual().name(operation.id()).start(() -> {
            Answer answer;
            try {
                answer = answer(operation, handler, headers, cookieValue, bytes, address, (in, name) -> switch (in) {
                    case "path" -> path.get(name);
                    case "query" -> query.getAll(name).size() > 1 ? "\0" : query.get(name);
                    default -> headers.get(name.toLowerCase(java.util.Locale.ROOT));
                });
            } catch (Refusal refusal) {
                answer = Problem.of(refusal, Words.of(headers.get("accept-language")));
            } catch (Unavailable e) {
                log.warn("{}: {}", operation.id(), e.getMessage());
                answer = Problem.of(unavailable(e), Words.of(headers.get("accept-language")));
            } catch (Throwable e) {
                log.error(operation.id(), e);
                answer = Problem.of(new Refusal(500, "error", Map.of()), Words.of(headers.get("accept-language")));
            } finally {
                atWork.release();
            }
            answered(rc, operation, answer, began);
        });
    }

    private void answered(RoutingContext rc, Contract.Operation operation, Answer answer, long began) {
        meter.answered(operation.method(), operation.path(), answer.status(), System.nanoTime() - began);
        send(rc, answer);
    }

    private Answer answer(
            Contract.Operation operation,
            Function<Call, Answer> handler,
            Map<String, String> headers,
            String cookie,
            byte[] bytes,
            String address,
            java.util.function.BiFunction<String, String, String> raw) {
        var bearer = bearer(headers.get("authorization"));
        // A browser sends its cookie by itself, and always says which page commands: only pages of ours may. A program
        // has neither cookie nor origin.
        var origin = headers.get("origin");
        if (!SAFE.contains(operation.method())
                && bearer == null
                && (origin == null ? cookie != null : !origins.allowed(origin, headers.get("host"))))
            throw new Refusal(403, "origin", Map.of());
        var principal = authenticator.who(new Authenticator.Credential(bearer == null ? cookie : null, bearer));
        if (principal.anonymous() && !operation.open()) throw new Refusal(401, "sign-in", Map.of());
        var parameters = Validation.parameters(operation, raw);
        Map<String, Object> body = Map.of();
        if (operation.body() != null) body = body(operation, headers.get("content-type"), bytes);
        else if (operation.table()) body = Map.of(Call.TABLE, table(headers.get("content-type"), bytes));
        else if (bytes.length > 0
                && !new String(bytes, java.nio.charset.StandardCharsets.UTF_8).isBlank()
                && !new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                        .strip()
                        .equals("{}")) throw new Refusal(400, "no-body", Map.of());
        return handler.apply(new Call(principal, operation, parameters, body, headers, address));
    }

    private static Map<String, Object> body(Contract.Operation operation, String type, byte[] bytes) {
        if (type == null
                || !type.toLowerCase(java.util.Locale.ROOT)
                        .replace(" ", "")
                        .matches("application/json(;charset=utf-8)?")) throw new Refusal(415, "media-type", Map.of());
        try {
            var body = Json.read(bytes);
            Validation.body(operation.body(), body);
            return body;
        } catch (Json.Malformed e) {
            throw new Refusal(400, "malformed", Map.of()).faults(List.of(new Refusal.Fault("", e.getMessage())));
        }
    }

    private static String table(String type, byte[] bytes) {
        if (type == null
                || !type.toLowerCase(java.util.Locale.ROOT).replace(" ", "").matches("text/csv(;charset=utf-8)?"))
            throw new Refusal(415, "media-type", Map.of()).wording("media-type-csv");
        try {
            return java.nio.charset.StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new Refusal(400, "malformed", Map.of()).faults(List.of(new Refusal.Fault("", "utf-8")));
        }
    }

    private static String bearer(String authorization) {
        if (authorization == null) return null;
        if (!authorization.startsWith("Bearer ")) throw new Refusal(401, "sign-in", Map.of());
        return authorization.substring(7);
    }

    private static Refusal unavailable(Unavailable e) {
        var refusal = new Refusal(503, e.outcomeUnknown() ? "outcome-unknown" : "unavailable", Map.of());
        return e.outcomeUnknown() ? refusal.extra(Map.of("outcome", "unknown")) : refusal;
    }

    public static Words words(RoutingContext rc) {
        return Words.of(rc.request().getHeader("Accept-Language"));
    }

    /** May be called from any thread; answers nothing where the asker has hung up. */
    public static void send(RoutingContext rc, Answer answer) {
        var response = rc.response();
        if (response.ended() || response.closed()) return;
        response.setStatusCode(answer.status());
        if (!answer.headers().containsKey("Cache-Control")) response.putHeader("Cache-Control", "no-store");
        answer.headers().forEach(response::putHeader);
        switch (answer.body()) {
            case null -> response.end();
            case String text -> response.end(text);
            case byte[] bytes -> response.end(Buffer.buffer(bytes));
            default -> {
                if (!answer.headers().containsKey("Content-Type"))
                    response.putHeader("Content-Type", "application/json; charset=utf-8");
                response.end(Buffer.buffer(Json.text(answer.body())));
            }
        }
    }
}

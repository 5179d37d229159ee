package vn.giaoban.people;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Db;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Contract;
import vn.giaoban.http.Once;
import vn.giaoban.http.Origins;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.session.Attempts;
import vn.giaoban.people.session.Keys;
import vn.giaoban.people.session.Passwords;
import vn.giaoban.people.session.Sessions;
import vn.giaoban.people.session.TokenGate;

/** A node that serves the people room alone, over HTTP, without a bus: what it knows of other nodes is in the database. */
final class PeopleNode implements AutoCloseable {
    static final Settings.SignIn SETTINGS = new Settings.SignIn(12, 240, 10, 2, 5, 50);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final Journal journal;
    final Directory directory;
    final Passwords passwords = new Passwords(SETTINGS.parallelHashes());
    final Sessions sessions;
    final People people;
    final Gatekeeper gatekeeper;
    private final HttpServer server;
    private final String origin;

    PeopleNode(Vertx vertx, Db db, Clock clock) {
        journal = new Journal(db, clock, null);
        directory = new Directory(journal);
        sessions = new Sessions(db, clock, SETTINGS);
        people = new People(journal, directory, passwords, sessions);
        var keys = Keys.load(db, clock);
        var gate = new TokenGate(vertx, keys, clock, Duration.ofMinutes(SETTINGS.tokenMinutes()));
        gatekeeper = new Gatekeeper(sessions, people, gate);
        var signIn = new SignIn(journal, passwords, new Attempts(db, clock, SETTINGS), sessions);
        var contract = new Contract();
        var origins = new Origins(List.of(), List.of("127.0.0.1"), false);
        var api = new Api(contract, gatekeeper, origins, Gatekeeper.COOKIE, 100, (method, route, status, nanos) -> {});
        new PeopleRoutes(people, passwords, new Once(db), keys.getLast()::derived).mount(api);
        new SessionRoutes(signIn, sessions, gate, directory, clock, () -> Map.of("demo", true)).mount(api);
        var ours = List.of(
                "readTime",
                "readSetup",
                "readSession",
                "signIn",
                "signOut",
                "changePassword",
                "listSessions",
                "endSession",
                "issueToken",
                "renewToken",
                "listPeople",
                "createPerson",
                "readPerson",
                "editPerson");
        for (var operation : contract.operations())
            if (!ours.contains(operation.id())) api.on(operation.id(), call -> Answer.nothing());
        var router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false));
        api.mount(vertx, router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
        origin = "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        server.close().await();
    }

    /** What came back: status, body and headers. */
    record Got(int status, String text, Map<String, List<String>> headers) {
        JsonObject json() {
            return new JsonObject(text);
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))
                    .getFirst();
        }

        String type() {
            return json().getString("type");
        }

        /** The cookie as a browser sends it back. */
        String cookie() {
            return header("set-cookie").split(";")[0];
        }
    }

    /** A browser at some address, or a program: it shows what it was given. */
    final class Client {
        String cookie;
        String token;
        private final String address;

        Client(String address) {
            this.address = address;
        }

        Got get(String path) {
            return send("GET", path, null);
        }

        Got post(String path, JsonObject body, String... headers) {
            return send("POST", path, body, headers);
        }

        Got send(String method, String path, JsonObject body, String... headers) {
            var request = HttpRequest.newBuilder(URI.create(origin + path))
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body.encode()))
                    .header("Origin", origin)
                    .header("X-Forwarded-For", address)
                    .timeout(Duration.ofSeconds(20));
            if (body != null) request.header("Content-Type", "application/json");
            if (cookie != null) request.header("Cookie", cookie);
            if (token != null) request.header("Authorization", "Bearer " + token);
            if (headers.length > 0) request.headers(headers);
            try {
                var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
                return new Got(
                        response.statusCode(),
                        response.body(),
                        response.headers().map());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Got signIn(String username, String password) {
            var got = post("/api/session", credentials(username, password));
            if (got.status() == 200) cookie = got.cookie();
            return got;
        }
    }

    static JsonObject credentials(String username, String password) {
        return new JsonObject().put("username", username).put("password", password);
    }

    Client at(String address) {
        return new Client(address);
    }

    Client with(Client other) {
        var same = new Client(other.address);
        same.cookie = other.cookie;
        same.token = other.token;
        return same;
    }
}

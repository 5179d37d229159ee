package vn.giaoban;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.agenda.Agenda;
import vn.giaoban.attendance.Attendance;
import vn.giaoban.attendance.Delegates;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.Lines;
import vn.giaoban.bridge.Presence;
import vn.giaoban.bridge.check.Measuring;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.conf.SelfSigned;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.CannotStart;
import vn.giaoban.db.Db;
import vn.giaoban.db.DbMeters;
import vn.giaoban.db.Fields;
import vn.giaoban.db.LocalPostgres;
import vn.giaoban.db.Migration;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Reference;
import vn.giaoban.directory.registry.Imports;
import vn.giaoban.floor.Floor;
import vn.giaoban.http.Api;
import vn.giaoban.http.Contract;
import vn.giaoban.http.Once;
import vn.giaoban.http.Origins;
import vn.giaoban.http.Security;
import vn.giaoban.journal.DueActs;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Keeper;
import vn.giaoban.live.Followers;
import vn.giaoban.live.LiveHub;
import vn.giaoban.live.LiveMeters;
import vn.giaoban.live.LiveRoutes;
import vn.giaoban.people.Gatekeeper;
import vn.giaoban.people.People;
import vn.giaoban.people.PeopleRoutes;
import vn.giaoban.people.SessionRoutes;
import vn.giaoban.people.SignIn;
import vn.giaoban.people.session.Attempts;
import vn.giaoban.people.session.Keys;
import vn.giaoban.people.session.Passwords;
import vn.giaoban.people.session.Sessions;
import vn.giaoban.people.session.TokenGate;

/** One node, wired by hand from top to bottom. What a room needs it is given here, and nowhere else. */
public final class Node implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Node.class);

    /** What is due is looked for twice a second; nothing else asks the pool of an idle node so often. */
    private static final long SILENT_MS = 3_000;

    private static final long HURRIED_MS = 200;

    private final List<Runnable> atTheEnd = new ArrayList<>();
    private final List<HttpVerticle> servers = new ArrayList<>();
    private final Settings settings;
    private Rooms rooms;
    private String firstPassword;
    private List<Demo.Account> demoAccounts = List.of();
    private volatile boolean hurried;
    private Meters meters;
    private final Health health = new Health();

    /** What the command line adds to the settings; {@code web}: the built client, or null. */
    public record Start(Clock clock, boolean tls, Path web) {}

    /** The rooms of a running node, for the demo and for tests. */
    public record Rooms(
            Db db,
            Journal journal,
            Directory directory,
            People people,
            Passwords passwords,
            Briefings briefings,
            Agenda agenda,
            Invitations invitations,
            Lines lines,
            Delegates delegates,
            Floor floor,
            Attendance attendance,
            DueActs due,
            Keeper keeper,
            LiveHub hub) {}

    private Node(Settings settings) {
        this.settings = settings;
    }

    public static Node start(Settings settings, Start start) {
        var node = new Node(settings);
        try {
            node.run(start);
            return node;
        } catch (Throwable e) {
            node.close();
            throw e;
        }
    }

    private void run(Start start) {
        // PostgreSQL, the cluster, the meters and the contract need nothing of each other, and each takes its time.
        var seen = beside(() -> {
            meters = new Meters();
            return new LiveMeters(meters.registry());
        });
        atTheEnd.add(() -> meters.close());
        var contract = beside(Contract::new);
        var joined = beside(() -> {
            var cluster = Cluster.join(settings.cluster());
            wait(cluster.vertx(), "The cluster cannot be joined; are cluster.host, port and members right?");
            return cluster;
        });
        atTheEnd.add(() -> wait(of(joined).vertx().result().close(), "slow to close"));
        var url = database();
        var cluster = of(joined);
        var vertx = cluster.vertx().result();
        Migration.run(vertx, url);
        of(seen);
        var clock = start.clock();
        var id = UUID.randomUUID().toString().substring(0, 8);

        var db = pool(vertx, url, "giaoban_app", "commands", settings.database().poolSize());
        var read = pool(vertx, url, "giaoban_read", "reads", settings.database().readPoolSize());
        var journal = new Journal(db, clock, settings.cluster().doorbell() ? vertx : null);
        var keeper = new Keeper(db, clock, settings.live().checkpointEvery());
        if (keeper.checkEpochs()) log.warn("another database than before: all streams begin a new epoch");
        Reference.load(journal);
        var once = new Once(db);
        var due =
                new DueActs(db, clock, meters.times("giaoban.due.lag", "From an act's hour to its being done")::record);

        var directory = new Directory(journal);
        var keys = Keys.load(db, clock);
        var gate = new TokenGate(
                vertx, keys, clock, Duration.ofMinutes(settings.signIn().tokenMinutes()));
        var trial = beside(() -> {
            gate.selfTest();
            return gate;
        });
        var sessions = new Sessions(db, clock, settings.signIn());
        var passwords = new Passwords(settings.signIn().parallelHashes());
        var people = new People(journal, directory, passwords, sessions);
        var signIn = new SignIn(journal, passwords, new Attempts(db, clock, settings.signIn()), sessions);
        var gatekeeper = new Gatekeeper(sessions, people, gate);

        var house = new House(vertx, settings, clock, journal, directory, people);
        house.due(due);
        var presence = new Presence(db, id);
        var hub = new LiveHub(vertx, read, clock, settings.live(), of(seen));
        hub.onRestored(() -> Thread.startVirtualThread(keeper::raiseEpochs));
        wait(hub.start(Journal.BELL), "The bell cannot be heard");
        atTheEnd.add(hub::stop);
        var tls = start.tls();
        var origins = new Origins(settings.http().origins(), settings.http().trustedProxies(), tls);
        var live = new LiveRoutes(
                vertx,
                hub,
                new LiveGate(gatekeeper, house.briefings, directory),
                followers(presence),
                origins,
                Gatekeeper.COOKIE,
                id);

        rooms = new Rooms(
                db,
                journal,
                directory,
                people,
                passwords,
                house.briefings,
                house.agenda,
                house.invitations,
                house.lines,
                house.delegates,
                house.floor,
                house.attendance,
                due,
                keeper,
                hub);
        firstPassword = firstStart(house.imports);

        var api = new Api(
                of(contract),
                gatekeeper,
                origins,
                Gatekeeper.COOKIE,
                settings.http().maxConcurrentCalls(),
                meters);
        new SessionRoutes(signIn, sessions, gate, directory, clock, this::setup).mount(api);
        new PeopleRoutes(people, passwords, once, keys.getLast()::derived).mount(api);
        var inbound = house.mount(api, origins, meters, once);

        var measuring = new Measuring(vertx, gatekeeper, house.briefings, origins, settings.check());
        var frame =
                settings.jitsi().configured() ? "https://" + settings.jitsi().domain() : "";
        Supplier<HttpVerticle> server = () -> new HttpVerticle(
                settings,
                new Security(frame, tls),
                of(contract),
                api,
                inbound,
                live,
                measuring,
                health,
                meters,
                tls ? certificate() : null,
                start.web());
        of(trial);
        watch(vertx);
        listen(vertx, server);
        atTheEnd.add(presence::leave);

        var beats = new Beats(vertx, meters);
        atTheEnd.add(beats::stop);
        beats.every(500, "due acts", due::run);
        house.beats(beats, presence);
        house.meters(meters);
        beats.every(5_000, "checkpoints", keeper::checkpoints);
        beats.every(60_000, "anchors", keeper::anchor);
        beats.every(600_000, "forgetting", () -> {
            keeper.forget();
            presence.sweep();
        });
        atTheEnd.add(() -> wait(live.drain(), "slow to drain"));
        atTheEnd.add(measuring::close);
        atTheEnd.add(this::ignored);

        // The head poll asks the one pool, the beat of what is due the other: silence longer than that is no idleness.
        long poll = settings.live().headPollMs(), deadline = settings.database().callDeadlineMs();
        health.needs("streams", hub::current)
                .needs("database", () -> db.silentMs() < SILENT_MS + deadline && read.silentMs() < 3 * poll + deadline);
        meters.shows(
                "giaoban.ready",
                "1 while this node should be asked",
                () -> health.missing().isEmpty() ? 1 : 0);
        meters.shows("giaoban.cluster.nodes", "Nodes that this one sees, itself included", cluster::nodes);
        health.started();
        Thread.startVirtualThread(meters::machine);
    }

    /** Long enough for whoever sends requests here to notice that none are wanted any more. */
    private void ignored() {
        try {
            if (!hurried) Thread.sleep(settings.http().drainWaitMs());
        } catch (InterruptedException hurry) {
            log.debug("no longer waiting to be forgotten");
        }
    }

    /** Whoever closes this node waits for nobody any more: what is under way is cut. */
    void hurry() {
        hurried = true;
    }

    private String database() {
        var url = settings.database().url();
        if (url.isBlank()) {
            var own = LocalPostgres.start(Path.of(settings.data(), "postgres"));
            atTheEnd.add(own::close);
            url = own.url();
        }
        return url;
    }

    private Db pool(Vertx vertx, String url, String role, String name, int size) {
        var limits = settings.database();
        var db = new Db(
                vertx,
                url,
                role,
                size,
                limits.maxWaitQueue(),
                limits.callDeadlineMs(),
                new DbMeters(meters.registry(), name, size));
        atTheEnd.add(db::close);
        return db;
    }

    /** Sample content or a first administrator, where the database knows nobody yet. */
    private String firstStart(Imports imports) {
        if (!settings.demo()) return rooms.people().firstAdministrator();
        var demo = new Demo(
                rooms.journal(),
                rooms.directory(),
                imports,
                rooms.people(),
                rooms.passwords(),
                rooms.briefings(),
                rooms.agenda(),
                rooms.invitations());
        demo.load();
        // A house that began without the demo has none of its accounts, whatever the configuration says later.
        if (demo.isLoaded()) demoAccounts = Demo.accounts();
        return null;
    }

    /** The accounts that anybody may be told of: none where this is no demo. */
    List<Demo.Account> demoAccounts() {
        return demoAccounts;
    }

    private Fields setup() {
        var accounts = demoAccounts.stream()
                .map(account -> Fields.of("username", account.username())
                        .and("role", account.role())
                        .and("name", account.name()))
                .toList();
        var video = Fields.of("configured", settings.jitsi().configured())
                .and("domain", settings.jitsi().domain());
        return Fields.of("name", "Giao Ban")
                .and("version", "0.1.0")
                .and("demo", !demoAccounts.isEmpty())
                .and("accounts", accounts.isEmpty() ? null : accounts)
                .and("video", video);
    }

    private static Followers followers(Presence presence) {
        return new Followers() {
            @Override
            public void came(String stream, String socket, String person) {
                presence.came(stream, socket, person);
            }

            @Override
            public void went(String stream, String socket, String person) {
                presence.went(stream, socket, person);
            }
        };
    }

    private PemKeyCertOptions certificate() {
        try {
            var own = SelfSigned.in(Path.of(settings.data()));
            return new PemKeyCertOptions()
                    .addCertPath(own.certificate().toString())
                    .addKeyPath(own.key().toString());
        } catch (IOException e) {
            throw new CannotStart("No certificate could be made in " + settings.data() + ": " + e.getMessage(), e);
        }
    }

    private void watch(Vertx vertx) {
        var port = settings.metrics().port();
        if (port < 0) return;
        if (port > 0 && port == settings.http().port())
            throw new CannotStart("metrics.port and http.port are both " + port);
        wait(vertx.deployVerticle(new WatchVerticle(settings.metrics(), meters, health)), "The meters cannot be shown");
    }

    /** One server per event loop; they share the port. */
    private void listen(Vertx vertx, Supplier<HttpVerticle> server) {
        int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
        var options = new DeploymentOptions().setInstances(loops);
        Supplier<HttpVerticle> kept = () -> {
            var one = server.get();
            servers.add(one);
            return one;
        };
        try {
            var deployed = vertx.deployVerticle(kept, options).await(20, TimeUnit.SECONDS);
            atTheEnd.add(() -> wait(vertx.undeploy(deployed), "slow to undeploy"));
        } catch (Exception e) {
            // The native transport has an exception of its own for it.
            if (e instanceof BindException || String.valueOf(e.getMessage()).contains("Address already in use"))
                throw new CannotStart(
                        "Port " + settings.http().port()
                                + " is taken; stop what uses it, or choose another with --port",
                        e);
            throw new CannotStart("The HTTP server cannot start: " + e.getMessage(), e);
        }
    }

    private static <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    /** What was begun beside, or why it failed. */
    private static <T> T of(CompletableFuture<T> begun) {
        try {
            return begun.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private <T> T wait(Future<T> future, String otherwise) {
        try {
            return future.await(hurried ? HURRIED_MS : 60_000, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new CannotStart(otherwise + " (" + e.getMessage() + ")", e);
        }
    }

    public int port() {
        return servers.getFirst().port();
    }

    public Rooms rooms() {
        return rooms;
    }

    public Settings settings() {
        return settings;
    }

    /** The first administrator's password, at the one start that made him; else null. */
    public String firstPassword() {
        return firstPassword;
    }

    /**
     * In the reverse order of the start: readiness off and a moment for that to be seen, no new sockets and goodbye to
     * those that are there, no further beat, this node's lines off the board, the requests under way to their end; then
     * what they stand on, the cluster among it.
     */
    @Override
    public void close() {
        health.stopping();
        for (var step : atTheEnd.reversed()) {
            try {
                step.run();
            } catch (Throwable e) {
                log.debug("closing", e);
            }
        }
        atTheEnd.clear();
    }
}

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.agenda.Agenda;
import vn.giaoban.agenda.AgendaRoutes;
import vn.giaoban.attendance.Attendance;
import vn.giaoban.attendance.AttendanceRoutes;
import vn.giaoban.attendance.Delegates;
import vn.giaoban.attendance.rollcall.RollCallRoutes;
import vn.giaoban.attendance.rollcall.RollCalls;
import vn.giaoban.bridge.Board;
import vn.giaoban.bridge.BridgeRoutes;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.Lines;
import vn.giaoban.bridge.Presence;
import vn.giaoban.bridge.check.CheckRoutes;
import vn.giaoban.bridge.check.Checks;
import vn.giaoban.bridge.check.Measuring;
import vn.giaoban.bridge.line.LineRoutes;
import vn.giaoban.bridge.line.LineWindows;
import vn.giaoban.bridge.passport.PassportRoutes;
import vn.giaoban.bridge.passport.Passports;
import vn.giaoban.bridge.relay.Relay;
import vn.giaoban.bridge.relay.RelayRoutes;
import vn.giaoban.bridge.reply.Contacts;
import vn.giaoban.bridge.reply.Replies;
import vn.giaoban.bridge.reply.ReplyRoutes;
import vn.giaoban.bridge.sitelist.SiteListRoutes;
import vn.giaoban.bridge.sitelist.SiteLists;
import vn.giaoban.bridge.succession.Succession;
import vn.giaoban.bridge.support.Alarms;
import vn.giaoban.bridge.support.Support;
import vn.giaoban.bridge.support.SupportRoutes;
import vn.giaoban.bridge.wave.WaveRoutes;
import vn.giaoban.bridge.wave.Waves;
import vn.giaoban.briefing.BriefingRoutes;
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
import vn.giaoban.directory.DirectoryRoutes;
import vn.giaoban.directory.Reference;
import vn.giaoban.directory.map.MapRoutes;
import vn.giaoban.directory.map.ProvinceMap;
import vn.giaoban.directory.registry.Column;
import vn.giaoban.directory.registry.Registry;
import vn.giaoban.directory.registry.RegistryRoutes;
import vn.giaoban.floor.Floor;
import vn.giaoban.floor.FloorRoutes;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Contract;
import vn.giaoban.http.Once;
import vn.giaoban.http.Origins;
import vn.giaoban.http.Security;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Chain;
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
import vn.giaoban.people.Person;
import vn.giaoban.people.Policy;
import vn.giaoban.people.Scope;
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
    private static final long EDGE_MS = 100;

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
        var registry = new Registry(journal, directory, settings.registry());
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

        var briefings = new Briefings(journal, settings.briefing());
        var agenda = new Agenda(
                journal,
                briefings,
                (endpoint, at) -> directory.endpointAt(endpoint, at).name(),
                settings.briefing().maxItems());
        var board = new Board(journal, directory, settings.briefing().maxOnBoard());
        var lines = new Lines(journal, briefings, board, settings.briefing().mergeGapSeconds());
        var invitations = new Invitations(journal, briefings, directory, board, lines, settings.briefing());
        var replies = new Replies(journal, briefings, invitations, directory);
        var delegates = new Delegates(
                journal, briefings, invitations, replies, settings.briefing().maxDelegatesPerSite());
        var checks = new Checks(journal, briefings, invitations, settings.check());
        var waves = new Waves(journal, briefings, invitations, checks, directory);
        var floor = new Floor(
                journal,
                briefings,
                invitations,
                delegates,
                directory,
                settings.briefing().maxFloorRequests());
        var relay = new Relay(journal, briefings, invitations, directory, floor, settings.briefing());
        var rollCalls = new RollCalls(
                journal, briefings, invitations, directory, ids -> named(people, ids), settings.rollCall());
        var attendance = new Attendance(
                journal,
                briefings,
                invitations,
                delegates,
                rollCalls,
                directory,
                settings.briefing().maxAddenda());
        var windows = new LineWindows(
                journal, briefings, board, invitations, settings.briefing().maxLineReports());
        var support = new Support(journal, briefings, board);
        var alarms = new Alarms(journal, briefings, board);
        board.seats(delegates);
        replies.registered(delegates);
        replies.contacts(ids -> contacts(registry, ids));
        invitations.onDeparture(replies);
        invitations.onDeparture(rollCalls);
        invitations.onDeparture(floor);
        invitations.onDeparture(delegates);
        invitations.onDeparture(checks);
        invitations.onDeparture(waves);
        checks.onRecorded(waves);
        invitations.onDeparture(support);
        invitations.onDeparture(alarms);
        support.onAside(floor);
        invitations.onDeparture(relay);
        delegates.onDeparture(floor);
        briefings.accompany(agenda);
        briefings.accompany(invitations);
        var video = new Video(vertx, settings.jitsi(), clock, journal, briefings, directory, lines, board, support);
        briefings.accompany(lines); // after the video, which still knows who is there
        briefings.accompany(replies);
        briefings.accompany(support);
        briefings.accompany(alarms);
        briefings.accompany(delegates);
        briefings.accompany(checks);
        briefings.accompany(waves);
        briefings.accompany(floor);
        briefings.accompany(relay);
        briefings.accompany(rollCalls);
        briefings.accompany(attendance); // last: it writes down what the others leave
        people.onRenamed(briefings::renamed);
        var succession = new Succession(journal, briefings, invitations, registry, directory);
        briefings.accompany(succession);
        registry.then(succession);
        journal.painter(briefings.painter());
        journal.painter(invitations);
        due.on(
                        "briefing.open",
                        (briefing, detail) ->
                                briefings.openDue(UUID.fromString(briefing), Instant.parse((String) detail.get("at"))))
                .on(
                        RollCalls.TIME_IS_UP,
                        (briefing, detail) ->
                                rollCalls.timeIsUp(UUID.fromString(briefing), (String) detail.get("calledAt")))
                .on("briefing.overrun", (briefing, detail) -> overrun(briefings, agenda, UUID.fromString(briefing)))
                .on(Registry.TURN, (endpoint, detail) -> registry.turnDue(UUID.fromString(endpoint)))
                .on("briefing.archive", (briefing, detail) -> briefings.archiveDue(UUID.fromString(briefing)));

        video.due(due);
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
                new LiveGate(gatekeeper, briefings, directory),
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
                briefings,
                agenda,
                invitations,
                lines,
                delegates,
                floor,
                attendance,
                due,
                keeper,
                hub);
        firstPassword = firstStart();

        var api = new Api(
                of(contract),
                gatekeeper,
                origins,
                Gatekeeper.COOKIE,
                settings.http().maxConcurrentCalls(),
                meters);
        new SessionRoutes(signIn, sessions, gate, directory, clock, this::setup).mount(api);
        new PeopleRoutes(people, passwords, once, keys.getLast()::derived).mount(api);
        new DirectoryRoutes(directory).mount(api);
        new MapRoutes(new ProvinceMap(journal, registry, directory, succession), Node::mayAtEndpoint).mount(api);
        Function<String, String> actors = actor -> {
            var person = actor.length() == 36 ? people.find(UUID.fromString(actor)) : null;
            return person == null ? "" : person.name();
        };
        new RegistryRoutes(registry, directory, Node::mayAtEndpoint, new Chain(db), once, actors).mount(api);
        new BriefingRoutes(briefings, directory, new Chain(db), once, person -> people.find(person) != null).mount(api);
        new AgendaRoutes(agenda, briefings, once, endpoint -> directory.endpoint(endpoint) != null).mount(api);
        new BridgeRoutes(invitations, briefings, once).mount(api);
        new CheckRoutes(checks, briefings, settings, clock, once).mount(api);
        new WaveRoutes(waves, briefings, settings.check()).mount(api);
        new ReplyRoutes(replies, briefings).mount(api);
        new LineRoutes(windows, briefings, journal).mount(api);
        new SupportRoutes(support, alarms, invitations, briefings).mount(api);
        new SiteListRoutes(new SiteLists(invitations, directory, registry, checks, replies), briefings, directory)
                .mount(api);
        new PassportRoutes(new Passports(journal, briefings, invitations, directory), briefings, directory).mount(api);
        new RollCallRoutes(rollCalls, briefings, once).mount(api);
        new FloorRoutes(floor, briefings, once).mount(api);
        new RelayRoutes(relay, briefings).mount(api);
        new AttendanceRoutes(journal, briefings, delegates, attendance, agenda, floor::spoken, once).mount(api);
        var inbound = video.mount(api, origins, meters);

        var measuring = new Measuring(vertx, gatekeeper, briefings, origins, settings.check());
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
        beats.every(1_000, "presence", () -> {
            presence.beat();
            lines.reconcile();
        });
        beats.every(500, "line windows", windows::beat);
        // A site that is lost is shown at once where this very node has seen it.
        beats.every(EDGE_MS, "lines", () -> {
            if (presence.stirred()) lines.reconcile();
        });
        video.beats(beats);
        video.meters(meters);
        beats.every(1_000, "relay", relay::lapse);
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

    /** What the registry asks of an endpoint, as the policy's rules are written: whose it is, and which one. */
    private static boolean mayAtEndpoint(Call call, String verb, UUID organisation, UUID endpoint) {
        var endpoints = endpoint == null ? Set.<UUID>of() : Set.of(endpoint);
        return Policy.may(Person.of(call), verb, new Scope(organisation, Set.of(), endpoints, Audience.PUBLIC, false));
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
    private String firstStart() {
        if (!settings.demo()) return rooms.people().firstAdministrator();
        var demo = new Demo(
                rooms.journal(),
                rooms.directory(),
                new Registry(rooms.journal(), rooms.directory(), settings.registry()),
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

    /** Near and past the planned end, every five minutes: whose booking comes next. */
    private static void overrun(Briefings briefings, Agenda agenda, UUID id) {
        var briefing = briefings.get(id);
        briefings.watchOverrun(id, agenda.expectedEnd(briefing));
    }

    /** Whom the registry knows at these sites: the technician on duty first. */
    private static Map<UUID, List<Contacts.Contact>> contacts(Registry registry, Collection<UUID> ids) {
        var all = new HashMap<UUID, List<Contacts.Contact>>();
        registry.get(ids).forEach((id, card) -> {
            var facts = card.facts();
            var people = new ArrayList<Contacts.Contact>();
            if (!facts.get(Column.DUTY_NAME).isEmpty()
                    || !facts.get(Column.DUTY_PHONE).isEmpty())
                people.add(new Contacts.Contact(facts.get(Column.DUTY_NAME), "", facts.get(Column.DUTY_PHONE), ""));
            facts.contacts()
                    .forEach(one -> people.add(new Contacts.Contact(one.name(), one.role(), one.phone(), one.email())));
            all.put(id, people);
        });
        return all;
    }

    /** How these persons are called. */
    private static Map<UUID, String> named(People people, Set<UUID> ids) {
        var names = new HashMap<UUID, String>();
        for (var id : ids) {
            var person = people.find(id);
            if (person != null) names.put(id, person.name());
        }
        return names;
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

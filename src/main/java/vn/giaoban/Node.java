package vn.giaoban;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.agenda.Agenda;
import vn.giaoban.agenda.AgendaRoutes;
import vn.giaoban.attendance.Attendance;
import vn.giaoban.attendance.AttendanceRoutes;
import vn.giaoban.attendance.Delegates;
import vn.giaoban.bridge.BridgeRoutes;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.Presence;
import vn.giaoban.briefing.BriefingRoutes;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.conf.SelfSigned;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.CannotStart;
import vn.giaoban.db.Db;
import vn.giaoban.db.LocalPostgres;
import vn.giaoban.db.Migration;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.DirectoryRoutes;
import vn.giaoban.directory.Reference;
import vn.giaoban.floor.Floor;
import vn.giaoban.floor.FloorRoutes;
import vn.giaoban.http.Api;
import vn.giaoban.http.Contract;
import vn.giaoban.http.Once;
import vn.giaoban.http.Origins;
import vn.giaoban.http.Security;
import vn.giaoban.jitsi.VideoRoutes;
import vn.giaoban.journal.Chain;
import vn.giaoban.journal.DueActs;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Keeper;
import vn.giaoban.live.Followers;
import vn.giaoban.live.LiveHub;
import vn.giaoban.live.LiveRoutes;

/** One node, wired by hand from top to bottom. What a room needs it is given here, and nowhere else. */
public final class Node implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Node.class);
    static final String COOKIE = "__Host-giaoban";

    private final List<Runnable> atTheEnd = new ArrayList<>();
    private int port;
    private Rooms rooms;
    private volatile boolean stopping;

    /** What the command line adds to the settings. */
    public record Start(Clock clock, boolean tls, Path web) {}

    /** The rooms of a running node, for the demo and for tests. */
    public record Rooms(
            Journal journal,
            Directory directory,
            Briefings briefings,
            Agenda agenda,
            Invitations invitations,
            Delegates delegates,
            Floor floor,
            Attendance attendance,
            DueActs due,
            Keeper keeper,
            LiveHub hub) {}

    private Node() {}

    public static Node start(Settings settings, Start start) {
        var node = new Node();
        try {
            node.run(settings, start);
            return node;
        } catch (Throwable e) {
            node.close();
            throw e;
        }
    }

    private void run(Settings settings, Start start) {
        // PostgreSQL and the cluster need nothing of each other, and each needs a second.
        var database = CompletableFuture.supplyAsync(() -> database(settings));
        var vertx = await(Cluster.start(settings.cluster()), "The cluster cannot be joined");
        atTheEnd.add(() -> vertx.close().await());
        var url = join(database);
        var id = UUID.randomUUID().toString().substring(0, 8);
        var clock = start.clock();

        var db = pool(vertx, url, "giaoban_app", settings.database().poolSize(), settings);
        var read = pool(vertx, url, "giaoban_read", settings.database().readPoolSize(), settings);
        var journal = new Journal(db, clock, settings.cluster().doorbell() ? vertx : null);
        var keeper = new Keeper(db, clock, settings.live().checkpointEvery());
        if (keeper.checkEpochs()) log.warn("another database than before: all streams begin a new epoch");
        Reference.load(journal);
        var once = new Once(db);
        var chain = new Chain(db);

        var directory = new Directory(journal);
        var briefings = new Briefings(journal, settings.briefing());
        var agenda = new Agenda(
                journal, briefings, endpoint -> directory.endpoint(endpoint).name(), settings.briefing().maxItems());
        var invitations = new Invitations(journal, briefings, directory, settings.briefing());
        // PEOPLE
        briefings.accompany(agenda);
        briefings.accompany(invitations);
        journal.painter(briefings);
        journal.painter(invitations);
        port = 0;
    }
}

package vn.giaoban.bench.kill;

import static vn.giaoban.bench.Bench.say;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Organizer;
import vn.giaoban.bench.client.Times;

/**
 * `bench kill`: three nodes, fifty commands a second, some hundred clients who keep the reader's rule; one node after
 * the other is killed and comes back. At the end every client shows all that was acknowledged, each command once.
 */
public final class KillBench {
    private static final int KILLS = Integer.getInteger("kills", Bench.quick() ? 2 : 20);
    private static final int CLIENTS = Integer.getInteger("clients", 300);
    private static final int COMMANDS_PER_SECOND = Integer.getInteger("commands", 50);
    private static final int WRITERS = 25;
    private static final int BRIEFINGS = 4;
    private static final int MEMBERS = 60;
    private static final List<String> AUDIENCES = List.of("public", "press", "site", "staff");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of(
            "GIAOBAN_BRIEFING_MAXITEMS", "2000",
            // Sixty of the clients are one person's.
            "GIAOBAN_LIVE_MAXSOCKETSPERPERSON", "200");

    private final Watch watch = new Watch();
    private final Books books = new Books();
    private final List<String> briefings = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Thread> hands = new ArrayList<>();
    private final Times starts = new Times();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final House house;
    private String token;

    private KillBench(House house) {
        this.house = house;
    }

    public static void main(String[] arguments) throws Exception {
        run();
    }

    public static void run() throws Exception {
        // That connections break is the point here.
        ((Logger) LoggerFactory.getLogger("io.vertx")).setLevel(Level.OFF);
        var vertx = Vertx.vertx();
        try (var house = new House(3, SETTINGS)) {
            new KillBench(house).run(vertx);
        } finally {
            vertx.close().await();
        }
    }

    private void run(Vertx vertx) throws Exception {
        for (int i = 0; i < BRIEFINGS; i++) {
            var organizer = new Organizer(house.node(0).port, house.node(0).firstPassword());
            organizer.goLive(i);
            briefings.add(organizer.briefing);
            token = organizer.token;
        }
        follow(vertx);
        until("all nodes to see each other", () -> see(-1, house.size()));
        write();
        TimeUnit.SECONDS.sleep(3);
        long begun = System.nanoTime();
        for (int kill = 0; kill < KILLS; kill++) kill(kill % house.size());
        double seconds = (System.nanoTime() - begun) / 1e9;
        TimeUnit.SECONDS.sleep(1);
        for (var writer : writers) writer.stop();
        for (var hand : hands) hand.join();
        say(
                "commands",
                "%d acknowledged (%.0f a second meant), %d presses without an answer, %d of them done all the same; %s",
                books.acknowledgedCount(),
                (double) COMMANDS_PER_SECOND,
                books.unansweredCount(),
                books.doneBeforeCount(),
                books.commands);
        say("nodes", "%d killed in %.0f s; ready again %s", KILLS, seconds, starts);
        say(
                "clients of a killed node current again, from the kill on",
                "%s (%d reconnects in all)",
                watch.currentAgain,
                watch.reconnects.get());
        new Judgement(house, http, token, books, watch).over(followers);
        followers.forEach(Follower::stop);
    }

    private void follow(Vertx vertx) throws InterruptedException {
        var client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(CLIENTS * 2)
                .setMaxFrameSize(1 << 22)
                .setTryUsePerFrameCompression(false)
                .setTryUsePerMessageCompression(false));
        var random = new Random(1);
        for (int i = 0; i < CLIENTS; i++) {
            boolean member = i < MEMBERS;
            var streams = new ArrayList<String>();
            int many = i % 5 == 0 ? 3 : 1; // some follow several on one socket
            for (int s = 0; s < many; s++) streams.add("briefing/" + briefings.get((i + s) % BRIEFINGS));
            var audience = member ? AUDIENCES.get(i % AUDIENCES.size()) : "public";
            followers.add(new Follower(vertx, client, watch, house.ports(), member ? token : null, audience, streams));
            followers.getLast().connect(house.ports().get(random.nextInt(house.size())));
        }
        until("everybody to be there", () -> followers.stream().allMatch(follower -> follower.port() > 0));
    }

    private void write() {
        long every = 1_000L * WRITERS / COMMANDS_PER_SECOND;
        for (int i = 0; i < WRITERS; i++) {
            var writer = new Writer(http, house.ports(), token, briefings.get(i % BRIEFINGS), books, i);
            writers.add(writer);
            long first = i * every / WRITERS;
            hands.add(Thread.startVirtualThread(() -> writer.write(first, every)));
        }
    }

    /** Killed, seen to be gone by its clients, started again; then a moment of peace. */
    private void kill(int i) throws Exception {
        int port = house.node(i).port;
        long had =
                followers.stream().filter(follower -> follower.port() == port).count();
        int before = watch.currentAgain.count();
        watch.killedAt.put(port, System.nanoTime());
        house.node(i).kill();
        until("its clients to be current again", () -> watch.currentAgain.count() >= before + had);
        until("the others to see it gone", () -> see(i, house.size() - 1));
        house.startAgain(i);
        until("the others to see it again", () -> see(i, house.size()));
        starts.add(house.node(i).secondsToReady * 1_000);
        watch.killedAt.remove(port);
        TimeUnit.MILLISECONDS.sleep(500);
    }

    /** Whether all nodes but this one see so many. */
    private boolean see(int but, int many) {
        try {
            for (int i = 0; i < house.size(); i++)
                if (i != but && house.meter(i, "giaoban_cluster_nodes") != many) return false;
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean until(BooleanSupplier seen) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.getAsBoolean()) {
            if (System.nanoTime() > end) return false;
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    private static void until(String what, BooleanSupplier seen) throws InterruptedException {
        if (!until(seen)) throw new IllegalStateException("waited for " + what + " in vain");
    }
}

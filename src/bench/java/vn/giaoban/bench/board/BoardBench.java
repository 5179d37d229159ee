package vn.giaoban.bench.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Bench;
import vn.giaoban.bench.Machine;
import vn.giaoban.bench.Scratch;
import vn.giaoban.bench.Server;
import vn.giaoban.bench.client.Times;

/**
 * A board of 3,356 sites: every site's page holds its line and reports on it as it does in earnest, and up to 50 sites a second
 * become weak or well, are cut or come back. How long until the board shows it; and the same board in Chromium.
 */
public final class BoardBench {
    private static final int SITES = Integer.getInteger("sites", Bench.quick() ? 300 : 3_356);
    private static final int SECONDS = Integer.getInteger("seconds", Bench.quick() ? 10 : 40);
    private static final int CHANGES_A_SECOND = Math.clamp(SITES / 7, 5, 50);
    private static final int WEAK_AT_ONCE = Math.min(40, SITES / 6);
    private static final int GONE_AT_ONCE = Math.min(60, SITES / 4);
    private static final int REPORT_EVERY_SECONDS = 20;

    private final Random random = new Random(7);
    private final Hub hub;
    private final Sites sites;
    /** Nothing is being changed at them: they report that all is well. */
    private final Set<String> idle = ConcurrentHashMap.newKeySet();

    private final Times weak = new Times();
    private final Times well = new Times();
    private final Times lost = new Times();
    private final Times back = new Times();

    private BoardBench(Hub hub, Sites sites) {
        this.hub = hub;
        this.sites = sites;
    }

    public static void run() throws Exception {
        var settings = Map.of(
                "GIAOBAN_SIGNIN_TRIESPERADDRESSANDHOUR", "10000",
                "GIAOBAN_SIGNIN_TOKENMINUTES", "15",
                "GIAOBAN_HTTP_MAXBODYBYTES", "1048576");
        try (var server = Server.main(BoardNode.class, Scratch.directory(), settings, BoardNode.READY, "" + SITES)) {
            var hub = new Hub(server.port, server.firstPassword());
            hub.goLive(SITES);
            try (var sites = new Sites(server.port, hub);
                    var board = new Watcher(server.port, hub.briefing, hub.token)) {
                var bench = new BoardBench(hub, sites);
                bench.arrive(board);
                double cpu = Machine.seconds(server.pid());
                bench.changes(board);
                Bench.say("CPU of the server meanwhile", "%.2f core", (Machine.seconds(server.pid()) - cpu) / SECONDS);
                bench.print(board);
                bench.chromium(server);
            }
        }
    }

    private void arrive(Watcher board) throws Exception {
        long begun = System.nanoTime();
        inParallel(6, hub.sites, site -> {
            sites.connect(site);
            hub.join(site);
        });
        double joined = (System.nanoTime() - begun) / 1e9;
        while (board.in("CONNECTED") < SITES) {
            if (System.nanoTime() - begun > 300e9)
                throw new IllegalStateException(board.in("CONNECTED") + " of " + SITES + " have arrived");
            TimeUnit.MILLISECONDS.sleep(20);
        }
        double shown = (System.nanoTime() - begun) / 1e9;
        TimeUnit.SECONDS.sleep(4); // a page that has just joined is given three before its silence counts
        Bench.say("all " + SITES + " sites connect and join", "%.1f s", joined);
        Bench.say("on the board after the last one", "%.0f ms", shown * 1e3 - joined * 1e3);
    }

    /** Four kinds in turn: a site becomes weak, well again, is cut, comes back; each site is in one of them at a time. */
    private void changes(Watcher board) throws Exception {
        var mixed = new ArrayList<>(hub.sites);
        Collections.shuffle(mixed, random);
        idle.addAll(mixed);
        var free = new ArrayDeque<>(mixed);
        var weakened = new ArrayDeque<String>();
        var gone = new ArrayDeque<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reporting = threads.submit(this::reports);
            long begun = System.nanoTime();
            for (int n = 0; n < SECONDS * CHANGES_A_SECOND; n++) {
                long due = begun + n * 1_000_000_000L / CHANGES_A_SECOND;
                long ahead = due - System.nanoTime();
                if (ahead > 0) TimeUnit.NANOSECONDS.sleep(ahead);
                switch (n % 4) {
                    case 0 -> quality(threads, board, taken(free, weakened), 900, weak, "WEAK");
                    case 1 -> cut(threads, board, taken(free, gone));
                    case 2 -> {
                        if (weakened.size() > WEAK_AT_ONCE)
                            quality(threads, board, given(weakened, free), 30, well, "CONNECTED");
                    }
                    default -> {
                        // Long enough gone to have been seen.
                        if (gone.size() > GONE_AT_ONCE) comeBack(threads, board, given(gone, free));
                    }
                }
            }
            reporting.cancel(true);
        }
        for (int tenths = 0; tenths < 100 && board.open() > 0; tenths++) TimeUnit.MILLISECONDS.sleep(100);
    }

    private String taken(Deque<String> free, Deque<String> to) {
        var site = free.removeLast();
        idle.remove(site);
        to.addLast(site);
        return site;
    }

    /** It waits behind all the others before it is taken again. */
    private static String given(Deque<String> from, Deque<String> free) {
        var site = from.removeFirst();
        free.addFirst(site);
        return site;
    }

    private void quality(
            java.util.concurrent.ExecutorService threads,
            Watcher board,
            String site,
            int roundTripMs,
            Times times,
            String state) {
        threads.submit(() -> {
            board.await(site, times, state);
            hub.report(site, roundTripMs);
            return null;
        });
    }

    private void cut(java.util.concurrent.ExecutorService threads, Watcher board, String site) {
        threads.submit(() -> {
            board.await(site, lost, "LOST");
            sites.cut(site);
            return null;
        });
    }

    private void comeBack(java.util.concurrent.ExecutorService threads, Watcher board, String site) {
        threads.submit(() -> {
            board.await(site, back, "CONNECTED");
            sites.connect(site);
            return null;
        });
    }

    /** What every page tells anyway. */
    private Void reports() throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
            for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
                var site = hub.sites.get(n % SITES);
                if (idle.contains(site))
                    threads.submit(() -> {
                        hub.report(site, 25 + random.nextInt(20));
                        return null;
                    });
                TimeUnit.NANOSECONDS.sleep(REPORT_EVERY_SECONDS * 1_000_000_000L / SITES);
            }
        }
        return null;
    }

    private void print(Watcher board) {
        Bench.say(
                "changes a second beside " + SITES / REPORT_EVERY_SECONDS + " reports a second",
                "%d",
                CHANGES_A_SECOND);
        Bench.say("a page reports a weak line -> board", "%s", weak);
        Bench.say("a page reports a good line -> board", "%s", well);
        Bench.say("a socket is cut -> board", "%s", lost);
        Bench.say("a page is back -> board", "%s", back);
        Bench.say("not shown after ten seconds", "%d", board.open());
        Bench.say("the whole board, as it is sent", "%d bytes", board.snapshotBytes());
    }

    /** The pages themselves: written for Playwright, which drives the browser. */
    private void chromium(Server server) throws Exception {
        if (!Files.exists(Path.of("web-client/dist/index.html"))) {
            System.out.println("in Chromium: skipped, the web client is not built");
            return;
        }
        var command = List.of("npx", "--no-install", "playwright", "test", "--config", "playwright.bench.config.ts");
        var builder =
                new ProcessBuilder(command).directory(Path.of("web-client").toFile());
        builder.inheritIO();
        builder.environment().put("GIAOBAN_URL", "http://127.0.0.1:" + server.port);
        builder.environment().put("BENCH_BRIEFING", hub.briefing);
        builder.environment().put("BENCH_PASSWORD", server.firstPassword());
        var process = builder.start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changing = threads.submit(() -> {
                for (int n = 0; process.isAlive(); n++) {
                    var site = hub.sites.get(random.nextInt(hub.sites.size()));
                    int roundTripMs = n % 2 == 0 ? 900 : 30;
                    threads.submit(() -> {
                        hub.report(site, roundTripMs);
                        return null;
                    });
                    TimeUnit.MILLISECONDS.sleep(1_000 / CHANGES_A_SECOND);
                }
                return null;
            });
            if (!process.waitFor(180, TimeUnit.SECONDS)) process.destroyForcibly();
            changing.cancel(true);
        }
    }

    private interface Act {
        void on(String site) throws Exception;
    }

    private static void inParallel(int many, List<String> all, Act act)
            throws IOException, InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(many, Thread.ofVirtual().factory())) {
            var begun = new ArrayList<Future<?>>();
            for (var site : all)
                begun.add(threads.submit(() -> {
                    act.on(site);
                    return null;
                }));
            for (var one : begun) one.get();
        }
    }
}

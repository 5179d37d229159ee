package vn.giaoban.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import vn.giaoban.Node;
import vn.giaoban.bench.load.Http;
import vn.giaoban.conf.Settings;
import vn.giaoban.live.Below;
import vn.giaoban.live.LiveHub;
import vn.giaoban.live.StreamKey;

/**
 * The real node, with a private port beside it: POST /briefing/{id} appends a patch below the journal, GET /loops says
 * what the event loops have used. Configured by the environment, as any node can be.
 */
public final class BenchNode {
    static final String READY = "ready below";

    private final LiveHub hub;
    private final Map<String, Below> streams = new HashMap<>();

    private BenchNode(LiveHub hub) {
        this.hub = hub;
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        var settings = Settings.load(Path.of("conf/giaoban.yaml"), System.getenv());
        var node = Node.start(settings, new Node.Start(Clock.systemUTC(), false, null));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        System.out.println("admin / " + node.firstPassword());
        try (var door = new ServerSocket(Integer.parseInt(arguments[0]), 50, InetAddress.getLoopbackAddress())) {
            System.out.println(READY);
            while (true) {
                var caller = door.accept();
                Thread.ofPlatform()
                        .daemon()
                        .name("below")
                        .start(() -> serve(node.rooms().hub(), caller));
            }
        }
    }

    private static void serve(LiveHub hub, Socket caller) {
        var node = new BenchNode(hub);
        try (caller;
                var in = new BufferedInputStream(caller.getInputStream())) {
            caller.setTcpNoDelay(true);
            for (var request = Http.read(in); request != null; request = Http.read(in))
                caller.getOutputStream().write(Http.message("HTTP/1.1 200 OK", "", node.answer(request)));
        } catch (IOException e) {
            // The caller has gone.
        }
    }

    /** A patch is taken, not waited for: those that come right after each other are appended right after each other. */
    private String answer(Http request) {
        var path = request.first().split(" ")[1];
        if (path.equals("/loops")) return loops();
        streams.computeIfAbsent(path.substring(1), name -> new Below(hub, new StreamKey(name, "public")))
                .append(request.body());
        return "";
    }

    /** CPU and user seconds, and bytes allocated, of all event loops so far. */
    private static String loops() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        double cpu = 0;
        double user = 0;
        long bytes = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info == null || !info.getThreadName().contains("eventloop")) continue;
            cpu += threads.getThreadCpuTime(id) / 1e9;
            user += threads.getThreadUserTime(id) / 1e9;
            bytes += threads.getThreadAllocatedBytes(id);
        }
        return String.format(Locale.ROOT, "cpu=%.3f user=%.3f bytes=%d", cpu, user, bytes);
    }
}

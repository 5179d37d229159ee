package vn.giaoban.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import vn.giaoban.Node;
import vn.giaoban.conf.Settings;
import vn.giaoban.live.Below;
import vn.giaoban.live.StreamKey;

/**
 * The real node, with a private port beside it: POST /briefing/{id} appends a patch below the journal, GET /loops says
 * what the event loops have used. Configured by the environment, as any node can be.
 */
public final class BenchNode {
    static final String READY = "ready below";

    private BenchNode() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var settings = Settings.load(Path.of("conf/giaoban.yaml"), System.getenv());
        var node = Node.start(settings, new Node.Start(Clock.systemUTC(), false, null));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        System.out.println("admin / " + node.firstPassword());

        var door = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        door.createContext("/briefing/", call -> {
            var stream = call.getRequestURI().getPath().substring(1);
            var patch = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var seq = new Below(node.rooms().hub(), new StreamKey(stream, "public"))
                    .append(patch)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            answer(call, String.valueOf(seq));
        });
        door.createContext("/loops", call -> answer(call, loops()));
        door.start();
        System.out.println(READY);
        Thread.currentThread().join();
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

    private static void answer(HttpExchange call, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }
}

package vn.giaoban;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.CannotStart;
import vn.giaoban.db.Unavailable;

/** Start here: the command line, one node, the banner, and a clean end at Ctrl-C. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        try {
            var command = CommandLine.of(arguments);
            var environment = new HashMap<>(System.getenv());
            // On every address, so that a phone reaches it; unless somebody says where.
            if (command.tls()) environment.putIfAbsent("GIAOBAN_HTTP_HOST", "0.0.0.0");
            environment.putAll(command.environment());
            var settings = Settings.load(Path.of(command.configuration()), environment);
            var node = Node.start(settings, new Node.Start(Clock.systemUTC(), command.tls(), web()));
            // PostgreSQL is our child and dies with the thread that made it: this one stays.
            Stop.prepare(node);
            System.out.println(Banner.of(node, command.tls()));
            Thread.currentThread().join();
        } catch (CannotStart | Settings.Unusable | Unavailable e) {
            System.err.println("giaoban: " + e.getMessage());
            System.exit(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The built web client, beside the program; null where only the API is served. */
    private static Path web() {
        var built = Path.of(System.getProperty("giaoban.web", "web-client/dist"));
        return built.resolve("index.html").toFile().exists() ? built : null;
    }

    /** What the command line says; everything in it could stand in the environment too. */
    record CommandLine(String configuration, boolean tls, Map<String, String> environment) {
        static CommandLine of(String[] arguments) {
            var environment = new HashMap<String, String>();
            var configuration = "conf/giaoban.yaml";
            boolean tls = false;
            for (int i = 0; i < arguments.length; i++)
                switch (arguments[i]) {
                    case "--no-demo" -> environment.put("GIAOBAN_DEMO", "false");
                    case "--tls" -> tls = true;
                    case "--port" -> environment.put("GIAOBAN_HTTP_PORT", value(arguments, ++i));
                    case "--data" -> environment.put("GIAOBAN_DATA", value(arguments, ++i));
                    case "--conf" -> configuration = value(arguments, ++i);
                    default ->
                        throw new CannotStart("unknown option " + arguments[i]
                                + " (there are --port N, --data DIR, --conf FILE, --tls, --no-demo)");
                }
            return new CommandLine(configuration, tls, environment);
        }

        private static String value(String[] arguments, int i) {
            if (i >= arguments.length) throw new CannotStart(arguments[i - 1] + " needs a value");
            return arguments[i];
        }
    }
}

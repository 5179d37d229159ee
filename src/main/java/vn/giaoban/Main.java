package vn.giaoban;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.CannotStart;
import vn.giaoban.db.Unavailable;
import vn.giaoban.jitsi.lint.Lint;
import vn.giaoban.jitsi.lint.Report;
import vn.giaoban.jitsi.lint.config.Configuration.Text;
import vn.giaoban.jitsi.lint.config.Unreadable;

/** Start here: the command line, one node, the banner, and a clean end at Ctrl-C. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("check-jitsi")) System.exit(checkJitsi(arguments));
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

    /** Holds files of a Jitsi against what is known to go wrong: 0 nothing found, 1 something, 2 not readable. */
    private static int checkJitsi(String[] arguments) {
        var words = List.of(arguments).subList(1, arguments.length);
        boolean said = words.size() > 1 && words.getFirst().equals("--lang");
        var report = new Report(said && words.get(1).equals("en") ? "en" : "vi");
        var files = said ? words.subList(2, words.size()) : words;
        if (files.isEmpty()) {
            System.err.println(report.word("usage"));
            return 2;
        }
        try {
            var texts = new ArrayList<Text>();
            for (var file : files) texts.add(new Text(file, Files.readString(Path.of(file))));
            var findings = Lint.of(texts);
            report.lines(findings).forEach(System.out::println);
            return findings.isEmpty() ? 0 : 1;
        } catch (IOException | Unreadable e) {
            System.err.println(report.word("unreadable") + " " + e.getMessage());
            return 2;
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

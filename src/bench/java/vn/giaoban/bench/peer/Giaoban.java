package vn.giaoban.bench.peer;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Machine;
import vn.giaoban.bench.Organizer;
import vn.giaoban.bench.Scratch;
import vn.giaoban.bench.Server;
import vn.giaoban.bench.load.Kind;

/** The real node with its gate and its limits, and one live public briefing, to which patches go below the journal. */
public final class Giaoban implements AutoCloseable {
    /** So long a hub looks at a head that has changed: only then nobody contradicts what is below the journal. */
    private static final long HEADS_LOOKED_AT_MS = 15_000;

    private final Server server;
    private final String stream;
    private final long quietFrom;

    public Giaoban(Map<String, String> settings, List<String> jvm) throws Exception {
        server = Server.below(Scratch.directory(), settings, jvm);
        var organizer = new Organizer(server.port, server.firstPassword());
        organizer.goLive();
        stream = "briefing/" + organizer.briefing;
        quietFrom = now() + HEADS_LOOKED_AT_MS;
    }

    /** The same server, read in this way. */
    public Peer read(String name, Kind kind) {
        return new Reading(name, kind);
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    private final class Reading implements Peer {
        private final String name;
        private final Kind kind;

        Reading(String name, Kind kind) {
            this.name = name;
            this.kind = kind;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long pid() {
            return server.pid();
        }

        @Override
        public void aim(Generator generator) throws IOException {
            generator.target(kind, server.port, "/live/" + stream);
        }

        @Override
        public void publish(Generator generator) throws Exception {
            TimeUnit.MILLISECONDS.sleep(Math.max(0, quietFrom - now()));
            generator.publish(server.below, "/" + stream, true);
        }

        /** Without the database, which knows nothing of readers. */
        @Override
        public double memoryMiB() {
            return Machine.proportionalAloneMiB(server.pid());
        }

        @Override
        public void collectGarbage() throws Exception {
            for (int i = 0; i < 2; i++)
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/jcmd", String.valueOf(server.pid()), "GC.run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectErrorStream(true)
                        .start()
                        .waitFor();
        }

        @Override
        public Map<String, Double> inside() throws IOException {
            try (var in = URI.create("http://127.0.0.1:" + server.below + "/loops")
                    .toURL()
                    .openStream()) {
                var said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                var figures = new HashMap<String, Double>();
                for (var pair : said.split(" ")) {
                    int at = pair.indexOf('=');
                    figures.put(pair.substring(0, at), Double.valueOf(pair.substring(at + 1)));
                }
                return figures;
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}

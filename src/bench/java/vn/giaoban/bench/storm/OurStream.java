package vn.giaoban.bench.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Organizer;
import vn.giaoban.bench.Scratch;
import vn.giaoban.bench.Server;
import vn.giaoban.bench.client.Prometheus;
import vn.giaoban.bench.load.Kind;

/** A node as it ships, with its own PostgreSQL: every patch comes the whole way, from a command through the journal. */
final class OurStream implements Stream {
    private final int meters = Server.freePort();
    private final Server server;
    private final Organizer organizer;
    private final Kind kind;
    private int round;

    OurStream(Kind kind) throws Exception {
        this.kind = kind;
        server = Server.start(
                Scratch.directory(),
                Files.exists(Server.CACHE),
                Server.freePort(),
                Map.of("GIAOBAN_METRICS_PORT", String.valueOf(meters)));
        organizer = new Organizer(server.port, server.firstPassword());
        organizer.goLive();
    }

    @Override
    public String name() {
        return "Giao Ban";
    }

    @Override
    public long pid() {
        return server.pid();
    }

    int port() {
        return server.port;
    }

    String stream() {
        return "briefing/" + organizer.briefing;
    }

    @Override
    public void aim(Generator generator) throws IOException {
        generator.target(kind, server.port, "/live/" + stream());
    }

    @Override
    public void publish() throws Exception {
        organizer.change(round++);
    }

    @Override
    public double count(What what) throws IOException {
        return switch (what) {
            case SNAPSHOTS -> Prometheus.value(meters, "giaoban_live_snapshots_total");
            case DATABASE_READS -> Prometheus.value(meters, "giaoban_db_call_seconds_count", "pool=\"reads\"");
        };
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}

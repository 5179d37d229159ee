package vn.giaoban.bench.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vn.giaoban.bench.Scratch;
import vn.giaoban.bench.Server;
import vn.giaoban.bench.client.Prometheus;
import vn.giaoban.db.LocalPostgres;

/** Several real nodes on one PostgreSQL that loses nothing, joined over loopback; each can be killed and started again. */
public final class House implements AutoCloseable {
    private final Path directory = Scratch.directory();
    private final Map<String, String> settings;
    private final LocalPostgres postgres;
    private final List<Integer> memberships;
    private final List<Integer> meters;
    private final Server[] nodes;

    /** Called from a thread that lives as long as the house: PostgreSQL goes with it. */
    public House(int many, Map<String, String> settings) throws IOException, InterruptedException {
        this.settings = settings;
        this.postgres = LocalPostgres.start(directory.resolve("postgres"));
        this.memberships = freePorts(many);
        this.meters = freePorts(many);
        this.nodes = new Server[many];
        var ports = freePorts(many);
        for (int i = 0; i < many; i++) nodes[i] = start(i, ports.get(i));
    }

    private static List<Integer> freePorts(int many) throws IOException {
        var ports = new ArrayList<Integer>();
        while (ports.size() < many) {
            int port = Server.freePort();
            if (!ports.contains(port)) ports.add(port);
        }
        return ports;
    }

    private Server start(int i, int port) throws IOException, InterruptedException {
        var environment = new HashMap<>(settings);
        environment.put("GIAOBAN_DATABASE_URL", postgres.url());
        environment.put("GIAOBAN_CLUSTER_PORT", String.valueOf(memberships.get(i)));
        environment.put("GIAOBAN_METRICS_PORT", String.valueOf(meters.get(i)));
        environment.put(
                "GIAOBAN_CLUSTER_MEMBERS",
                memberships.stream().map(member -> "127.0.0.1:" + member).collect(Collectors.joining(",")));
        return Server.start(directory.resolve("node" + i), Files.exists(Server.CACHE), port, environment);
    }

    public Server node(int i) {
        return nodes[i];
    }

    public int size() {
        return nodes.length;
    }

    /** What a node says of itself by this name. */
    public double meter(int i, String name) throws IOException {
        return Prometheus.value(meters.get(i), name);
    }

    /** Where the nodes listen, whether they live or not. */
    public List<Integer> ports() {
        return IntStream.range(0, nodes.length).mapToObj(i -> nodes[i].port).toList();
    }

    /** A new process in place of one that is gone, on the same ports. */
    public void startAgain(int i) throws IOException, InterruptedException {
        nodes[i] = start(i, nodes[i].port);
    }

    @Override
    public void close() throws InterruptedException {
        for (var node : nodes) node.terminate();
        for (var node : nodes) node.close();
        postgres.close();
    }
}

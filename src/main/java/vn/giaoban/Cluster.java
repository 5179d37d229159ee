package vn.giaoban;

import com.hazelcast.config.Config;
import com.hazelcast.config.YamlConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.CannotStart;

/** Vert.x with its event bus spread over the nodes by Hazelcast: a doorbell and a membership, nothing that must be right. */
final class Cluster {
    private final HazelcastClusterManager membership;
    private final Future<Vertx> vertx;

    private Cluster(HazelcastClusterManager membership, Future<Vertx> vertx) {
        this.membership = membership;
        this.vertx = vertx;
    }

    static Cluster join(Settings.Cluster settings) {
        System.setProperty("vertx.hazelcast.async-api", "true");
        var address = address(settings);
        var bus = new EventBusOptions()
                .setHost(address)
                .setClusterPublicHost(address)
                .setPort(settings.busPort())
                .setClusterPingInterval(5_000)
                .setClusterPingReplyInterval(5_000);
        var options = new VertxOptions()
                .setEventBusOptions(bus)
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()));
        var membership = new HazelcastClusterManager(hazelcast(settings, address));
        return new Cluster(
                membership,
                Vertx.builder().with(options).withClusterManager(membership).buildClustered());
    }

    Future<Vertx> vertx() {
        return vertx;
    }

    /** How many nodes this one believes to run; 1 where it is alone. */
    int nodes() {
        return membership.getNodes().size();
    }

    /** Hazelcast and the bus listen on one address, as a number: by a name they could come to two. */
    private static String address(Settings.Cluster settings) {
        try {
            var address = InetAddress.getByName(settings.host());
            // The usual slip: members elsewhere, and nobody could reach this one.
            if (address.isLoopbackAddress() && !settings.members().stream().allMatch(Cluster::loopback))
                throw new CannotStart("cluster.members are on other machines, cluster.host " + settings.host()
                        + " is only reached from this one: set it to this node's private address");
            return address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new CannotStart("cluster.host " + settings.host() + " is no address of this machine", e);
        }
    }

    private static boolean loopback(String member) {
        return member.startsWith("127.") || member.startsWith("localhost") || member.startsWith("[::1]");
    }

    private static Config hazelcast(Settings.Cluster settings, String address) {
        var config = read(settings.config());
        var network = config.getNetworkConfig().setPort(settings.port());
        network.getInterfaces().setEnabled(true).clear().addInterface(address);
        if (!settings.members().isEmpty())
            network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(settings.members());
        return config;
    }

    private static Config read(String file) {
        if (!Files.exists(Path.of(file)))
            throw new CannotStart("Hazelcast's configuration " + file + " is not there; set cluster.config");
        try {
            var text = Files.readString(Path.of(file));
            // What ships is known to fit Hazelcast's schema; to hold it against that takes half a second of each start.
            if (text.equals(Resources.text("/hazelcast.yaml")))
                System.setProperty("hazelcast.config.schema.validation.enabled", "false");
            return new YamlConfigBuilder(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).build();
        } catch (IOException | RuntimeException e) {
            throw new CannotStart(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}

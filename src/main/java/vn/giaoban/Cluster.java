package vn.giaoban;

import com.hazelcast.config.YamlConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.CannotStart;

/** Vert.x with its event bus spread over the nodes by Hazelcast: a doorbell and a membership, nothing that must be right. */
final class Cluster {
    private Cluster() {}

    static Future<Vertx> start(Settings.Cluster settings) {
        System.setProperty("vertx.hazelcast.async-api", "true");
        var bus = new EventBusOptions()
                .setHost(settings.busHost())
                .setClusterPublicHost(settings.busHost())
                .setPort(settings.busPort())
                .setClusterPingInterval(5_000)
                .setClusterPingReplyInterval(5_000);
        var options = new VertxOptions()
                .setEventBusOptions(bus)
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()));
        return Vertx.builder()
                .with(options)
                .withClusterManager(new HazelcastClusterManager(config(settings.config())))
                .buildClustered();
    }

    private static com.hazelcast.config.Config config(String file) {
        if (!Files.exists(Path.of(file)))
            throw new CannotStart("Hazelcast's configuration " + file + " is not there; set cluster.config");
        try (var in = new FileInputStream(file)) {
            return new YamlConfigBuilder(in).build();
        } catch (IOException | RuntimeException e) {
            throw new CannotStart(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}

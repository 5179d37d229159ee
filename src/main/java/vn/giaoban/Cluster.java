package vn.giaoban;

import com.hazelcast.config.YamlConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

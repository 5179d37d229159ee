package vn.giaoban.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Scratch;
import vn.giaoban.bench.Server;
import vn.giaoban.bench.load.Kind;

/** nginx with nchan, one channel, two workers. */
public final class Nchan implements AutoCloseable {
    private static final String NGINX = System.getenv().getOrDefault("NGINX", "nginx");
    private static final Path MODULE =
            Path.of(System.getenv().getOrDefault("NCHAN_MODULE", "/usr/lib/nginx/modules/ngx_nchan_module.so"));

    private final Process process;
    private final int port;

    public static boolean installed() {
        return Files.exists(MODULE);
    }

    public Nchan() throws IOException, InterruptedException {
        var directory = Scratch.directory();
        port = Server.freePort();
        var configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, configuration(port));
        var builder = new ProcessBuilder(
                        NGINX,
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString(),
                        "-e",
                        directory + "/error.log")
                .inheritIO();
        builder.environment().remove("NGINX"); // to nginx itself it means sockets left by the one before
        process = builder.start();
        Listening.await(process, port);
    }

    public int port() {
        return port;
    }

    private static String configuration(int port) {
        return """
            load_module %s;
            daemon off;
            worker_processes 2;
            worker_rlimit_nofile 20000;
            pid nginx.pid;
            error_log error.log crit;
            events {
              worker_connections 20000;
              multi_accept on;
            }
            http {
              access_log off;
              tcp_nodelay on;
              keepalive_requests 1000000000;
              keepalive_timeout 600s;
              nchan_shared_memory_size 256m;
              server {
                listen 127.0.0.1:%d reuseport backlog=4096;
                nchan_channel_id bench;
                nchan_message_buffer_length 512;
                nchan_message_timeout 10m;
                nchan_subscriber_first_message newest;
                location = /publish { nchan_publisher http; }
                location = /ws { nchan_subscriber websocket; nchan_websocket_ping_interval 20; }
                location = /sse { nchan_subscriber eventsource; nchan_eventsource_ping_interval 20; }
              }
            }
            """.formatted(MODULE, port);
    }

    public Peer read(String name, Kind kind) {
        return new Peer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public long pid() {
                return process.pid();
            }

            @Override
            public void aim(Generator generator) throws IOException {
                generator.target(kind, port, kind == Kind.NCHAN_SSE ? "/sse" : "/ws");
            }

            @Override
            public void publish(Generator generator) throws IOException {
                generator.publish(port, "/publish", false);
            }

            @Override
            public void collectGarbage() {}
        };
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
    }
}

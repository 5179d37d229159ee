package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vn.giaoban.Main;

/** The program as a process of its own, started as `run` starts it: what it says, how it ends, and how it is killed. */
final class NodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern METERS = Pattern.compile("meters at http://127.0.0.1:(\\d+)/metrics");
    private static final Pattern ADDRESS = Pattern.compile("Giao Ban: (https?://localhost:(\\d+))");

    private final Path data;
    private final Process process;
    private final Lines out;
    private final Lines err;

    /** With the data in a directory; the environment adds to what every test node has: a free port, a small pool. */
    static NodeProcess start(Path data, Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@target/jvm.options",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1", // lives for seconds: the better compiler would only be in the way
                "-cp",
                programs(),
                Main.class.getName(),
                "--data",
                data.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIAOBAN_") || name.contains("JAVA_OPTIONS"));
        builder.environment()
                .putAll(Map.of(
                        "GIAOBAN_HTTP_PORT", "0", "GIAOBAN_METRICS_PORT", "0", "GIAOBAN_DATABASE_POOLSIZE", "8"));
        builder.environment().putAll(environment);
        try {
            return new NodeProcess(data, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NodeProcess(Path data, Process process) {
        this.data = data;
        this.process = process;
        // Should the test itself be ended, nothing of it stays.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        out = new Lines(process.inputReader());
        err = new Lines(process.errorReader());
    }

    /** The class path of the program alone, without the tests. */
    private static String programs() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A data directory whose PostgreSQL finds the programs that the tests have unpacked already. */
    static Path data(Path directory) {
        try {
            var postgres = Files.createDirectories(directory.resolve("postgres"));
            TestDatabase.fresh(); // has unpacked them
            try (var unpacked = Files.list(Path.of("target/test-postgres").toAbsolutePath())) {
                for (var programs : (Iterable<Path>) unpacked::iterator)
                    if (programs.getFileName().toString().startsWith("bin-") && Files.isDirectory(programs))
                        Files.createSymbolicLink(postgres.resolve(programs.getFileName()), programs);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Where it serves; waits until it says so. */
    String base() {
        return sees(ADDRESS).group(1);
    }

    int port() {
        return Integer.parseInt(sees(ADDRESS).group(2));
    }

    /** The port of its meters. */
    int watch() {
        return Integer.parseInt(sees(METERS).group(1));
    }

    /** Waits until a line of its output has it. */
    Matcher sees(Pattern pattern) {
        var found = out.find(pattern);
        if (found == null) fail("the node ended without a word of " + pattern + ": " + out.text() + err.text());
        return found;
    }

    String output() {
        return out.text();
    }

    String errors() {
        return err.text();
    }

    /** Its exit code, once it has ended by itself or was told to. */
    int ended() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                fail("still running: " + out.text() + err.text());
            out.thread.join();
            err.thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** As Ctrl-C or a service manager would; returns how long it took. */
    Duration terminate() {
        long began = System.nanoTime();
        process.destroy();
        ended();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** As `kill -TERM`, `kill -STOP` and the like. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the power cut would. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /**
     * In order, or its PostgreSQL would still be writing; and takes away the links to what lies outside its directory, so
     * that this can be deleted.
     */
    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(15, TimeUnit.SECONDS)) kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        try {
            for (var link : links()) Files.delete(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> links() throws IOException {
        if (!Files.exists(data.resolve("postgres"))) return List.of();
        try (var files = Files.list(data.resolve("postgres"))) {
            return files.filter(Files::isSymbolicLink).toList();
        }
    }

    /** What a stream says, line by line, for those who wait for it. */
    private static final class Lines {
        private final List<String> lines = new ArrayList<>();
        private final Thread thread;
        private boolean over;

        Lines(BufferedReader from) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    for (var line = from.readLine(); line != null; line = from.readLine()) hear(line);
                } catch (IOException ended) {
                    hear(ended.toString());
                } finally {
                    end();
                }
            });
        }

        private synchronized void hear(String line) {
            lines.add(line);
            notifyAll();
        }

        private synchronized void end() {
            over = true;
            notifyAll();
        }

        synchronized String text() {
            return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        }

        synchronized Matcher find(Pattern pattern) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (int i = 0; ; i++) {
                while (i >= lines.size()) {
                    long left = (end - System.nanoTime()) / 1_000_000;
                    if (over || left <= 0) return null;
                    try {
                        wait(left);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                var matcher = pattern.matcher(lines.get(i));
                if (matcher.find()) return matcher;
            }
        }
    }
}

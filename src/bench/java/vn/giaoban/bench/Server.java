package vn.giaoban.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A node as users start it: the jar in a process of its own, on a port and a data directory of its own. */
public final class Server implements AutoCloseable {
    private static final Pattern PASSWORD = Pattern.compile("admin / (\\S+)");

    public final int port;
    /** The private port of a node that has one. */
    public final int below;

    public final double secondsToReady;
    private final Process process;
    private final Path log;

    private Server(Process process, int port, int below, double secondsToReady, Path log) {
        this.process = process;
        this.port = port;
        this.below = below;
        this.secondsToReady = secondsToReady;
        this.log = log;
    }

    /** Starts a node and waits until it answers /health/ready with 200. */
    public static Server start(Path data, boolean cache) throws IOException, InterruptedException {
        return start(data, cache, freePort(), Map.of());
    }

    /** The same on a port of one's own, with settings of one's own in the environment. */
    public static Server start(Path data, boolean cache, int port, Map<String, String> environment)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<String>();
        if (cache) arguments.add("-XX:AOTCache=" + CACHE);
        arguments.addAll(List.of(
                "-jar", "target/giaoban.jar", "--no-demo", "--data", data.toString(), "--port", String.valueOf(port)));
        return start(arguments, environment, port, 0);
    }

    /** A node with a private port beside it, for what goes below the journal. */
    public static Server below(Path data, Map<String, String> environment, List<String> jvm)
            throws IOException, InterruptedException {
        int port = freePort();
        int below = freePort();
        var all = new HashMap<>(environment);
        all.put("GIAOBAN_DEMO", "false");
        all.put("GIAOBAN_DATA", data.toString());
        all.put("GIAOBAN_HTTP_PORT", String.valueOf(port));
        var arguments = new ArrayList<>(jvm);
        arguments.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), BenchNode.class.getName(), String.valueOf(below)));
        return start(arguments, all, port, below);
    }

    /** A node with a main of its own, which says so when it has done what it does beside. */
    public static Server main(
            Class<?> main, Path data, Map<String, String> environment, String says, String... arguments)
            throws IOException, InterruptedException {
        int port = freePort();
        var all = new HashMap<>(environment);
        all.put("GIAOBAN_DEMO", "false");
        all.put("GIAOBAN_DATA", data.toString());
        all.put("GIAOBAN_HTTP_PORT", String.valueOf(port));
        var command = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var server = start(command, all, port, 0);
        while (!server.said().contains(says)) {
            if (!server.process.isAlive()) throw new IllegalStateException("the node ended: " + server.said());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return server;
    }

    private static Server start(List<String> arguments, Map<String, String> environment, int port, int below)
            throws IOException, InterruptedException {
        var log = Files.createTempFile("giaoban-bench", ".log");
        log.toFile().deleteOnExit();
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "@target/jvm.options"));
        command.addAll(arguments);
        long begun = System.nanoTime();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        // Should the bench itself be ended, nothing of it stays.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        while (!ready(port) || below > 0 && !Files.readString(log).contains(BenchNode.READY)) {
            if (!process.isAlive()) throw new IllegalStateException("the node ended: " + Files.readString(log));
            if (System.nanoTime() - begun > 120e9)
                throw new IllegalStateException("not ready after 120 s: " + Files.readString(log));
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return new Server(process, port, below, (System.nanoTime() - begun) / 1e9, log);
    }

    public static final Path CACHE = Path.of("target/giaoban.aot");

    public String firstPassword() throws IOException {
        var found = PASSWORD.matcher(said());
        if (!found.find()) throw new IllegalStateException("no password in " + said());
        return found.group(1);
    }

    /** All that it has logged so far. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    public long pid() {
        return process.pid();
    }

    /** As the power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As a service manager would; how it ends is for others to wait for. */
    public void terminate() {
        process.destroy();
    }

    /** Its exit code, once it has ended. */
    public int ended() throws InterruptedException {
        return process.waitFor();
    }

    private static boolean ready(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            socket.setSoTimeout(2_000);
            socket.getOutputStream()
                    .write("GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
            return answer.startsWith("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
    }
}

package vn.giaoban.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.load.Kind;
import vn.giaoban.bench.load.Load;

/** The bench's side of the load generator, which is a process of its own: gives it orders and reads its answers. */
public final class Generator implements AutoCloseable {
    private static final int LOOPS = Integer.getInteger("loops", 2);
    private static final List<String> JVM = List.of(
            "-Xms256m",
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-Dio.netty.buffer.checkBounds=false",
            "-Dio.netty.buffer.checkAccessible=false",
            "-Dio.netty.leakDetection.level=disabled");

    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;

    /** What the generator said: figures by name. */
    public record Answer(Map<String, String> said) {
        public double figure(String name) {
            return Double.parseDouble(said.get(name));
        }

        public long count(String name) {
            return Long.parseLong(said.get(name));
        }

        public boolean is(String name) {
            return Boolean.parseBoolean(said.get(name));
        }
    }

    public Generator() throws IOException {
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "@target/jvm.options"));
        command.addAll(JVM);
        if (Boolean.getBoolean("pipelined")) command.add("-Dpipelined");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Load.class.getName()));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    public long pid() {
        return process.pid();
    }

    public void target(Kind kind, int port, String path) throws IOException {
        ask("target " + kind + " " + port + " " + path + " " + LOOPS);
    }

    /** From where the generator itself publishes; {@code patchOnly}: the server makes the frame around the patch. */
    public void publish(int port, String path, boolean patchOnly) throws IOException {
        ask("publish " + port + " " + path + " " + patchOnly);
    }

    /** So many readers more, ready; the seconds until {@code most} (nine of ten) and until all were. */
    public Answer connect(int more, int atOnce) throws IOException {
        return ask("connect " + more + " " + atOnce);
    }

    /** Counts from now on; the number of the next message. */
    public long begin() throws IOException {
        return ask("begin").count("next");
    }

    /** Publishes so many back to back, this often; the number of the last, once everybody has it or never will. */
    public long rate(double burstsPerSecond, int burst, double seconds) throws IOException {
        return ask("rate " + burstsPerSecond + " " + burst + " " + seconds).count("upTo");
    }

    public long saturate(int outstanding, double seconds) throws IOException {
        return ask("saturate " + outstanding + " " + seconds).count("upTo");
    }

    public boolean reached(long seq, int timeoutMs) throws IOException {
        return ask("reached " + seq + " " + timeoutMs).is("all");
    }

    /** What was received up to this number since {@link #begin}. */
    public Answer score(long upTo) throws IOException {
        return ask("score " + upTo);
    }

    public Answer ask(String order) throws IOException {
        orders.println(order);
        var answer = answers.readLine();
        if (answer == null || answer.startsWith("failed")) throw new IOException(order + ": " + answer);
        var said = new HashMap<String, String>();
        for (var word : answer.split(" ")) {
            int at = word.indexOf('=');
            if (at > 0) said.put(word.substring(0, at), word.substring(at + 1));
        }
        return new Answer(said);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
    }
}

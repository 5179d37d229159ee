package vn.giaoban.bench.peer;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Waits for a process to listen on its port. */
final class Listening {
    private Listening() {}

    static void await(Process process, int port) throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true)
            try (var ignored = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > end)
                    throw new IOException(process.info().commandLine().orElse("a peer") + " does not listen");
                TimeUnit.MILLISECONDS.sleep(20);
            }
    }
}

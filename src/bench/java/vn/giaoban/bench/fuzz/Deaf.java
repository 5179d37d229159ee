package vn.giaoban.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import vn.giaoban.bench.client.ClientFrame;
import vn.giaoban.bench.client.RawSocket;

/** Somebody who asks again and again whether we are there, and never reads an answer: it must not pile up anywhere. */
final class Deaf {
    private static final long ENOUGH = 64L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Deaf() {}

    /** What the server did with it. */
    static String flood(int port, String stream) throws IOException, InterruptedException {
        var pings = new ByteArrayOutputStream();
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
            pings.writeBytes(ClientFrame.of(ClientFrame.PING, new byte[125]).bytes(random));
        var taken = new AtomicLong();
        var hungUp = new boolean[1];
        try (var socket = new RawSocket("127.0.0.1", 4_096, port, "/live/" + stream)) {
            var flood = Thread.startVirtualThread(() -> {
                try {
                    while (taken.get() < ENOUGH) {
                        socket.send(pings.toByteArray());
                        taken.addAndGet(pings.size());
                    }
                } catch (IOException e) {
                    hungUp[0] = true;
                }
            });
            boolean over = flood.join(PATIENCE);
            var what = hungUp[0] && over ? "hung up" : over ? "took it all" : "took no more";
            socket.cut();
            flood.join();
            return String.format(Locale.ROOT, "%s after %.1f MiB", what, taken.get() / 1_048_576.0);
        }
    }
}

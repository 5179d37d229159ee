package vn.giaoban.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many WebSocket readers of one stream; notes for each patch when each of them had it. */
final class Readers implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final ConcurrentHashMap<Long, Arrival> arrivals = new ConcurrentHashMap<>();
    private final AtomicInteger gaps = new AtomicInteger();
    private final int many;

    private static final class Arrival {
        final AtomicInteger count = new AtomicInteger();
        final long[] at;

        Arrival(int many) {
            at = new long[many];
        }
    }

    Readers(int port, String stream, int many) throws Exception {
        this.many = many;
        var options = new WebSocketClientOptions()
                .setMaxConnections(many)
                .setMaxFrameSize(1 << 20)
                .setTryUsePerFrameCompression(false)
                .setTryUsePerMessageCompression(false);
        var client = vertx.createWebSocketClient(options);
        for (int from = 0; from < many; from += 100) {
            var batch = new java.util.ArrayList<io.vertx.core.Future<?>>();
            for (int i = from; i < Math.min(many, from + 100); i++) batch.add(open(client, port, stream));
            io.vertx.core.Future.all(batch).await(60, TimeUnit.SECONDS);
        }
    }

    private io.vertx.core.Future<Void> open(io.vertx.core.http.WebSocketClient client, int port, String stream) {
        var first = io.vertx.core.Promise.<Void>promise();
        client.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI("/live/" + stream))
                .onFailure(first::tryFail)
                .onSuccess(socket -> {
                    var mine = new long[] {-1};
                    socket.textMessageHandler(text -> {
                        long now = System.nanoTime();
                        boolean patch = text.startsWith("{\"type\":\"patch\"");
                        if (!patch && !text.startsWith("{\"type\":\"snapshot\"")) return;
                        long seq = seq(text);
                        if (patch && mine[0] >= 0 && seq != mine[0] + 1) gaps.incrementAndGet();
                        mine[0] = seq;
                        if (patch) {
                            var arrival = arrivals.computeIfAbsent(seq, s -> new Arrival(many));
                            int place = arrival.count.getAndIncrement();
                            if (place < many) arrival.at[place] = now;
                        }
                        first.tryComplete();
                    });
                });
        return first.future();
    }

    private static long seq(String text) {
        int from = text.indexOf("\"seq\":") + 6;
        int to = from;
        while (Character.isDigit(text.charAt(to))) to++;
        return Long.parseLong(text, from, to, 10);
    }

    /** When each reader had this patch, in nanoseconds of the monotonic clock, soonest first; null where some have not in time. */
    long[] arrivals(long seq) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            var arrival = arrivals.get(seq);
            if (arrival != null && arrival.count.get() >= many) {
                var at = arrival.at.clone();
                Arrays.sort(at);
                return at;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return null;
    }

    /** The number of the newest patch, once every reader has had it. */
    long newest() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            var newest = arrivals.keySet().stream().max(Long::compare);
            if (newest.isPresent() && arrivals(newest.get()) != null) return newest.get();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IllegalStateException("no patch arrived");
    }

    int gaps() {
        return gaps.get();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}

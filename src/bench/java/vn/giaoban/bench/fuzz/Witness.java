package vn.giaoban.bench.fuzz;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import vn.giaoban.bench.client.ClientFrame;
import vn.giaoban.bench.client.Picture;
import vn.giaoban.bench.client.RawSocket;
import vn.giaoban.bench.client.ServerFrame;
import vn.giaoban.db.Json;

/** Who reads the same stream beside the rubbish of others, by WebSocket and by SSE, and must not notice any of it. */
final class Witness implements AutoCloseable {
    private static final int HEADS_COME_WITHIN_MS = 25_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI stream;
    private final RawSocket socket;
    private final HttpResponse<Stream<String>> events;
    private final Picture picture = new Picture();
    private final Map<Long, String> bySocket = new TreeMap<>();
    private final Map<Long, String> byEvents = new TreeMap<>();
    private int snapshots;
    private String disturbed;

    Witness(int port, String name) throws IOException, InterruptedException {
        stream = URI.create("http://127.0.0.1:" + port + "/live/" + name);
        socket = new RawSocket("127.0.0.1", 0, port, stream.getPath()).patient(HEADS_COME_WITHIN_MS);
        events = http.send(request("text/event-stream"), HttpResponse.BodyHandlers.ofLines());
        Thread.startVirtualThread(this::readSocket);
        Thread.startVirtualThread(this::readEvents);
    }

    private HttpRequest request(String kind) {
        return HttpRequest.newBuilder(stream).header("Accept", kind).build();
    }

    private void readSocket() {
        try {
            for (var frame = socket.frame(); frame != null; frame = socket.frame()) hear(frame);
            disturbed("hung up on");
        } catch (IOException e) {
            disturbed("no word for " + HEADS_COME_WITHIN_MS + " ms");
        }
    }

    private synchronized void hear(ServerFrame frame) throws IOException {
        if (frame.opcode() == ClientFrame.PING)
            socket.send(ClientFrame.of(ClientFrame.PONG, frame.payload()).bytes(new Random(1)));
        else if (frame.opcode() != ClientFrame.TEXT || !frame.whole() || frame.text() == null)
            disturbed("a frame that begins with " + Integer.toHexString(frame.first()));
        else {
            var json = Json.parse(frame.text());
            switch (picture.hear(json)) {
                case REPLACED -> snapshots++;
                case FOLDED -> bySocket.put(picture.seq(), frame.text());
                case OLDER, MISSING -> disturbed("not the next: " + frame.text());
                default -> {}
            }
        }
    }

    private void readEvents() {
        try {
            events.body().filter(line -> line.startsWith("data: ")).forEach(line -> hear(line.substring(6)));
        } catch (java.io.UncheckedIOException weWent) {
            // The last reader to leave; what it has not read is seen when it is judged.
        }
    }

    private synchronized void hear(String event) {
        var json = Json.parse(event);
        if (json.get("type").equals("patch")) byEvents.put(((Number) json.get("seq")).longValue(), event);
    }

    private synchronized void disturbed(String how) {
        if (disturbed == null) disturbed = how;
    }

    /** Once the stream rests: what was wrong, or null. */
    String judged() throws IOException, InterruptedException {
        var look = http.send(request("application/json"), HttpResponse.BodyHandlers.ofString())
                .body();
        var now = Json.parse(look);
        long head = ((Number) now.get("seq")).longValue();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end && !there(head)) TimeUnit.MILLISECONDS.sleep(20);
        synchronized (this) {
            if (disturbed != null) return disturbed;
            if (snapshots != 1) return snapshots + " snapshots";
            if (picture.seq() != head) return "stands at " + picture.seq() + " of " + head;
            if (!look.endsWith("\"view\":" + picture.text() + "}"))
                return "the fold is not the snapshot: " + picture.text() + " against " + look;
            var common = new TreeMap<>(bySocket);
            common.keySet().retainAll(byEvents.keySet());
            for (var patch : common.entrySet())
                if (!patch.getValue().equals(byEvents.get(patch.getKey())))
                    return "socket and events differ: " + patch.getValue();
            return common.size() < bySocket.size() - 1 ? "events lack some of " + bySocket.keySet() : null;
        }
    }

    private synchronized boolean there(long head) {
        return picture.seq() >= head && (bySocket.isEmpty() || byEvents.containsKey(head));
    }

    synchronized int patches() {
        return bySocket.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        http.shutdownNow();
    }
}

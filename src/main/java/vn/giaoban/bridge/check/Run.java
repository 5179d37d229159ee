package vn.giaoban.bridge.check;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import vn.giaoban.conf.Settings;

/**
 * One measurement of one line, on its event loop. The browser asks and the server does: `ping` comes straight back;
 * `down` sends bytes for a while, at most at the set rate; `up` counts what comes until `up.end`; `pace` sends a small
 * frame at an even beat with the hour of its sending, from which the browser sees how unevenly they arrive.
 */
final class Run {
    private static final int CHUNK = 16 * 1_024;
    private static final int TICK_MS = 10;
    private static final int LONGEST_PHASE_MS = 15_000;
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_TEXTS = 500;
    /** A late tick catches up with so much and no more. */
    private static final int CATCH_UP_MS = 100;

    /** Noise, so that no proxy on the way makes it smaller. */
    private static final Buffer NOISE = noise();

    private final Vertx vertx;
    private final Settings.Check limits;
    private ServerWebSocket socket;
    private long limit = -1;
    private long beat = -1;
    private long bytes;
    private int texts;
    private long upBytes;
    private long upFirst;
    private long upLast;

    Run(Vertx vertx, Settings.Check limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    private static Buffer noise() {
        var bytes = new byte[CHUNK];
        new Random(20_261_122).nextBytes(bytes);
        return Buffer.buffer(bytes);
    }

    void on(ServerWebSocket opened) {
        socket = opened;
        limit = vertx.setTimer(limits.measureSeconds() * 1_000L, id -> end(4408, "seconds"));
        socket.textMessageHandler(this::asked).binaryMessageHandler(this::came).exceptionHandler(e -> stop());
    }

    private void asked(String text) {
        if (text.length() > LONGEST_TEXT || ++texts > MOST_TEXTS) {
            end(4429, "too much");
            return;
        }
        try {
            var asked = new JsonObject(text);
            switch (asked.getString("do", "")) {
                case "ping" -> say(new JsonObject().put("did", "ping").put("n", asked.getInteger("n", 0)));
                case "down" -> down(phase(asked));
                case "pace" -> pace(phase(asked), Math.clamp(asked.getInteger("everyMs", 20), TICK_MS, 1_000));
                case "up" -> {
                    upBytes = 0;
                    upFirst = 0;
                }
                case "up.end" ->
                    say(new JsonObject().put("did", "up").put("bytes", upBytes).put("ms", (upLast - upFirst) / 1e6));
                default -> end(4400, "unknown");
            }
        } catch (DecodeException | ClassCastException e) {
            end(4400, "unreadable");
        }
    }

    private static int phase(JsonObject asked) {
        return Math.clamp(asked.getInteger("ms", 4_000), TICK_MS, LONGEST_PHASE_MS);
    }

    private void down(int ms) {
        beat(TICK_MS, new Runnable() {
            private final long began = System.nanoTime();
            private long last = began;
            private long sent;
            private double due;

            @Override
            public void run() {
                long now = System.nanoTime();
                double perMs = limits.measureKbitPerS() / 8.0;
                due = Math.min(due + (now - last) / 1e6 * perMs, CATCH_UP_MS * perMs);
                last = now;
                while (due >= CHUNK && !socket.writeQueueFull() && counted(CHUNK)) {
                    socket.writeBinaryMessage(NOISE);
                    due -= CHUNK;
                    sent += CHUNK;
                }
                if (now - began < ms * 1_000_000L) return;
                still();
                say(new JsonObject().put("did", "down").put("bytes", sent).put("ms", (now - began) / 1e6));
            }
        });
    }

    private void pace(int ms, int everyMs) {
        beat(everyMs, new Runnable() {
            private final long began = System.nanoTime();
            private int frames;

            @Override
            public void run() {
                long now = System.nanoTime();
                if (now - began < ms * 1_000_000L) {
                    // The frame tells when it was sent: a beat of ours that comes late is not the line's fault.
                    var frame = Buffer.buffer(200)
                            .appendInt(frames++)
                            .appendDouble((now - began) / 1e6)
                            .appendBuffer(NOISE, 0, 188);
                    if (counted(frame.length())) socket.writeBinaryMessage(frame);
                    return;
                }
                still();
                say(new JsonObject().put("did", "pace").put("frames", frames));
            }
        });
    }

    private void came(Buffer data) {
        if (!counted(data.length())) return;
        upLast = System.nanoTime();
        // The first only starts the clock: how long it took to come is not known.
        if (upFirst == 0) upFirst = upLast;
        else upBytes += data.length();
    }

    /** False, and the end, where the measurement has used up what it may. */
    private boolean counted(int more) {
        bytes += more;
        if (bytes <= limits.measureBytes()) return true;
        end(4429, "bytes");
        return false;
    }

    private void beat(int everyMs, Runnable act) {
        still();
        beat = vertx.setPeriodic(everyMs, id -> act.run());
    }

    private void still() {
        if (beat >= 0) vertx.cancelTimer(beat);
        beat = -1;
    }

    private void say(JsonObject answer) {
        if (!socket.isClosed()) socket.writeTextMessage(answer.encode());
    }

    void end(int code, String reason) {
        stop();
        if (socket != null && !socket.isClosed()) socket.close((short) code, reason);
    }

    void stop() {
        still();
        if (limit >= 0) vertx.cancelTimer(limit);
        limit = -1;
    }
}

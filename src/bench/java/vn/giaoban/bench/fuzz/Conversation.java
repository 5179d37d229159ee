package vn.giaoban.bench.fuzz;

import static vn.giaoban.bench.fuzz.Material.pick;
import static vn.giaoban.bench.fuzz.Material.some;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import vn.giaoban.bench.client.ClientFrame;
import vn.giaoban.bench.client.RawSocket;
import vn.giaoban.bench.client.ServerFrame;
import vn.giaoban.db.Json;

/** One socket's life: some good frames, one end, and a judgement of all that the server said. */
final class Conversation {
    private static final Set<String> TYPES = Set.of("snapshot", "patch", "head", "status", "refused", "bye");

    private static final byte[] ANSWER = ClientFrame.close(1000, new byte[0]).bytes(new Random(1));

    /** After its last words. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Random random;
    private final FrameFuzz.Target target;
    private final boolean program;
    private final Smalltalk smalltalk;
    private final List<ServerFrame> heard = new ArrayList<>();
    private int sent;
    /** Whatever was said last may have been anything, a ping too. */
    private boolean unplanned;

    Conversation(FrameFuzz.Target target, long seed) {
        this.target = target;
        // Neighbouring seeds begin alike: spread, the conversations do not come in crowds of one kind.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        program = target.token() != null && random.nextInt(4) == 0;
        smalltalk = new Smalltalk(random, target.stream(), program ? target.token() : null);
    }

    /** How it ended and what was wrong with the server's part in it: nothing, as a rule. */
    record Verdict(String end, int sent, String wrong) {}

    Verdict hold() throws IOException, InterruptedException {
        var from = "127.0.0." + (2 + random.nextInt(200));
        var headers = program ? new String[] {"Authorization: Bearer " + target.token()} : new String[0];
        var path = "/live/" + target.stream() + pick(random, "", "?after=" + Resumes.any(random));
        try (var socket = new RawSocket(from, 0, target.port(), path, headers)) {
            var listener = Thread.startVirtualThread(() -> listen(socket));
            for (int i = random.nextInt(24); i > 0; i--) say(socket, smalltalk.next());
            var end = Ending.any(random);
            var codes = end.say(this, socket, random);
            if (codes == null) {
                socket.cut();
                listener.join();
                return new Verdict(end.name(), sent, wrongFrame());
            }
            boolean hungUp = listener.join(PATIENCE);
            socket.cut();
            listener.join();
            return new Verdict(end.name(), sent, judged(codes, hungUp));
        }
    }

    /** In pieces as they may come from a network: one frame in several, several in one. */
    void say(RawSocket socket, List<ClientFrame> frames) {
        var all = new ByteArrayOutputStream();
        for (var frame : frames) all.writeBytes(frame.bytes(random));
        sent += frames.size();
        say(socket, all.toByteArray());
    }

    void say(RawSocket socket, byte[] all) {
        try {
            for (int from = 0, to; from < all.length; from = to) {
                to = random.nextInt(3) > 0 ? all.length : Math.min(all.length, from + 1 + random.nextInt(all.length));
                socket.send(Arrays.copyOfRange(all, from, to));
            }
        } catch (IOException hungUp) {
            // The listener knows why.
        }
    }

    private void listen(RawSocket socket) {
        try {
            for (var frame = socket.frame(); frame != null; frame = socket.frame()) {
                heard.add(frame);
                // As a right client does; whoever failed the connection need not wait for it.
                if (frame.opcode() == ClientFrame.CLOSE) socket.send(ANSWER);
            }
        } catch (IOException hungUp) {
            // It did not wait for our answer, or we for it.
        }
    }

    private String judged(Set<Integer> codes, boolean hungUp) {
        var wrong = wrongFrame();
        if (wrong != null) return wrong;
        int code = heard.stream()
                .filter(frame -> frame.opcode() == ClientFrame.CLOSE)
                .mapToInt(ServerFrame::closeCode)
                .findFirst()
                .orElse(Ending.JUST_GONE);
        if (!codes.isEmpty() && !codes.contains(code)) return "closed with " + code + ", expected " + codes;
        return hungUp ? null : "did not hang up after " + code;
    }

    /** What no server may send, whatever it was told. */
    private String wrongFrame() {
        int ping = 0;
        boolean over = false;
        for (var frame : heard) {
            if (over) return "a frame after the close frame: " + frame.opcode();
            if (!frame.whole()) return "a frame that begins with " + Integer.toHexString(frame.first());
            switch (frame.opcode()) {
                case ClientFrame.TEXT -> {
                    if (!ours(frame.text())) return "no frame of ours: " + frame.text();
                }
                case ClientFrame.PING -> {}
                case ClientFrame.PONG -> {
                    // A later ping may be answered for all before it; no pong may be out of order or invented.
                    while (ping < smalltalk.pings().size()
                            && !Arrays.equals(smalltalk.pings().get(ping), frame.payload())) ping++;
                    if (ping++ >= smalltalk.pings().size() && !unplanned) return "a pong without its ping";
                }
                case ClientFrame.CLOSE -> over = true;
                default -> {
                    return "opcode " + frame.opcode();
                }
            }
        }
        return null;
    }

    private static boolean ours(String text) {
        return text != null && Json.parse(text).get("type") instanceof String type && TYPES.contains(type);
    }

    void sayUnplanned(RawSocket socket, byte[] all) {
        unplanned = true;
        say(socket, all);
    }

    /** What no part of the protocol explains. */
    void sayRubbish(RawSocket socket) {
        sayUnplanned(socket, some(random, 400));
    }
}

package vn.giaoban.bench.fuzz;

import static vn.giaoban.bench.client.ClientFrame.PING;
import static vn.giaoban.bench.client.ClientFrame.PONG;
import static vn.giaoban.bench.fuzz.Material.parts;
import static vn.giaoban.bench.fuzz.Material.pick;
import static vn.giaoban.bench.fuzz.Material.some;
import static vn.giaoban.bench.fuzz.Material.utf8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import vn.giaoban.bench.client.ClientFrame;

/** What a right client may say, in every form that the protocol allows: after none of it may the server hang up. */
final class Smalltalk {
    /** Far below what a minute allows. */
    private static final int MOST_MESSAGES = 40;

    private final Random random;
    private final String stream;
    private final String token;
    private final List<byte[]> pings = new ArrayList<>();
    private int messages;

    /** {@code token}: of whoever the socket belongs to, or null for anybody. */
    Smalltalk(Random random, String stream, String token) {
        this.random = random;
        this.stream = stream;
        this.token = token;
    }

    /** The payloads of all pings so far, to be found in the pongs. */
    List<byte[]> pings() {
        return pings;
    }

    List<ClientFrame> next() {
        return switch (messages < MOST_MESSAGES ? random.nextInt(6) : random.nextInt(3)) {
            case 0 -> List.of(ClientFrame.of(PONG, some(random, 125)));
            case 1, 2 -> List.of(ping());
            default -> message();
        };
    }

    private ClientFrame ping() {
        var payload = some(random, 125);
        pings.add(payload);
        return ClientFrame.of(PING, payload);
    }

    /** Whole or in parts, with control frames between the parts. */
    private List<ClientFrame> message() {
        messages++;
        var text = utf8(words());
        if (random.nextInt(3) > 0) return List.of(ClientFrame.of(ClientFrame.TEXT, text));
        var frames = new ArrayList<ClientFrame>();
        for (var part : parts(random, text)) {
            frames.add(part);
            if (part.first() < 0x80 && random.nextInt(3) == 0) frames.add(ping());
        }
        return frames;
    }

    private String words() {
        return switch (random.nextInt(token == null ? 6 : 8)) {
            case 0, 1 -> follow(stream);
            case 2 -> follow("calendar");
            case 3 -> follow(pick(random, "briefing/khong-co", "x", "person/me", "endpoint/1"));
            case 4 -> "{\"type\":\"unfollow\",\"stream\":\"" + pick(random, stream, "calendar", "x") + "\"}";
            // As long as a message may be, to the byte.
            case 5 -> padded("{\"type\":\"unfollow\",\"stream\":\"x\"}", 65_536);
            default -> "{\"type\":\"renew\",\"token\":\"" + token + "\"}";
        };
    }

    private String follow(String what) {
        return "{\"type\":\"follow\",\"stream\":\"" + what + "\""
                + pick(
                        random,
                        "",
                        ",\"audience\":\"public\"",
                        ",\"audience\":\"staff\"",
                        ",\"audience\":\"ch\u1ee7 tr\u00ec\"")
                + pick(random, "", ",\"after\":\"" + Resumes.any(random) + "\"") + "}";
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }
}

package vn.giaoban.bench.fuzz;

import static vn.giaoban.bench.client.ClientFrame.BINARY;
import static vn.giaoban.bench.client.ClientFrame.CONTINUATION;
import static vn.giaoban.bench.client.ClientFrame.PONG;
import static vn.giaoban.bench.client.ClientFrame.TEXT;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import vn.giaoban.bench.client.ClientFrame;

/** What good and bad frames are made of; the same for the same random numbers. */
final class Material {
    private Material() {}

    static ClientFrame finished(Random r, ClientFrame frame) {
        return r.nextBoolean() ? frame : frame.unfinished();
    }

    static List<ClientFrame> text(Random r, String... texts) {
        var text = utf8(pick(r, texts));
        return r.nextInt(3) == 0 ? parts(r, text) : List.of(ClientFrame.of(TEXT, text));
    }

    static List<ClientFrame> binaryParts(Random r) {
        return List.of(
                ClientFrame.of(BINARY, some(r, 50)).unfinished(),
                ClientFrame.of(PONG, some(r, 10)),
                ClientFrame.of(CONTINUATION, some(r, 50)));
    }

    /** A text message in two to five frames, cut anywhere, in the middle of a character too. */
    static List<ClientFrame> parts(Random r, byte[] text) {
        var frames = new ArrayList<ClientFrame>();
        int many = 2 + r.nextInt(4);
        for (int i = 0, from = 0; i < many; i++) {
            int to = i == many - 1 ? text.length : from + r.nextInt(text.length - from + 1);
            var frame = ClientFrame.of(i == 0 ? TEXT : CONTINUATION, Arrays.copyOfRange(text, from, to));
            frames.add(i == many - 1 ? frame : frame.unfinished());
            from = to;
        }
        return frames;
    }

    static byte[] around(Random r, byte[] middle) {
        var before = utf8(pick(r, "", "{\"type\":\"", "Đã khai mạc ", "🧑‍⚕️"));
        var all = Arrays.copyOf(before, before.length + middle.length);
        System.arraycopy(middle, 0, all, before.length, middle.length);
        return all;
    }

    /** Overlong forms, halves of surrogate pairs, beyond the last character, cut short, lonely continuations. */
    static byte[] notUtf8(Random r) {
        return pick(
                        r,
                        "\u00c0\u00af",
                        "\u00c1\u00bf",
                        "\u00e0\u0080\u00af",
                        "\u00ed\u00a0\u0080",
                        "\u00ed\u00b0\u0080x",
                        "\u00f0\u0080\u0080\u0080",
                        "\u00f4\u0090\u0080\u0080",
                        "\u00f5\u0080\u0080\u0080",
                        "\u00ff",
                        "\u00fe",
                        "\u0080",
                        "\u00c3",
                        "\u00e1\u00bb",
                        "\u00f0\u009f\u00a7",
                        "\u00e1\u00bbx")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] spaces(int many) {
        return utf8(" ".repeat(many));
    }

    static byte[] some(Random r, int atMost) {
        var bytes = new byte[r.nextInt(atMost + 1)];
        r.nextBytes(bytes);
        return bytes;
    }

    @SafeVarargs
    static <T> T pick(Random r, T... from) {
        return from[r.nextInt(from.length)];
    }
}

package vn.giaoban.bench.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A WebSocket frame as a client sends it, or as no client should: every part of its head can be set wrong.
 *
 * @param first the first byte: FIN, three reserved bits, opcode
 * @param width how many bits the head gives to the length: 7, 16 or 64
 * @param declared the length that the head tells, whatever the payload is
 */
public record ClientFrame(int first, boolean masked, int width, long declared, byte[] payload) {
    public static final int CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10;

    public static ClientFrame of(int opcode, byte[] payload) {
        return new ClientFrame(0x80 | opcode, true, natural(payload.length), payload.length, payload);
    }

    public static ClientFrame text(String text) {
        return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public static ClientFrame close(int code, byte[] reason) {
        return of(
                CLOSE,
                ByteBuffer.allocate(2 + reason.length)
                        .putShort((short) code)
                        .put(reason)
                        .array());
    }

    /** More of the message follows. */
    public ClientFrame unfinished() {
        return new ClientFrame(first & 0x7f, masked, width, declared, payload);
    }

    public ClientFrame reserved(int bits) {
        return new ClientFrame(first | bits, masked, width, declared, payload);
    }

    public ClientFrame unmasked() {
        return new ClientFrame(first, false, width, declared, payload);
    }

    public ClientFrame declaring(long length) {
        return new ClientFrame(first, masked, length < 0 ? 64 : natural(length), length, payload);
    }

    public ClientFrame wide(int bits) {
        return new ClientFrame(first, masked, bits, declared, payload);
    }

    public int opcode() {
        return first & 15;
    }

    private static int natural(long length) {
        return length < 126 ? 7 : length < 65_536 ? 16 : 64;
    }

    public byte[] bytes(Random random) {
        var out = new ByteArrayOutputStream(payload.length + 14);
        out.write(first);
        int mask = masked ? 0x80 : 0;
        out.write(mask | (width == 7 ? (int) declared : width == 16 ? 126 : 127));
        for (int shift = width == 7 ? -8 : width - 8; shift >= 0; shift -= 8) out.write((int) (declared >>> shift));
        var key = new byte[4];
        if (masked) {
            random.nextBytes(key);
            out.writeBytes(key);
        }
        for (int i = 0; i < payload.length; i++) out.write(payload[i] ^ key[i & 3]);
        return out.toByteArray();
    }
}

package vn.giaoban.bench.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A WebSocket frame as it came from the server. */
public record ServerFrame(int first, byte[] payload) {
    public int opcode() {
        return first & 15;
    }

    /** Our server sends each message whole and negotiates no extension. */
    public boolean whole() {
        return (first & 0xf0) == 0x80;
    }

    /** The payload as text; null where it is no UTF-8. */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The close code; 1005 where the frame has none. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : (payload[0] & 255) << 8 | payload[1] & 255;
    }
}

package vn.giaoban.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Finds words and numbers in received bytes without making objects of them. */
final class Scan {
    static final byte[] TYPE = ascii("\"type\":\"");
    static final byte[] EPOCH = ascii("\"epoch\":\"");
    static final byte[] SEQ = ascii("\"seq\":");
    static final byte[] SENT_AT = ascii("~");
    static final byte[] ID = ascii("id: ");
    static final byte[] RETRY = ascii("\"retryAfterMs\":");
    static final byte[] HEAD_END = ascii("\r\n\r\n");
    static final byte[] CHUNKED = ascii("chunked");
    static final byte[] EVENT_END = ascii("\n\n");

    private Scan() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The index behind the word, or -1. */
    static int behind(ByteBuf in, int from, int to, byte[] word) {
        byte first = word[0];
        for (int at = from, end = to - word.length; at <= end; at++) {
            if (in.getByte(at) != first) continue;
            int i = 1;
            while (i < word.length && in.getByte(at + i) == word[i]) i++;
            if (i == word.length) return at + i;
        }
        return -1;
    }

    /** The digits from here on; 0 where there are none. */
    static long number(ByteBuf in, int from, int to) {
        long number = 0;
        for (int at = from; at < to; at++) {
            int digit = in.getByte(at) - '0';
            if (digit < 0 || digit > 9) break;
            number = number * 10 + digit;
        }
        return number;
    }

    static int hex(byte character) {
        return Character.digit(character, 16);
    }
}

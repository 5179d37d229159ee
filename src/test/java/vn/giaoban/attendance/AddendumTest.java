package vn.giaoban.attendance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Anybody can recompute the chain from the frozen list to the last addendum. */
class AddendumTest {
    private static final UUID BRIEFING = UUID.randomUUID();
    private static final UUID PERSON = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-12-01T03:04:05.006Z");

    @Test
    void theFirstHangsOnTheListAndTheSecondOnTheFirst() throws Exception {
        var list = FrozenList.of(BRIEFING, AT, "{\"sites\":[]}");
        assertEquals(hex("{\"sites\":[]}".getBytes(StandardCharsets.UTF_8)), list.hex());
        var first = Addendum.after(list.hash(), BRIEFING, 1, AT, PERSON, "Thư ký", "Có mặt lúc 8:10");
        assertEquals(
                hex(join(list.hash(), "1\n2026-12-01T03:04:05.006Z\n" + PERSON + "\nCó mặt lúc 8:10")), first.hex());
        var second = Addendum.after(first.hash(), BRIEFING, 2, AT, PERSON, "Thư ký", "x");
        assertEquals(hex(join(first.hash(), "2\n2026-12-01T03:04:05.006Z\n" + PERSON + "\nx")), second.hex());
    }

    @Test
    void anotherWordIsAnotherHash() {
        var a = Addendum.after(new byte[32], BRIEFING, 1, AT, PERSON, "", "8:10");
        var b = Addendum.after(new byte[32], BRIEFING, 1, AT, PERSON, "", "8:11");
        assertNotEquals(a.hex(), b.hex());
    }

    private static byte[] join(byte[] hash, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var all = new byte[hash.length + bytes.length];
        System.arraycopy(hash, 0, all, 0, hash.length);
        System.arraycopy(bytes, 0, all, hash.length, bytes.length);
        return all;
    }

    private static String hex(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}

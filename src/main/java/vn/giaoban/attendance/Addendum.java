package vn.giaoban.attendance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import vn.giaoban.db.Fields;

/** A late fact to a frozen list. Its hash contains the one before it, the first contains the list's. */
record Addendum(UUID briefing, int n, Instant at, UUID person, String by, String text, byte[] hash) {
    static Addendum after(byte[] previous, UUID briefing, int n, Instant at, UUID person, String by, String text) {
        return new Addendum(briefing, n, at, person, by, text, chained(previous, n, at, person, text));
    }

    /** Number, instant (UTC, milliseconds) and person, each followed by a line feed, then the text. */
    static byte[] chained(byte[] previous, int n, Instant at, UUID person, String text) {
        var link = n + "\n" + Fields.text(at) + "\n" + person + "\n" + text;
        return sha256(previous, link.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var part : parts) sha.update(part);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String hex() {
        return HexFormat.of().formatHex(hash);
    }
}

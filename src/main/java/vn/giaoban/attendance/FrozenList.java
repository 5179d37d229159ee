package vn.giaoban.attendance;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** An attendance list as it stood at the close: these very bytes, and their SHA-256. */
record FrozenList(UUID briefing, Instant at, String body, byte[] hash) {
    static FrozenList of(UUID briefing, Instant at, String body) {
        return new FrozenList(briefing, at, body, Addendum.sha256(body.getBytes(StandardCharsets.UTF_8)));
    }

    String hex() {
        return HexFormat.of().formatHex(hash);
    }
}

package vn.giaoban.bridge.relay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import vn.giaoban.db.Json;

/** What a page says that it sees; {@code n} counts that page's reports, so that a late one is known. */
record Report(UUID page, long n, List<Seen> seats, List<Seen> knocks, boolean lobby, boolean recording, String digest) {
    /** A participant by Jitsi's name for the connection; {@code user}: the id in its token, where the page can see it. */
    record Seen(
            String participant,
            String user,
            String name,
            boolean moderator,
            boolean audioMuted,
            boolean videoMuted,
            long hand) {}

    static Report of(Map<String, Object> body) {
        var content = new TreeMap<>(body);
        content.remove("n");
        return new Report(
                UUID.fromString((String) body.get("page")),
                ((Number) body.get("n")).longValue(),
                seen(body.get("seats")),
                seen(body.get("knocking")),
                Boolean.TRUE.equals(body.get("lobby")),
                Boolean.TRUE.equals(body.get("recording")),
                digest(Json.text(content)));
    }

    /** Of one that is named twice the last counts. */
    private static List<Seen> seen(Object list) {
        var all = new LinkedHashMap<String, Seen>();
        if (list instanceof List<?> entries)
            for (var entry : entries)
                if (entry instanceof Map<?, ?> one) {
                    var participant = (String) one.get("id");
                    all.put(
                            participant,
                            new Seen(
                                    participant,
                                    (String) one.get("user"),
                                    one.get("name") instanceof String name ? name.strip() : "",
                                    Boolean.TRUE.equals(one.get("moderator")),
                                    Boolean.TRUE.equals(one.get("audioMuted")),
                                    Boolean.TRUE.equals(one.get("videoMuted")),
                                    one.get("hand") instanceof Number hand ? hand.longValue() : 0));
                }
        return List.copyOf(all.values());
    }

    private static String digest(String text) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

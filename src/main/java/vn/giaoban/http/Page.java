package vn.giaoban.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vn.giaoban.db.Fields;

/** One page of a list, and where the next one begins: the last row's sort key, opaque to the asker; null at the end. */
public record Page<T>(List<T> items, String next) {
    private static final String BETWEEN = "\u001f";

    /** {@code rows} were asked for with one more than {@code limit}: that one only tells that there is a next page. */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, List<?>> sortKey) {
        if (rows.size() <= limit) return new Page<>(rows, null);
        var items = List.copyOf(rows.subList(0, limit));
        var key = sortKey.apply(items.getLast()).stream().map(String::valueOf).toList();
        var bytes = String.join(BETWEEN, key).getBytes(StandardCharsets.UTF_8);
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The sort key in an `after`, or null where there is none; refuses what we cannot have given out. */
    public static <K> K after(String after, int parts, Function<String[], K> key) {
        if (after == null) return null;
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(after));
            var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            var read = text.split(BETWEEN, -1);
            if (read.length == parts && text.indexOf('\0') < 0) return key.apply(read);
        } catch (CharacterCodingException | RuntimeException e) {
            throw unusable();
        }
        throw unusable();
    }

    public Map<String, Object> shown(Function<T, ? extends Map<String, ?>> view) {
        return Fields.of("items", items.stream().map(view).toList()).and("next", next);
    }

    private static Refusal unusable() {
        return new Refusal(400, "invalid", Map.of()).faults(List.of(new Refusal.Fault("after", "format")));
    }
}

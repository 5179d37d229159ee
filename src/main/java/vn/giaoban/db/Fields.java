package vn.giaoban.db;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.TreeMap;

/** A JSON object under construction: what is null or an empty text stays out, instants are UTC with milliseconds. */
public final class Fields extends TreeMap<String, Object> {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    public static Fields of(String name, Object value) {
        return new Fields().and(name, value);
    }

    public Fields and(String name, Object value) {
        switch (value) {
            case null -> {}
            case Instant instant -> put(name, text(instant));
            case Enum<?> e -> put(name, e.name());
            case String s when s.isEmpty() -> {}
            case String s -> put(name, s);
            case java.util.UUID id -> put(name, id.toString());
            case java.time.temporal.Temporal t -> put(name, t.toString());
            default -> put(name, value);
        }
        return this;
    }

    public static String text(Instant instant) {
        return INSTANT.format(instant);
    }
}

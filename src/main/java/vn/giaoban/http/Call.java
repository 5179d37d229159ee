package vn.giaoban.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One API call after the contract has accepted it: who asks, and its parameters and body in Java's types. */
public final class Call {
    /** Under which name a body that is a table stands. */
    static final String TABLE = "text/csv";

    private final Principal principal;
    private final Contract.Operation operation;
    private final Map<String, Object> parameters;
    private final Map<String, Object> body;
    private final Map<String, String> headers;
    private final String address;

    Call(
            Principal principal,
            Contract.Operation operation,
            Map<String, Object> parameters,
            Map<String, Object> body,
            Map<String, String> headers,
            String address) {
        this.principal = principal;
        this.operation = operation;
        this.parameters = parameters;
        this.body = body;
        this.headers = headers;
        this.address = address;
    }

    public Principal principal() {
        return principal;
    }

    public String operation() {
        return operation.id();
    }

    /** The caller's address, behind configured proxies the forwarded one. */
    public String address() {
        return address;
    }

    public String userAgent() {
        var agent = headers.getOrDefault("user-agent", "");
        return agent.length() > 200 ? agent.substring(0, 200) : agent;
    }

    public Words words() {
        return Words.of(headers.get("accept-language"));
    }

    public UUID id(String name) {
        return UUID.fromString((String) parameters.get(name));
    }

    public String text(String name) {
        return (String) parameters.get(name);
    }

    public int number(String name, int otherwise) {
        return parameters.get(name) instanceof Number n ? n.intValue() : otherwise;
    }

    public Instant instant(String name) {
        return parameters.get(name) instanceof String s ? at("/" + name, s) : null;
    }

    public int limit() {
        return number("limit", 50);
    }

    public String ifMatch() {
        return text("If-Match");
    }

    public String idempotencyKey() {
        return text("Idempotency-Key");
    }

    /** What was asked for, without who asks and under which key: two equal ones are the same intention. */
    String fingerprint() {
        var asked = new java.util.TreeMap<>(parameters);
        asked.remove("Idempotency-Key");
        return operation.id() + vn.giaoban.db.Json.text(asked) + vn.giaoban.db.Json.text(body);
    }

    public Map<String, Object> body() {
        return body;
    }

    /** The body of a call that sends a table, without its byte order mark. */
    public String table() {
        var text = (String) body.get(TABLE);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    public boolean says(String field) {
        return body.containsKey(field);
    }

    /** A text of the body, without the white space around it; null where it is left out or null. */
    public String field(String name) {
        return body.get(name) instanceof String s ? visible(s) : null;
    }

    /** A text of nothing but spaces and marks without width is empty. */
    private static String visible(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.getType(c) == Character.FORMAT)
                ? ""
                : text.strip();
    }

    public String field(String name, String otherwise) {
        return says(name) ? field(name) : otherwise;
    }

    public int field(String name, int otherwise) {
        return body.get(name) instanceof Number n ? n.intValue() : otherwise;
    }

    public UUID fieldId(String name) {
        return body.get(name) instanceof String s ? UUID.fromString(s) : null;
    }

    public Instant fieldInstant(String name) {
        return body.get(name) instanceof String s ? at("/" + name, s) : null;
    }

    public <E extends Enum<E>> E field(Class<E> type, String name, E otherwise) {
        return body.get(name) instanceof String s ? Enum.valueOf(type, s) : otherwise;
    }

    public List<UUID> fieldIds(String name) {
        return body.get(name) instanceof List<?> list
                ? list.stream().map(o -> UUID.fromString((String) o)).toList()
                : List.of();
    }

    /** Not everything that matches the format is a time: years beyond 2100 and leap seconds are refused by name. */
    private static Instant at(String pointer, String text) {
        try {
            var instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) throw Refusal.field(pointer, "time-range");
            return instant.truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        } catch (java.time.format.DateTimeParseException e) {
            throw Refusal.field(pointer, "time");
        }
    }

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
}

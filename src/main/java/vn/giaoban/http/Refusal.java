package vn.giaoban.http;

import java.util.List;
import java.util.Map;

/** A rule said no: the status, a stable name for the reason, and what the sentence about it must mention. */
public final class Refusal extends RuntimeException {
    private final int status;
    private final String type;
    private final Map<String, ?> says;
    private Map<String, ?> extra = Map.of();
    private List<Fault> faults = List.of();
    private String etag;
    private String wording;
    private long retryAfterSeconds = 2;

    /** One field that cannot be accepted: where it stands (JSON pointer or parameter) and the reason's name. */
    public record Fault(String pointer, String reason, Map<String, ?> says) {
        public Fault(String pointer, String reason) {
            this(pointer, reason, Map.of());
        }
    }

    public Refusal(int status, String type, Map<String, ?> says) {
        super(type + " " + says, null, false, false);
        this.status = status;
        this.type = type;
        this.says = says;
    }

    /** The state does not allow it: 409. */
    public static Refusal state(String type, Map<String, ?> says) {
        return new Refusal(409, type, says);
    }

    public static Refusal state(String type) {
        return state(type, Map.of());
    }

    /** Unknown, hidden and foreign: one answer for all. */
    public static Refusal notFound() {
        return new Refusal(404, "not-found", Map.of());
    }

    public static Refusal forbidden() {
        return new Refusal(403, "forbidden", Map.of());
    }

    /** What was sent is well-formed but cannot be meant: 422, naming the field. */
    public static Refusal field(String pointer, String reason) {
        return field(pointer, reason, Map.of());
    }

    public static Refusal field(String pointer, String reason, Map<String, ?> says) {
        return new Refusal(422, "invalid", Map.of()).faults(List.of(new Fault(pointer, reason, says)));
    }

    /** The thing has changed since it was read: 412 with the present version. */
    public static Refusal stale(String etag, Object current) {
        var refusal = new Refusal(412, "stale", Map.of()).extra(Map.of("current", current));
        refusal.etag = etag;
        return refusal;
    }

    /** Another sentence for the same type of problem. */
    public Refusal wording(String key) {
        this.wording = key;
        return this;
    }

    public String wording() {
        return wording == null ? type : wording;
    }

    public Refusal extra(Map<String, ?> members) {
        this.extra = members;
        return this;
    }

    public Refusal faults(List<Fault> list) {
        this.faults = list;
        return this;
    }

    /** When asking again may help; only said with 429 and 503. */
    public Refusal retryAfter(long seconds) {
        this.retryAfterSeconds = seconds;
        return this;
    }

    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    public Map<String, ?> says() {
        return says;
    }

    public Map<String, ?> extra() {
        return extra;
    }

    public List<Fault> faults() {
        return faults;
    }

    public String etag() {
        return etag;
    }
}

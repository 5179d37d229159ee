package vn.giaoban.bench.client;

import java.util.Map;
import vn.giaoban.db.Json;
import vn.giaoban.live.Fold;

/**
 * One stream's picture as a reader keeps it, by the reader's whole rule: a snapshot replaces; a patch of its epoch with
 * the next number is folded, an older one is dropped; a newer one or another epoch means to come back with `after=`.
 */
public final class Picture {
    /** What a frame meant to the reader. */
    public enum Heard {
        REPLACED,
        FOLDED,
        OLDER,
        /** Something is missing: come back with `after=`. */
        MISSING,
        CURRENT,
        /** A head is ahead of us: patience, for two seconds. */
        BEHIND,
        OTHER
    }

    private String epoch;
    private long seq = -1;
    private Map<String, Object> view = Map.of();

    public Heard hear(Map<String, Object> frame) {
        return switch ((String) frame.get("type")) {
            case "snapshot" -> {
                epoch = (String) frame.get("epoch");
                seq = seq(frame);
                view = map(frame.get("view"));
                yield Heard.REPLACED;
            }
            case "patch" -> {
                if (!frame.get("epoch").equals(epoch)) yield Heard.MISSING;
                if (seq(frame) <= seq) yield Heard.OLDER;
                if (seq(frame) > seq + 1) yield Heard.MISSING;
                view = Fold.apply(view, map(frame.get("patch")));
                seq++;
                yield Heard.FOLDED;
            }
            case "head" ->
                frame.get("epoch").equals(epoch) ? seq(frame) <= seq ? Heard.CURRENT : Heard.BEHIND : Heard.MISSING;
            default -> Heard.OTHER;
        };
    }

    private static long seq(Map<String, Object> frame) {
        return ((Number) frame.get("seq")).longValue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    public boolean empty() {
        return seq < 0;
    }

    public long seq() {
        return seq;
    }

    /** For `after=`. */
    public String position() {
        return epoch + "." + seq;
    }

    public Map<String, Object> view() {
        return view;
    }

    /** The canonical text of the picture: compared with the server's byte for byte. */
    public String text() {
        return Json.text(view);
    }
}

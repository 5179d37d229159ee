package vn.giaoban.live.line;

/** How far a reader has come: {epoch}.{seq}. */
public record Position(String epoch, long seq) {
    /** Null for what is no position: its reader starts with a snapshot. */
    public static Position of(String text) {
        if (text == null || text.length() > 40) return null;
        int dot = text.lastIndexOf('.');
        if (dot < 1) return null;
        try {
            long seq = Long.parseLong(text.substring(dot + 1));
            return seq < 0 ? null : new Position(text.substring(0, dot), seq);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return epoch + "." + seq;
    }
}

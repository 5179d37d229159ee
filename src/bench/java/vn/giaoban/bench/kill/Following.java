package vn.giaoban.bench.kill;

import java.util.Map;
import vn.giaoban.bench.client.Picture;

/** One stream as one follower sees it: its picture over all connections, and what is expected of the present one. */
final class Following {
    private final String name;
    private final Watch watch;
    private final Picture picture = new Picture();
    private final Numbers numbers = new Numbers();
    private boolean heard;
    private long wanted;
    private long ahead = -1;

    /** {@code name}: of the picture, one for each stream and audience. */
    Following(String name, Watch watch) {
        this.name = name;
        this.watch = watch;
    }

    /** A connection begins: nothing of it has been heard. */
    void begin() {
        heard = false;
        ahead = -1;
        opened();
    }

    /** It owes all that anybody has now. */
    void opened() {
        wanted = watch.newest(name);
    }

    /** Null before the first picture. */
    String after() {
        return picture.empty() ? null : picture.position();
    }

    Picture.Heard hear(Map<String, Object> frame) {
        var what = picture.hear(frame);
        switch (what) {
            case REPLACED -> {
                watch.snapshots.incrementAndGet();
                check(numbers.replaced(picture.view()));
            }
            case FOLDED -> {
                watch.folded.incrementAndGet();
                check(numbers.folded(patch(frame)));
            }
            case OLDER -> watch.older.incrementAndGet();
            case MISSING -> watch.gaps.incrementAndGet();
            default -> {}
        }
        if (what != Picture.Heard.MISSING && what != Picture.Heard.OTHER) {
            heard = true;
            watch.saw(name, picture.seq());
        }
        return what;
    }

    private void check(String wrong) {
        if (wrong != null) watch.fault(name + ": " + wrong);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> patch(Map<String, Object> frame) {
        return (Map<String, Object>) frame.get("patch");
    }

    /** A head was ahead of us; whether it is the first. */
    boolean behind(long head) {
        boolean first = ahead < 0;
        ahead = head;
        return first;
    }

    /** The time for patience is over; whether we are still behind. */
    boolean stillBehind() {
        long head = ahead;
        ahead = -1;
        return picture.seq() < head;
    }

    /** Has answered on this connection, with all that anybody had when it was opened. */
    boolean current() {
        return heard && picture.seq() >= wanted;
    }

    boolean at(String position) {
        return picture.position().equals(position);
    }

    String text() {
        return picture.text();
    }
}

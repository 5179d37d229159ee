package vn.giaoban.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.live.line.Encoding;

/**
 * The readers of one stream on one event loop. However often it is woken, one walk at a time serves all that is new;
 * what is published meanwhile reaches whoever has not had his turn yet in the same walk, and the others in the next.
 */
final class Group {
    private static final Logger log = LoggerFactory.getLogger(Group.class);

    private final Loop loop;
    private final Tail tail;
    private final LiveHub hub;
    private final LiveMeters meters;
    private final AtomicBoolean woken = new AtomicBoolean();
    private Reader[] readers = new Reader[4];
    private int end;
    private int holes;
    private boolean walking;
    private boolean again;
    private boolean backwards;
    private long begun;
    private Instant carried;
    private Instant told;
    private volatile int size;

    Group(Loop loop, Tail tail, LiveHub hub) {
        this.loop = loop;
        this.tail = tail;
        this.hub = hub;
        this.meters = hub.meters;
    }

    void add(Reader reader) {
        if (end == readers.length) readers = Arrays.copyOf(readers, end * 2);
        reader.slot = end;
        readers[end++] = reader;
        size++;
    }

    void remove(Reader reader) {
        readers[reader.slot] = null;
        holes++;
        size--;
        if (!walking) close();
    }

    /** Fills the holes from the end. */
    private void close() {
        for (int i = 0; holes > 0 && i < end; i++) {
            while (end > 0 && readers[end - 1] == null) {
                end--;
                holes--;
            }
            if (i < end && readers[i] == null) {
                readers[i] = readers[--end];
                readers[i].slot = i;
                readers[end] = null;
                holes--;
            }
        }
        if (end < readers.length / 4 && readers.length > 16) readers = Arrays.copyOf(readers, readers.length / 2);
    }

    /** From any thread. */
    boolean isEmpty() {
        return size == 0;
    }

    /** From any thread. */
    void wake() {
        if (woken.compareAndSet(false, true)) loop.execute(this::begin);
    }

    private void begin() {
        woken.set(false);
        if (walking) {
            again = true;
            return;
        }
        walking = true;
        begun = System.nanoTime();
        carried = tail.newest;
        backwards = !backwards; // nobody is always the last
        walk(0, end);
    }

    /** Who comes during the walk takes for himself what is new. */
    private void walk(int from, int all) {
        int to = Math.min(all, from + Loop.SLICE);
        long ws = 0, sse = 0;
        for (int i = from; i < to; i++) {
            var reader = readers[backwards ? all - 1 - i : i];
            if (reader == null) continue;
            int sent = turn(reader);
            if (reader.line.encoding() == Encoding.WS) ws += sent;
            else sse += sent;
        }
        if (ws > 0) meters.delivered(Encoding.WS, ws);
        if (sse > 0) meters.delivered(Encoding.SSE, sse);
        if (to < all) loop.afterOthers(() -> walk(to, all));
        else ended();
    }

    /** One that fails must not keep the others from their turn, nor the group from its next walk. */
    private static int turn(Reader reader) {
        try {
            return reader.pump();
        } catch (RuntimeException e) {
            log.error("a reader of {}", reader.stream, e);
            return 0;
        }
    }

    private void ended() {
        walking = false;
        meters.walked(System.nanoTime() - begun);
        if (carried != null && carried != told) meters.reached(Duration.between(told = carried, hub.now()));
        if (holes > 0) close();
        if (again) {
            again = false;
            begin();
        }
    }
}

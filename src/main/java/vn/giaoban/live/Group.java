package vn.giaoban.live;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The readers of one stream on one event loop. However often it is woken, one walk serves all that is new. */
final class Group {
    private final Context loop;
    private final List<Reader> readers = new ArrayList<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    Group(Context loop) {
        this.loop = loop;
    }

    void add(Reader reader) {
        readers.add(reader);
    }

    void remove(Reader reader) {
        readers.remove(reader);
    }

    boolean isEmpty() {
        return readers.isEmpty();
    }

    List<Reader> readers() {
        return readers;
    }

    /** From any thread. */
    void wake() {
        if (woken.compareAndSet(false, true))
            loop.runOnContext(v -> {
                woken.set(false);
                for (var reader : List.copyOf(readers)) reader.pump();
            });
    }
}

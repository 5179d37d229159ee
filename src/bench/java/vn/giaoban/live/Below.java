package vn.giaoban.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import vn.giaoban.live.line.Position;

/**
 * Appends patches to a stream's tail in memory, below the journal: what the hub and its sockets cost, without what the
 * database costs. Only the bench does this.
 */
public final class Below {
    private final LiveHub hub;
    private final Gate.Granted stream;

    public Below(LiveHub hub, StreamKey key) {
        this.hub = hub;
        this.stream = new Gate.Granted(key, false, false);
    }

    /** The next patch of the stream; its number. Somebody must follow the stream. */
    public Future<Long> append(String patch) {
        var number = Promise.<Long>promise();
        hub.open(stream)
                .onSuccess(tail -> hub.execute(() -> {
                    var head = tail.log.head();
                    var next = new Position(head.epoch(), head.seq() + 1);
                    tail.append(new Tail.Patch(next, Instant.now(), patch));
                    tail.wake();
                    number.complete(next.seq());
                }))
                .onFailure(number::fail);
        return number.future();
    }
}

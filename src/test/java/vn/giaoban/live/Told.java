package vn.giaoban.live;

import io.vertx.core.Context;
import java.util.Random;
import vn.giaoban.live.line.Encoding;
import vn.giaoban.live.line.Frame;
import vn.giaoban.live.line.FrameLog;
import vn.giaoban.live.line.Line;
import vn.giaoban.live.line.Position;

/** A line without a socket, which takes a few frames and is full for a while, and knows what it may be told next. */
final class Told implements Line {
    private final Loop loop;
    private final Random random;
    private int room;
    Reader reader;
    boolean broken;
    /** Done whenever it is told something. */
    volatile Runnable then = () -> {};

    private Position has;
    volatile long at = -1;
    volatile String wrong;

    /** {@code random}: null for a line that is never full. */
    Told(Loop loop, Position from, Random random) {
        this.loop = loop;
        this.random = random;
        this.room = random == null ? Integer.MAX_VALUE : 1 + random.nextInt(5);
        this.has = from;
        if (from != null) this.at = from.seq();
    }

    @Override
    public Position take(FrameLog log, Position after) {
        if (broken) throw new IllegalStateException("as if something were wrong with it");
        return Line.super.take(log, after);
    }

    @Override
    public void send(Frame frame) {
        var text = frame.text().toString(java.nio.charset.StandardCharsets.UTF_8);
        var to = frame.position();
        if (text.startsWith("{\"type\":\"head\"")) return;
        boolean whole = text.startsWith("{\"type\":\"snapshot\"");
        if (whole ? !text.contains("\"n\":" + to.seq()) : !text.endsWith("\"patch\":{\"n\":" + to.seq() + "}}"))
            wrong = "another frame's text: " + text;
        if (whole
                ? has != null && has.epoch().equals(to.epoch()) && to.seq() < has.seq()
                : has == null || to.seq() != has.seq() + 1) wrong = to + (whole ? " as a whole" : "") + " after " + has;
        has = to;
        at = to.seq();
        then.run();
        if (random != null && --room == 0) loop.afterOthers(this::drained);
    }

    private void drained() {
        room = 1 + random.nextInt(5);
        reader.pump();
    }

    @Override
    public boolean full() {
        return room == 0;
    }

    @Override
    public String id() {
        return "told";
    }

    @Override
    public Context context() {
        return loop.context;
    }

    @Override
    public Encoding encoding() {
        return Encoding.WS;
    }

    @Override
    public String kind() {
        return "told";
    }

    @Override
    public void ping() {}

    @Override
    public long heardAt() {
        return Line.nowMs();
    }

    @Override
    public void close(int code, String reason, long retryAfterMs) {}
}

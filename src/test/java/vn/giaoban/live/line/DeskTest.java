package vn.giaoban.live.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** What lies between two places of a desk is exactly the frames between two positions, whoever used it before. */
class DeskTest {
    private static final int BYTES = 128 * 1_024;
    private static final int FRAMES = 512;

    /** One thing that happens on an event loop. */
    sealed interface Deed {}

    record Append(int log, int times, int size) implements Deed {}

    /** A reader of a log, so many frames behind its head, is served. */
    record Serve(int log, int behind) implements Deed {}

    /** Something of one line's own is sent. */
    record Put(int size, int from) implements Deed {}

    /** The log begins anew, with the same numbers or with others. */
    record Reset(int log, String epoch, int seq) implements Deed {}

    @Provide
    Arbitrary<Deed> deeds() {
        var logs = Arbitraries.integers().between(0, 1);
        var times = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(1, 5)),
                Tuple.of(1, Arbitraries.integers().between(300, 700)));
        var sizes = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 1_000)),
                Tuple.of(2, Arbitraries.integers().between(1_000, 60_000)),
                Tuple.of(1, Arbitraries.integers().between(BYTES - 300, BYTES + 300)));
        var behind = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(-1, 4)),
                Tuple.of(2, Arbitraries.integers().between(5, 700)));
        return Arbitraries.frequencyOf(
                Tuple.of(
                        5,
                        Combinators.combine(logs, times, sizes)
                                .as((log, many, size) -> new Append(log, size > 1_000 ? 1 : many, size))),
                Tuple.of(8, Combinators.combine(logs, behind).as(Serve::new)),
                Tuple.of(
                        2,
                        Combinators.combine(
                                        Arbitraries.integers().between(1, BYTES + 5_000),
                                        Arbitraries.integers().between(0, 100))
                                .as(Put::new)),
                Tuple.of(
                        1,
                        Combinators.combine(
                                        logs,
                                        Arbitraries.of("a", "b"),
                                        Arbitraries.integers().between(0, 900))
                                .as(Reset::new)));
    }

    private static final class Stream {
        final FrameLog log;
        final List<Frame> frames;
        Position base;

        private Stream(FrameLog log, List<Frame> frames, Position base) {
            this.log = log;
            this.frames = frames;
            this.base = base;
        }

        Stream() {
            this(new FrameLog(new FrameLog.Budget(1 << 30), 128, 1 << 30), new ArrayList<>(), null);
            begin(new Position("a", 0));
        }

        void begin(Position at) {
            frames.clear();
            log.reset(base = at);
        }

        Stream copy() {
            return new Stream(log, List.copyOf(frames), base);
        }

        Position head() {
            return frames.isEmpty() ? base : frames.getLast().position();
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void betweenTwoPlacesLieTheFramesBetweenTwoPositions(
            @ForAll Encoding encoding, @ForAll @Size(max = 60) List<@From("deeds") Deed> deeds) {
        var desk = new Desk(encoding);
        var streams = List.of(new Stream(), new Stream());
        int epochs = 0;
        for (var deed : deeds)
            switch (deed) {
                case Append append -> {
                    var stream = streams.get(append.log);
                    for (int i = 0; i < append.times; i++) {
                        var at = new Position(
                                stream.head().epoch(), stream.head().seq() + 1);
                        stream.frames.add(FrameLogTest.frame(at, append.size));
                        stream.log.append(stream.frames.getLast());
                    }
                }
                case Serve serve -> serve(desk, streams.get(serve.log), serve.behind);
                case Put put -> put(desk, put);
                case Reset reset -> {
                    var stream = streams.get(reset.log);
                    var before = stream.copy();
                    stream.begin(new Position(reset.epoch + ++epochs, reset.seq));
                    serve(desk, before, 1); // what lies on a desk may outlive the log: it is right all the same
                }
            }
    }

    private static void serve(Desk desk, Stream stream, int behind) {
        var after = new Position(stream.head().epoch(), stream.head().seq() - behind);
        var next = stream.log.next(after);
        if (!desk.lay(stream.log, after)) {
            assertTrue(next == null || next.bytes(desk.encoding()).length > BYTES, "it would have had room");
            return;
        }
        int from = (int) (after.seq() - stream.base.seq());
        int to = (int) (desk.last().seq() - stream.base.seq());
        assertTrue(to > from && from >= 0);
        var laid = new ByteArrayOutputStream();
        for (var frame : stream.frames.subList(from, to)) laid.writeBytes(frame.bytes(desk.encoding()));
        assertArrayEquals(laid.toByteArray(), bytes(desk, desk.start(after), desk.end()));
        var more = stream.log.next(desk.last());
        if (more != null)
            assertTrue(
                    desk.end() + more.bytes(desk.encoding()).length > BYTES || to - from <= FRAMES,
                    "what has room is laid as well");
        int at = desk.start(after);
        for (var frame : stream.frames.subList(from, to)) {
            int size = frame.bytes(desk.encoding()).length;
            for (int cut : new int[] {0, 1, size / 2, size - 1}) {
                assertEquals(frame, desk.frameAt(at + cut));
                assertEquals(cut, desk.within(at + cut));
            }
            at += size;
        }
        assertEquals(desk.end(), at);
    }

    private static void put(Desk desk, Put put) {
        var bytes = new byte[put.size + put.from];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;
        int length = desk.put(bytes, put.from);
        assertEquals(Math.min(BYTES, put.size), length);
        assertArrayEquals(Arrays.copyOfRange(bytes, put.from, put.from + length), bytes(desk, 0, length));
    }

    @SuppressWarnings("restricted")
    private static byte[] bytes(Desk desk, int from, int to) {
        return MemorySegment.ofAddress(desk.address())
                .reinterpret(BYTES)
                .asSlice(from, to - from)
                .toArray(ValueLayout.JAVA_BYTE);
    }

    @Example
    void itIsFilledToTheBrimAndThenBegunAnew() {
        var stream = new Stream();
        var desk = new Desk(Encoding.WS);
        var at = stream.base;
        // A frame of a known size: 64 of them fill the desk to its last byte.
        int wrapping = FrameLogTest.frame(new Position("a", 10), 1_000).bytes(Encoding.WS).length - 1_000;
        for (int i = 1; i <= 128; i++) {
            int digits = String.valueOf(i).length() - 2;
            stream.frames.add(FrameLogTest.frame(new Position("a", i), 2_048 - wrapping - digits));
            stream.log.append(stream.frames.getLast());
        }
        assertTrue(desk.lay(stream.log, at));
        assertEquals(BYTES, desk.end());
        assertEquals(64, desk.last().seq());
        assertTrue(desk.lay(stream.log, new Position("a", 63)), "the last of them, once more");
        assertEquals(BYTES - 2_048, desk.start(new Position("a", 63)));
        assertTrue(desk.lay(stream.log, new Position("a", 64)));
        assertEquals(128, desk.last().seq());
        assertTrue(!desk.lay(stream.log, new Position("a", 128)), "nothing more");
        assertNull(stream.log.next(new Position("a", 128)));
    }
}

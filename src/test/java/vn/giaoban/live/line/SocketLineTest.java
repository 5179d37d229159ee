package vn.giaoban.live.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.giaoban.bench.client.ClientFrame;

/** Lines over real sockets whose other ends read badly, break off or break the rules: every byte is compared. */
@Timeout(60)
class SocketLineTest {
    private static final long SEED = Long.getLong("seed", 7);
    private static final byte[] PING = {(byte) 0x89, 0};
    private static final Position START = new Position("e", 0);

    private static final List<Way> WEB_SOCKETS = List.of(Way.WS_NATIVE, Way.WS_PLAIN, Way.WS_TLS);

    private static Doorway door;
    private static Leaks leaks;

    @BeforeAll
    static void open() {
        leaks = new Leaks();
        door = new Doorway();
    }

    @AfterAll
    static void nothingWasLeftBehind() {
        door.close();
        assertEquals(List.of(), leaks.found());
    }

    private final Random random = new Random(SEED);
    private final List<Frame> frames = new ArrayList<>(List.of(Followed.snapshot(START)));
    private FrameLog log;

    private FrameLog log(int mostFrames) {
        log = new FrameLog(new FrameLog.Budget(1 << 30), mostFrames, 1 << 30);
        log.reset(START);
        door.log = log;
        door.from = START;
        return log;
    }

    private void append(int size) {
        var frame = FrameLogTest.frame(new Position("e", frames.size()), size);
        frames.add(frame);
        log.append(frame);
    }

    /** Mostly small, now and then one that no buffer takes whole, or that is larger than the desk. */
    private int size() {
        return switch (random.nextInt(40)) {
            case 0 -> 120_000 + random.nextInt(200_000);
            case 1, 2 -> 60_000 + random.nextInt(60_000);
            case 3, 4, 5, 6 -> 1_000 + random.nextInt(20_000);
            default -> random.nextInt(500);
        };
    }

    private Listening come(Way way, int receiveBuffer) throws IOException {
        return new Listening(door, way, receiveBuffer, new Random(random.nextLong()));
    }

    /** What a reader sees to the end: each frame after the one before it, or a whole picture and on from there. */
    private final class Seen implements Callable<Integer> {
        private final Listening from;
        private final List<byte[]> pings = new ArrayList<>();
        private final Random mine = new Random(random.nextLong());
        private int pong;
        private long at;
        private int snapshots;

        Seen(Listening from) {
            this.from = from;
        }

        /** Until the end; how many snapshots there were. */
        @Override
        public Integer call() throws IOException {
            for (var unit = from.head().unit(); unit.length > 0; unit = from.unit()) {
                if (ends(unit)) {
                    if (from.way.encoding == Encoding.WS) from.send(ClientFrame.close(1000, new byte[0]));
                    assertEquals(0, from.unit().length, "nothing after the end");
                    return snapshots;
                }
                took(unit);
                if (from.way.encoding == Encoding.WS && mine.nextInt(20) == 0) ask();
            }
            throw new IOException("cut off after " + at);
        }

        /** A close frame, or the last chunk. */
        private boolean ends(byte[] unit) {
            return from.way.encoding == Encoding.WS ? unit[0] == (byte) 0x88 : unit[0] == '0';
        }

        private void ask() throws IOException {
            var payload = new byte[mine.nextInt(126)];
            mine.nextBytes(payload);
            pings.add(payload);
            from.send(ClientFrame.of(ClientFrame.PING, payload));
        }

        private void took(byte[] unit) {
            var text = new String(unit, java.nio.charset.StandardCharsets.UTF_8);
            if (text.contains("\"patch\":")) {
                var frame = frames.get((int) ++at);
                assertArrayEquals(frame.bytes(from.way.encoding), unit, () -> "number " + at);
            } else if (text.contains("\"snapshot\"")) {
                int seq = text.indexOf("\"seq\":") + 6;
                long to = Long.parseLong(text.substring(seq, text.indexOf(',', seq)));
                assertTrue(to > at, "never back");
                at = to;
                snapshots++;
                assertArrayEquals(Followed.snapshot(new Position("e", at)).bytes(from.way.encoding), unit);
            } else if (unit[0] == (byte) 0x8A) {
                assertArrayEquals(pings.get(pong++), Arrays.copyOfRange(unit, 2, unit.length), "the pong to a ping");
            } else if (!text.startsWith("retry: ", text.indexOf('\n') + 1)
                    && !text.contains("\"head\"")
                    && !text.equals("3\r\n:\n\n\r\n")) assertArrayEquals(PING, unit);
        }
    }

    private static Frame head() {
        return Frame.head("s", START, java.time.Instant.EPOCH);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyByteArrivesInOrderWhateverIsReadAndSaidMeanwhile(Way way) throws Exception {
        for (int ring : new int[] {512, 16}) {
            frames.subList(1, frames.size()).clear();
            log(ring);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                    var client = come(way, 2_048 << random.nextInt(4))) {
                var seen = threads.submit(new Seen(client));
                var followed = door.next();
                assertEquals(way.natively && !way.tls, followed.line.kind().endsWith("native"));
                for (int i = 0; i < 300; i++) {
                    append(size());
                    if (random.nextInt(3) > 0) followed.run(followed::pump);
                    if (random.nextInt(15) == 0) followed.run(followed.line::ping);
                    if (random.nextInt(15) == 0) followed.run(() -> followed.line.send(head()));
                }
                followed.level(log.head()).get(20, TimeUnit.SECONDS);
                followed.run(() -> followed.line.close(1001, "drain", 200));
                int snapshots = seen.get(20, TimeUnit.SECONDS);
                assertEquals(followed.snapshots, snapshots);
                if (ring == 512) assertEquals(0, snapshots, "the log had it all");
                followed.gone.get(10, TimeUnit.SECONDS);
                assertEquals(1, followed.closed.get(), "told that it is gone, once");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whoLagsByTheWholeLogMissesNothingAndByOneMoreGetsThePicture(Way way) throws Exception {
        for (int lag = 63; lag <= 66; lag++) {
            frames.subList(1, frames.size()).clear();
            log(64);
            try (var client = come(way, 65_536).head()) {
                var followed = door.next();
                var stopped = followed.halt();
                stopped.get(10, TimeUnit.SECONDS);
                for (int i = 0; i < lag; i++) append(random.nextInt(900));
                followed.level(log.head()).get(10, TimeUnit.SECONDS);
                if (lag <= 64)
                    for (int i = 1; i <= lag; i++)
                        assertArrayEquals(frames.get(i).bytes(way.encoding), client.unit());
                else assertArrayEquals(Followed.snapshot(log.head()).bytes(way.encoding), client.unit());
                append(10);
                followed.run(followed::pump);
                assertArrayEquals(frames.getLast().bytes(way.encoding), client.unit(), "and on");
                assertEquals(lag <= 64 ? 0 : 1, followed.snapshots);
            }
        }
    }

    /** A breach of the protocol, and the code that it is closed with. */
    private enum Breach {
        UNMASKED(1002, ClientFrame.text("{}").unmasked()),
        RESERVED_BIT(1002, ClientFrame.text("{}").reserved(0x40)),
        RESERVED_OPCODE(1002, ClientFrame.of(3, new byte[0])),
        PART_OF_A_PING(1002, ClientFrame.of(ClientFrame.PING, new byte[0]).unfinished()),
        CONTINUES_NOTHING(1002, ClientFrame.of(ClientFrame.CONTINUATION, new byte[1])),
        NO_CLOSE_CODE(1002, ClientFrame.close(1005, new byte[0])),
        NOT_UTF8(1007, ClientFrame.of(ClientFrame.TEXT, new byte[] {(byte) 0xc0, 'a'})),
        TOO_LONG(1009, ClientFrame.text("").declaring(65_537)),
        TOO_LONG_TOGETHER(
                1009,
                ClientFrame.text("x".repeat(40_000)).unfinished(),
                ClientFrame.of(ClientFrame.CONTINUATION, new byte[40_000])),
        BINARY(4400, ClientFrame.of(ClientFrame.BINARY, new byte[3])),
        NO_BREACH(1000, ClientFrame.close(1000, new byte[0])),
        NO_REASON(1000, ClientFrame.of(ClientFrame.CLOSE, new byte[0]));

        final int code;
        final ClientFrame[] frames;

        Breach(int code, ClientFrame... frames) {
            this.code = code;
            this.frames = frames;
        }
    }

    @Test
    void eachBreachHasItsCloseCodeAndNothingComesAfterIt() throws Exception {
        log(64);
        append(100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<String>>();
            for (var way : WEB_SOCKETS)
                for (var breach : Breach.values()) {
                    var client = come(way, 65_536).head();
                    var followed = door.next();
                    all.add(threads.submit(() -> breach + ": " + committed(breach, client, followed)));
                }
            for (var one : all) assertTrue(one.get(20, TimeUnit.SECONDS).endsWith(": as it should be"), one::resultNow);
        }
    }

    private String committed(Breach breach, Listening client, Followed followed) throws Exception {
        try (client) {
            assertArrayEquals(frames.getLast().bytes(Encoding.WS), client.unit());
            for (var frame : breach.frames) client.send(frame);
            var bye = client.unit();
            if (bye[0] != (byte) 0x88) return "was answered by " + Arrays.toString(bye);
            int code = (bye[2] & 255) << 8 | bye[3] & 255;
            if (code != breach.code) return "closed with " + code;
            // Whatever is to be said now finds nobody any more.
            followed.run(() -> {
                followed.line.send(head());
                followed.line.ping();
                followed.line.take(log, START);
                followed.line.close(1001, "again", 0);
            });
            client.quietly(ClientFrame.of(ClientFrame.PING, new byte[] {1}));
            client.quietly(ClientFrame.close(breach.code, new byte[0]));
            client.end();
            if (client.unit().length > 0) return "something came after the close frame";
            followed.gone.get(10, TimeUnit.SECONDS);
            return followed.closed.get() == 1 && followed.said.isEmpty() ? "as it should be" : "heard something";
        }
    }

    /** Who does not answer the goodbye, and who does not even read it, are given some seconds, and no more. */
    @Test
    void whoDoesNotAnswerTheGoodbyeIsCutAllTheSame() throws Exception {
        log(64);
        var clients = new ArrayList<Listening>();
        var all = new ArrayList<Followed>();
        for (var way : Way.values()) {
            clients.add(come(way, 65_536).head());
            var mute = door.next();
            clients.add(come(way, 2_048).head());
            var deaf = door.next();
            // More than the kernel takes, of which the line knows nothing: its own goodbye is what has to wait.
            deaf.channel.writeAndFlush(Unpooled.buffer(1 << 20).writerIndex(1 << 20));
            for (var one : List.of(mute, deaf)) {
                all.add(one);
                one.run(() -> one.line.close(1001, "drain", 100));
            }
        }
        for (var one : all) one.gone.get(10, TimeUnit.SECONDS);
        for (var client : clients) client.close();
    }

    @Test
    void aDescriptorOfALineThatIsGoneIsNeverWrittenToAgain() throws Exception {
        log(64);
        for (int tries = 0, same = 0; same < 3; tries++) {
            assertTrue(tries < 100, "the kernel gives the lowest number that is free");
            Followed old;
            int descriptor;
            try (var client = come(Way.WS_NATIVE, 65_536).head()) {
                old = door.next();
                descriptor = ((UnixChannel) old.channel).fd().intValue();
                client.cut();
                old.gone.get(10, TimeUnit.SECONDS);
            }
            append(100);
            try (var client = come(Way.WS_NATIVE, 65_536).head()) {
                var next = door.next();
                if (((UnixChannel) next.channel).fd().intValue() == descriptor) same++;
                var before = old;
                next.run(() -> {
                    before.line.take(log, START);
                    before.line.send(head());
                    before.line.ping();
                    before.line.close(1000, "", 0);
                    next.line.ping();
                });
                for (int i = 1; i < frames.size(); i++)
                    assertArrayEquals(frames.get(i).bytes(Encoding.WS), client.unit());
                assertArrayEquals(PING, client.unit(), "and nothing that was not for it");
            }
        }
    }

    @Test
    void whoBreaksOffInTheMiddleOfAWalkTakesNobodyWithHim() throws Exception {
        log(512);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Listening>();
            var stay = new ArrayList<Future<Integer>>();
            var all = new ArrayList<Followed>();
            for (int i = 0; i < 60; i++) {
                clients.add(come(i % 2 == 0 ? Way.WS_NATIVE : Way.SSE_NATIVE, 4_096));
                if (i % 6 < 2) stay.add(threads.submit(new Seen(clients.get(i))));
                all.add(door.next());
            }
            for (int i = 0; i < 200; i++) {
                append(size() / 4);
                all.getFirst().run(() -> all.forEach(Followed::pump));
                int who = random.nextInt(60);
                if (who % 6 >= 2) clients.get(who).cut();
            }
            for (int i = 0; i < 60; i++) {
                var one = all.get(i);
                if (i % 6 >= 2) clients.get(i).cut();
                else one.level(log.head()).get(20, TimeUnit.SECONDS);
                one.run(() -> one.line.close(1001, "drain", 1));
            }
            for (var one : stay) assertEquals(0, one.get(20, TimeUnit.SECONDS));
            for (var one : all) {
                one.gone.get(10, TimeUnit.SECONDS);
                assertEquals(1, one.closed.get());
            }
            for (var client : clients) client.close();
        }
    }

    /** The line would never hear that it is gone, and whoever counts it would count it for ever. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void aConnectionThatIsGoneAlreadyIsNotTakenOver(Way way) throws Exception {
        log(64);
        door.late = true;
        door.asked.clear();
        try (var client = come(way, 65_536)) {
            door.asked.take();
            client.cut();
            assertNotNull(door.refused.poll(10, TimeUnit.SECONDS), "taken: " + door.taken);
            assertNull(door.last.pipeline().get(SocketLine.class));
        } finally {
            door.late = false;
        }
    }

    /** Or a reader whose network is gone would seem to be there as long as the kernel takes our own pings. */
    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"WS_NATIVE", "WS_PLAIN", "WS_TLS"})
    void whatWeSayIsNoSignOfLife(Way way) throws Exception {
        log(64);
        try (var client = come(way, 65_536).head()) {
            var followed = door.next();
            append(10);
            followed.level(log.head()).get(10, TimeUnit.SECONDS);
            assertArrayEquals(frames.getLast().bytes(way.encoding), client.unit());
            long heard = followed.silence().get(10, TimeUnit.SECONDS);
            Runnable weSpeak = () -> {
                followed.line.ping();
                followed.line.send(head());
            };
            assertEquals(heard, followed.heardAfter(weSpeak).get(10, TimeUnit.SECONDS));
            assertArrayEquals(PING, client.unit());
            assertArrayEquals(head().bytes(way.encoding), client.unit());
            client.send(ClientFrame.of(ClientFrame.PING, new byte[] {7}));
            assertArrayEquals(new byte[] {(byte) 0x8A, 1, 7}, client.unit());
            assertTrue(followed.heardAfter(() -> {}).get(10, TimeUnit.SECONDS) > heard, "that was one");
        }
    }
}

package vn.giaoban.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Many readers of one target, on a few event loops of their own: opens them, cuts them, brings them back where they
 * were, and hands what they received to a {@link Score}. Called from one thread, which it lets wait.
 */
public final class Sockets implements AutoCloseable {
    /** Each address has some 28,000 ports to call one server from. */
    private static final int SOURCES = Integer.getInteger("sources", 4);

    private final Target target;
    private final MultiThreadIoEventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();
    private final Bootstrap bootstrap;
    private final List<Line> lines = new ArrayList<>();
    private final Score score;
    private final Turns turns = new Turns(this::dial);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<String> lastRefusal = new AtomicReference<>("");
    private final Semaphore opened = new Semaphore(0);
    private volatile Consumer<Line> whenCut = line -> {};
    private volatile int port;
    private volatile boolean closing;

    public Sockets(Target target, int loopCount) {
        this.target = target;
        this.port = target.port();
        this.group = new MultiThreadIoEventLoopGroup(loopCount, EpollIoHandler.newFactory());
        group.forEach(loop -> loops.add((EventLoop) loop));
        this.score = new Score(loops);
        this.bootstrap = new Bootstrap()
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_LINGER, 0) // cut, never waiting: no port is held for a minute
                .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 30_000)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(16_384));
    }

    public Target target() {
        return target;
    }

    public Score score() {
        return score;
    }

    public List<Line> lines() {
        return lines;
    }

    /** How many are ready to receive at this moment. */
    public int open() {
        return open.get();
    }

    /** Handshakes that were answered with a refusal, and tried again, since the beginning. */
    public int refused() {
        return refused.get();
    }

    /** Connections that could not be made or broke before they were ready, and were tried again. */
    public int failed() {
        return failed.get();
    }

    public String lastRefusal() {
        return lastRefusal.get();
    }

    /** So many readers more, not connected yet. */
    public void add(int count) {
        for (int i = 0; i < count; i++) {
            int place = lines.size() % loops.size();
            var tally = score.tally(place);
            var line = new Line(this, target.kind(), loops.get(place), tally);
            lines.add(line);
            loops.get(place).execute(() -> tally.lines.add(line));
        }
    }

    /** How long it took until nine of ten and until all were ready. */
    public record Opened(double mostSeconds, double seconds) {}

    /** Opens all that are not open, so many handshakes at a time. */
    public Opened connect(int atOnce, int timeoutSeconds) throws InterruptedException, TimeoutException {
        long begun = System.nanoTime();
        opened.drainPermits();
        var closed = lines.stream().filter(line -> !line.ready()).toList();
        turns.begin(closed, atOnce);
        int most = closed.size() * 9 / 10;
        boolean mostly = opened.tryAcquire(most, timeoutSeconds, TimeUnit.SECONDS);
        double mostSeconds = (System.nanoTime() - begun) / 1e9;
        if (!mostly || !opened.tryAcquire(closed.size() - most, timeoutSeconds, TimeUnit.SECONDS))
            throw new TimeoutException(open + " of " + lines.size() + " open, " + refused + " refused, " + failed
                    + " failed; " + lastRefusal);
        return new Opened(mostSeconds, (System.nanoTime() - begun) / 1e9);
    }

    /** All at once, as when a node or a proxy dies. */
    public void cut() {
        for (var line : lines) if (line.channel() != null) line.channel().close();
    }

    /** What happens with a reader whose ready connection ended; to bring it back: {@link #dial}. On its event loop. */
    public void whenCut(Consumer<Line> then) {
        whenCut = then;
    }

    /** From now on to this port: the same streams, another node. */
    public void moveTo(int port) {
        this.port = port;
    }

    /** Connects this reader, where it was. */
    public void dial(Line line) {
        if (closing) return;
        int source = 1 + (System.identityHashCode(line) & 0xffff) % SOURCES;
        bootstrap
                .clone(line.loop)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(line);
                    }
                })
                .connect(new InetSocketAddress("127.0.0.1", port), new InetSocketAddress("127.0.0." + source, 0))
                .addListener(done -> {
                    if (!done.isSuccess()) again(line, String.valueOf(done.cause()));
                });
    }

    void ready(Line line) {
        open.incrementAndGet();
        opened.release();
        turns.over(line);
    }

    void refused(int status, String head) {
        refused.incrementAndGet();
        lastRefusal.set(head.lines().findFirst().orElse(String.valueOf(status)));
    }

    void closed(Line line, boolean wasReady) {
        if (wasReady) {
            open.decrementAndGet();
            if (!closing) whenCut.accept(line);
        } else again(line, "closed before it was ready");
    }

    /** As a well-behaved client: not before what was asked of it, and not in step with the others. */
    private void again(Line line, String why) {
        if (closing) return;
        if (line.retryAfterMs() == 0) {
            failed.incrementAndGet();
            lastRefusal.set(why);
        }
        long wait = Math.max(line.retryAfterMs(), 200);
        wait += ThreadLocalRandom.current().nextLong(200);
        boolean inTurn = turns.over(line);
        line.loop.schedule(
                () -> {
                    if (inTurn) turns.again(line);
                    else dial(line);
                },
                wait,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing = true;
        cut();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}

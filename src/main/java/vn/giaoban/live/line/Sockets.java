package vn.giaoban.live.line;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;

/** What the kernel is told about the sockets of readers. */
public final class Sockets {
    /** The kernel doubles it. Untold, it would hold up to four megabytes for a reader who does not read. */
    private static final int SEND_BUFFER = 64 * 1_024;
    /** Unsent bytes after which a socket counts as unwritable: what is newer stays with us, and may be skipped. */
    private static final long UNSENT = 32 * 1_024;
    /** At the end of a line that is full, once: the rest of one frame, and why it ends. */
    private static final int LAST_BUFFER = 208 * 1_024;

    private static final long LAST_UNSENT = 0xFFFF_FFFFL;
    /** Sent and never acknowledged: the other end's network is gone. */
    private static final int GONE_MS = 60_000;

    private Sockets() {}

    public static void tune(Channel channel) {
        channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER);
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT);
            channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, GONE_MS);
        }
    }

    /** Room in the kernel for the rest of a frame and a goodbye: a slow reader finds both when it reads again. */
    static void widen(Channel channel) {
        if (channel instanceof EpollSocketChannel)
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, LAST_UNSENT);
        channel.config().setOption(ChannelOption.SO_SNDBUF, LAST_BUFFER);
    }

    /** Closes at once: asked at the end of the pipeline, Vert.x and TLS would first send what nobody reads. */
    static void cut(Channel channel) {
        if (channel.isOpen()) channel.pipeline().firstContext().close();
    }
}

package vn.giaoban.live.line;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Takes a connection out of Vert.x's hands at the moment of its answer: nothing of the request, the router and their
 * queues stays behind, some twenty kilobytes for each reader. Only HTTP/2, where a connection is not one reader's, is
 * left to Vert.x.
 */
public final class Takeover {
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
    private static final WebSocketDecoderConfig DECODER = WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(true)
            .allowExtensions(false)
            .maxFramePayloadLength(65_536)
            .closeOnProtocolViolation(false) // the line says goodbye itself
            .withUTF8Validator(false) // stands in the pipeline, where it sees whole messages
            .build();

    private Takeover() {}

    public static boolean possible(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && request.getHeader("Content-Length") == null
                && request.getHeader("Transfer-Encoding") == null;
    }

    /** Whether it asks for a WebSocket as the RFC wants it. */
    public static boolean proper(HttpServerRequest request) {
        var key = request.getHeader("Sec-WebSocket-Key");
        return possible(request)
                && "13".equals(request.getHeader("Sec-WebSocket-Version"))
                && key != null
                && key.length() == 24
                && String.valueOf(request.getHeader("Connection"))
                        .toLowerCase(Locale.ROOT)
                        .contains("upgrade");
    }

    /** To be called on the line's event loop, but not from within the request's own handler. */
    public static SocketLine webSocket(
            HttpServerRequest request,
            Channel channel,
            boolean natively,
            Context context,
            Desk desk,
            String id,
            String protocol) {
        var head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(request.getHeader("Sec-WebSocket-Key")) + "\r\n"
                + (offers(request, protocol) ? "Sec-WebSocket-Protocol: " + protocol + "\r\n" : "") + "\r\n";
        var line = new SocketLine(channel, direct(channel, natively), context, desk, id);
        var left = channel.pipeline().names();
        channel.pipeline()
                .addLast(
                        new WebSocket13FrameDecoder(DECODER),
                        new Utf8FrameValidator(false),
                        new WebSocketFrameAggregator(65_536),
                        line);
        begin(channel, left, line, head);
        return line;
    }

    /** The same for a response with events; {@code headers}: what is to be said beside the usual. */
    public static SocketLine events(
            Channel channel, boolean natively, Context context, Desk desk, String id, MultiMap headers) {
        var head = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        var line = new SocketLine(channel, direct(channel, natively), context, desk, id);
        var left = channel.pipeline().names();
        channel.pipeline().addLast(line);
        begin(channel, left, line, head.append("\r\n").toString());
        return line;
    }

    /** Whether its bytes go to the kernel as they are. */
    private static boolean direct(Channel channel, boolean natively) {
        // Nobody would tell the line that it is gone.
        if (!channel.isActive()) throw new IllegalStateException("hung up meanwhile");
        return natively
                && channel instanceof EpollSocketChannel
                && channel.pipeline().get(SslHandler.class) == null;
    }

    private static void begin(Channel channel, List<String> left, SocketLine line, String head) {
        // From the last to the first: what the first ones still hold then arrives with us.
        for (var name : left.reversed())
            if (channel.pipeline().get(name) != null && !(channel.pipeline().get(name) instanceof SslHandler))
                channel.pipeline().remove(name);
        Sockets.tune(channel);
        line.open(head.getBytes(StandardCharsets.ISO_8859_1));
        channel.config().setAutoRead(true);
    }

    private static boolean offers(HttpServerRequest request, String protocol) {
        return Arrays.stream(String.valueOf(request.getHeader("Sec-WebSocket-Protocol"))
                        .split(","))
                .anyMatch(offered -> offered.strip().equals(protocol));
    }

    private static String accept(String key) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }
}

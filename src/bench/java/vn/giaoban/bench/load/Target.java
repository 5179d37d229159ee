package vn.giaoban.bench.load;

import java.nio.charset.StandardCharsets;

/** What is read, and how: the server's port on this machine, the path, and the manner of speaking. */
public record Target(Kind kind, int port, String path) {
    private static final String WEBSOCKET =
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: Z2lhbyBiYW4gYmVuY2ghIQ==\r\n";

    /** The handshake; {@code after}: the position to go on from, or null. */
    byte[] request(String after) {
        if (kind == Kind.NCHAN_META) return nchan(after);
        var resumed = after == null ? path : path + (path.indexOf('?') < 0 ? "?" : "&") + "after=" + after;
        var head = "GET " + resumed + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                + (kind.events() ? "Accept: text/event-stream\r\n" : WEBSOCKET) + "\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] nchan(String after) {
        var head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + WEBSOCKET
                + "Sec-WebSocket-Protocol: ws+meta.nchan\r\n"
                + (after == null ? "" : "Last-Event-ID: " + after + "\r\n") + "\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }
}

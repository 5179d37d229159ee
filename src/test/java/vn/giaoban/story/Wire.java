package vn.giaoban.story;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A bare TCP connection to a node, for what no client library would send, or would hide from a story. */
final class Wire implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final String authority;

    /** {@code receiveBuffer}: bytes that the kernel takes for a reader who does not read; 0 for the usual. */
    Wire(String base, int receiveBuffer) {
        var uri = URI.create(base);
        authority = uri.getAuthority();
        try {
            socket = new Socket();
            if (receiveBuffer > 0) socket.setReceiveBufferSize(receiveBuffer);
            socket.setSoTimeout(20_000);
            socket.connect(new java.net.InetSocketAddress(uri.getHost(), uri.getPort()), 5_000);
            in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Wire to(String base) {
        return new Wire(base, 0);
    }

    /** A request head; each further line as it stands, without a Host of its own. */
    Wire ask(String method, String path, String... headers) {
        return send(method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n" + String.join("\r\n", headers)
                + (headers.length > 0 ? "\r\n" : "") + "\r\n");
    }

    Wire upgrade(String path, String... headers) {
        var all = new String[headers.length + 4];
        System.arraycopy(headers, 0, all, 4, headers.length);
        all[0] = "Connection: Upgrade";
        all[1] = "Upgrade: websocket";
        all[2] = "Sec-WebSocket-Version: 13";
        all[3] = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        return ask("GET", path, all);
    }

    Wire send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status line and the headers of the answer. */
    String head() {
        var line = new StringBuilder();
        try {
            while (line.length() < 4 || !line.substring(line.length() - 4).equals("\r\n\r\n"))
                line.append((char) in.readUnsignedByte());
        } catch (IOException e) {
            throw new UncheckedIOException(line.toString(), e);
        }
        return line.toString();
    }

    int status() {
        return Integer.parseInt(head().split(" ")[1]);
    }

    /** The next line without its end; null when the other side has closed. */
    String line() {
        var line = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) return null;
                if (b != '\r') line.write(b);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Everything until the other side closes. */
    String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes still come before the other side is gone, with a goodbye or without. */
    long unread() {
        long bytes = 0;
        try {
            while (in.read() >= 0) bytes++;
        } catch (java.net.SocketTimeoutException e) {
            throw new UncheckedIOException("still there", e);
        } catch (IOException reset) {
            return bytes;
        }
        return bytes;
    }

    /** One WebSocket frame of the server: opcode and payload; null when the connection is gone. */
    Frame frame() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            return new Frame(first & 15, in.readNBytes((int) size));
        } catch (IOException e) {
            return null;
        }
    }

    /** A WebSocket pong that nobody asked for: a sign of life. */
    Wire pong() {
        return send("\u008a\u0080\0\0\0\0");
    }

    record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return opcode == 8 ? (payload[0] & 255) << 8 | payload[1] & 255 : 0;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

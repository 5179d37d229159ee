package vn.giaoban.live.line;

import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import vn.giaoban.bench.client.ClientFrame;
import vn.giaoban.story.HouseCertificate;

/** The other end of a line: bare TCP with a small receive buffer, read in portions of any size, every byte looked at. */
final class Listening implements AutoCloseable {
    private final Socket tcp = new Socket();
    private final Socket socket;
    private final DataInputStream in;
    private final Random random;
    final Way way;

    Listening(Doorway door, Way way, int receiveBuffer, Random random) throws IOException {
        this.way = way;
        this.random = random;
        tcp.setReceiveBufferSize(receiveBuffer);
        tcp.setSoTimeout(20_000);
        tcp.setTcpNoDelay(true);
        tcp.connect(new InetSocketAddress("127.0.0.1", door.port(way)), 5_000);
        socket = way.tls
                ? HouseCertificate.TRUSTED.getSocketFactory().createSocket(tcp, "localhost", door.port(way), true)
                : tcp;
        if (socket instanceof SSLSocket tls) tls.startHandshake();
        in = new DataInputStream(new Portions(socket.getInputStream()));
        send(String.join("\r\n", asked()).getBytes(StandardCharsets.US_ASCII));
    }

    private List<String> asked() {
        var events = List.of("GET /" + way + " HTTP/1.1", "Host: localhost", "Accept: text/event-stream", "", "");
        var upgrade = List.of(
                "GET /" + way + " HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                "");
        return way.encoding == Encoding.SSE ? events : upgrade;
    }

    /** As the network may hand it over: now a byte, now a few thousand. */
    private final class Portions extends FilterInputStream {
        private final byte[] some = new byte[20_000];
        private int at, end;

        Portions(InputStream in) {
            super(in);
        }

        private boolean more() throws IOException {
            if (at < end) return true;
            at = 0;
            end = Math.max(0, super.in.read(some, 0, 1 + random.nextInt(random.nextInt(4) == 0 ? 10 : some.length)));
            return end > 0;
        }

        @Override
        public int read() throws IOException {
            return more() ? some[at++] & 255 : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (!more()) return -1;
            int many = Math.min(length, end - at);
            System.arraycopy(some, at, into, from, many);
            at += many;
            return many;
        }
    }

    /** The head of the answer. */
    Listening head() throws IOException {
        var status = line();
        if (!status.startsWith(way.encoding == Encoding.WS ? "HTTP/1.1 101" : "HTTP/1.1 200"))
            throw new IOException(status);
        while (!line().isEmpty()) {}
        return this;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) if (c != '\r') line.append((char) c);
        return line.toString();
    }

    /** The next WebSocket frame or chunk, whole, as it came over the wire; empty at the end, also at a hard one. */
    byte[] unit() throws IOException {
        return way.encoding == Encoding.WS ? frame() : chunk();
    }

    private int first() throws IOException {
        try {
            return in.read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    private byte[] frame() throws IOException {
        int first = first();
        if (first < 0) return new byte[0];
        int second = in.readUnsignedByte();
        int wide = second == 126 ? 2 : second == 127 ? 8 : 0;
        var head = new byte[2 + wide];
        head[0] = (byte) first;
        head[1] = (byte) second;
        in.readFully(head, 2, wide);
        long length = wide == 0 ? second : 0;
        for (int i = 2; i < head.length; i++) length = length << 8 | head[i] & 255;
        return with(head, (int) length);
    }

    private byte[] chunk() throws IOException {
        int first = first();
        if (first < 0) return new byte[0];
        var size = (char) first + line();
        return with((size + "\r\n").getBytes(StandardCharsets.US_ASCII), Integer.parseInt(size, 16) + 2);
    }

    private byte[] with(byte[] head, int more) throws IOException {
        var all = Arrays.copyOf(head, head.length + more);
        in.readFully(all, head.length, more);
        return all;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(ClientFrame frame) throws IOException {
        send(frame.bytes(random));
    }

    /** To whoever may have hung up by now. */
    void quietly(ClientFrame frame) {
        try {
            send(frame);
        } catch (IOException hungUp) {
            // That is all right.
        }
    }

    /** Says nothing more, and reads on. */
    void end() {
        try {
            socket.shutdownOutput();
        } catch (IOException hungUp) {
            // The other side was first.
        }
    }

    /** Gone without a goodbye: the other side sees a reset. */
    void cut() throws IOException {
        if (tcp.isClosed()) return;
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}

package vn.giaoban.bench.client;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A WebSocket over a bare TCP connection: sends whatever bytes it is given, reads whatever frames come. */
public final class RawSocket implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    private final Socket socket = new Socket();
    private final Trickle trickle;
    private final DataInputStream in;

    /**
     * @param from the loopback address to come from: ten thousand short connections from one would use up its ports
     * @param receiveBuffer bytes that the kernel takes for a reader who does not read; 0 for the usual
     */
    public RawSocket(String from, int receiveBuffer, int port, String path, String... headers) throws IOException {
        try {
            if (receiveBuffer > 0) socket.setReceiveBufferSize(receiveBuffer);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
            trickle = new Trickle(socket.getInputStream());
            in = new DataInputStream(new BufferedInputStream(trickle, receiveBuffer > 0 ? 128 : 4_096));
            var ask = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
            for (var header : headers) ask += header + "\r\n";
            send((ask + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var status = line();
            if (!status.startsWith("HTTP/1.1 101")) throw new IOException("the handshake was answered " + status);
            while (!line().isEmpty()) {}
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) if (c != '\r') line.append((char) c);
        return line.toString();
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next frame; null when the other side has gone, with a goodbye or without. */
    public ServerFrame frame() throws SocketTimeoutException {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            var payload = in.readNBytes((int) size);
            return payload.length < size ? null : new ServerFrame(first, payload);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (EOFException | java.net.SocketException gone) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How long to wait for the next byte. */
    public RawSocket patient(int ms) throws IOException {
        socket.setSoTimeout(ms);
        return this;
    }

    /** Reads no faster than this from now on; 0: as fast as it comes. */
    public void slow(int bytesPerSecond) {
        trickle.slow(bytesPerSecond);
    }

    /** Sends no more, goes on reading. */
    public void shutOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Gone without a goodbye: the other side sees a reset. */
    public void cut() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package vn.giaoban.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** One request or answer of HTTP/1.1: its first line and its body. As much of the protocol as the bench's own ends need. */
public record Http(String first, String body) {
    /** Null where the connection ends instead. */
    public static Http read(InputStream in) throws IOException {
        var first = line(in);
        if (first == null) return null;
        int length = 0;
        for (var line = line(in); line != null && !line.isEmpty(); line = line(in))
            if (line.regionMatches(true, 0, "content-length:", 0, 15))
                length = Integer.parseInt(line.substring(15).strip());
        return new Http(first, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** A message of this first line and, if there is one, this body; {@code headers}: each with its end of line. */
    public static byte[] message(String first, String headers, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return (first + "\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) return null;
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }
}

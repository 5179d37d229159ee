package vn.giaoban.jitsi.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import vn.giaoban.jitsi.standin.Captures.Theirs;

/** Calls our server as Prosody did, byte by byte: the same head in the same order, one connection for each call. */
public final class Caller {
    public static final String RESERVATION_SECRET = "RESERVATION-SHARED-TOKEN";
    public static final String EVENT_SECRET = "EVENT-SHARED-TOKEN";

    private final URI base;

    /** What came back. */
    public record Said(int status, Map<String, String> headers, String body) {}

    public Caller(String base) {
        this.base = URI.create(base);
    }

    /** Where Jitsi is configured to call: only the prefix is ours to choose. */
    static String address(String captured) {
        if (captured.startsWith("/api/conference")) return "/jitsi/reservation" + captured.substring("/api".length());
        if (captured.startsWith("/api/events")) return "/jitsi" + captured.substring("/api".length());
        return captured.replace("/asap/", "/asap/system/");
    }

    public Said say(Theirs call) {
        return say(call, call.headers());
    }

    /** With other headers than it had. */
    public Said say(Theirs call, java.util.List<String> headers) {
        var head = new StringBuilder(call.method() + " " + address(call.path()) + " HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        return say((head + "\r\n").getBytes(StandardCharsets.UTF_8), call.body().getBytes(StandardCharsets.UTF_8));
    }

    private Said say(byte[] head, byte[] body) {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            var all = new ByteArrayOutputStream();
            all.write(head);
            all.write(body);
            socket.getOutputStream().write(all.toByteArray());
            // "Connection: close": the answer is whatever comes until then.
            return read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Said read(String text) {
        int end = text.indexOf("\r\n\r\n");
        var lines = text.substring(0, end).split("\r\n");
        var headers = new HashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            var parts = lines[i].split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        return new Said(Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4));
    }
}

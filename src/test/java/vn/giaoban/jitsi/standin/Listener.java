package vn.giaoban.jitsi.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import vn.giaoban.jitsi.standin.Captures.Ours;

/**
 * Prosody's own port as it was heard: what it answers was captured, with other rooms and people put in. A request that
 * differs from all captured ones in method, path, query, header or field is a fault, and {@link #close} fails on faults.
 */
public final class Listener implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_HTTP = Set.of("host", "content-length", "connection", "user-agent", "accept");
    private static final List<Ours> CAPTURED =
            Captures.all().stream().flatMap(one -> one.ours().stream()).toList();

    private final ServerSocket server;
    private final Predicate<String> system;
    private final Map<String, Map<String, Occupant>> rooms = new TreeMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    /** Somebody in a room: his connection, and the name that he shows. */
    public record Occupant(String jid, String name) {}

    /** One request as it came. */
    public record Asked(String method, String target, Map<String, String> headers, String body, long nanos) {
        public String path() {
            return target.split("\\?", 2)[0];
        }
    }

    /** {@code system}: whether this bearer token may command. */
    public Listener(Predicate<String> system) {
        this.system = system;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("prosody").start(this::listen);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Somebody is in the room from now on. */
    public synchronized Listener enters(String room, String jid, String name) {
        rooms.computeIfAbsent(room, one -> new LinkedHashMap<>()).put(jid.substring(0, 8), new Occupant(jid, name));
        return this;
    }

    public synchronized Listener leaves(String room, String jid) {
        rooms.get(room).remove(jid.substring(0, 8));
        return this;
    }

    public synchronized Listener destroyed(String room) {
        rooms.remove(room);
        return this;
    }

    public synchronized Set<String> rooms() {
        return Set.copyOf(rooms.keySet());
    }

    /** Takes no connection any more, or again. */
    public void refuses(boolean now) {
        refusing = now;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public List<String> faults() {
        return List.copyOf(faults);
    }

    private void listen() {
        while (!server.isClosed())
            try {
                var socket = server.accept();
                if (refusing) socket.close();
                else Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(10_000);
            var in = new BufferedInputStream(socket.getInputStream());
            var first = line(in);
            if (first == null) return;
            var headers = new LinkedHashMap<String, String>();
            for (var line = line(in); line != null && !line.isEmpty(); line = line(in)) {
                var parts = line.split(":", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            }
            var body = new String(
                    in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))),
                    StandardCharsets.UTF_8);
            var request = first.split(" ");
            var one = new Asked(request[0], request[1], headers, body, System.nanoTime());
            asked.add(one);
            var answer = answer(one);
            var bytes = answer.answer().getBytes(StandardCharsets.UTF_8);
            var head = "HTTP/1.1 " + answer.status() + " -\r\nContent-Length: " + bytes.length + "\r\n"
                    + (answer.type() == null ? "" : "Content-Type: " + answer.type() + "\r\n") + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
        } catch (IOException gone) {
            // Whoever asked has hung up.
        } catch (RuntimeException e) {
            faults.add(e.toString());
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new java.io.ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) return null;
            if (b != '\r') line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private synchronized Ours answer(Asked one) {
        var like = CAPTURED.stream().filter(captured -> fits(captured, one)).toList();
        if (like.isEmpty()) {
            faults.add("never captured: " + one);
            return new Ours(null, null, "", List.of(), "", 400, null, "");
        }
        int status = status(one);
        var found =
                like.stream().filter(captured -> captured.status() == status).findFirst();
        // Both are one module's, which says of a room that is not there the same to both.
        if (found.isEmpty() && one.path().equals("/room"))
            found = CAPTURED.stream()
                    .filter(captured -> captured.path().equals("/room-size") && captured.status() == status)
                    .findFirst();
        if (found.isEmpty()) {
            faults.add("never answered " + status + ": " + one);
            return new Ours(null, null, "", List.of(), "", 400, null, "");
        }
        var captured = found.get();
        return new Ours(null, null, "", List.of(), "", status, captured.type(), filled(one, status, captured.answer()));
    }

    /** Method, path, names in the query, virtual host, headers, and the names and kinds of the body's fields. */
    private static boolean fits(Ours captured, Asked one) {
        if (!captured.method().equals(one.method()) || !captured.path().equals(one.path())) return false;
        if (!query(captured.target()).keySet().equals(query(one.target()).keySet())) return false;
        var host = one.headers().get("host");
        // What was asked by the address was answered by the default host, which is that of the logins.
        boolean byAddress = captured.host().startsWith("127.");
        if (!(byAddress ? host.equals("meet.jitsi") : host.equals(captured.host()))) return false;
        var headers = new TreeMap<>(one.headers());
        headers.keySet().removeAll(OF_HTTP);
        var wanted = captured.headers().stream()
                .collect(Collectors.toMap(h -> h.split(":")[0].toLowerCase(Locale.ROOT), h -> h.split(": ", 2)[1]));
        if (!headers.keySet().equals(wanted.keySet())) return false;
        if (wanted.containsKey("content-type") && !wanted.get("content-type").equals(headers.get("content-type")))
            return false;
        return fields(captured.body()).equals(fields(one.body()));
    }

    private static Map<String, String> query(String target) {
        var query = new TreeMap<String, String>();
        if (target.contains("?"))
            for (var pair : target.split("\\?", 2)[1].split("&")) query.put(pair.split("=")[0], pair.split("=", 2)[1]);
        return query;
    }

    private static Set<String> fields(String body) {
        var fields = new TreeSet<String>();
        if (!body.isEmpty())
            json(body)
                    .properties()
                    .forEach(field ->
                            fields.add(field.getKey() + ":" + field.getValue().getNodeType()));
        return fields;
    }

    private int status(Asked one) {
        var query = query(one.target());
        var body = one.body().isEmpty() ? null : json(one.body());
        var token = one.headers().getOrDefault("authorization", "").replaceFirst("^Bearer ", "");
        return switch (one.path()) {
            case "/room-size", "/room" ->
                !query.containsKey("room") ? 400 : rooms.containsKey(query.get("room")) ? 200 : 404;
            case "/room-census" -> 200;
            case "/end-meeting" -> {
                if (!system.test(token)) yield 401;
                yield rooms.remove(name(query.get("conference"))) == null ? 404 : 200;
            }
            case "/kick-participant" -> {
                if (!system.test(token)) yield 403;
                if (!body.has("participantId")) yield 400;
                var room = rooms.get(query.get("room"));
                yield room == null || room.remove(body.get("participantId").asText()) == null ? 404 : 200;
            }
            case "/send-system-chat-message" ->
                !system.test(token)
                        ? 401
                        : rooms.containsKey(name(body.get("room").asText())) ? 200 : 404;
            default -> 400;
        };
    }

    private static String name(String jid) {
        if (!jid.endsWith("@muc.meet.jitsi")) throw new IllegalArgumentException("no address of a room: " + jid);
        return jid.split("@")[0];
    }

    /** The captured words with the people who are there now. */
    private String filled(Asked one, int status, String captured) {
        if (status != 200) return captured;
        var room = query(one.target()).get("room");
        return switch (one.path()) {
            case "/room-size" ->
                captured.replaceFirst("[0-9]+", "" + Math.max(1, rooms.get(room).size()));
            case "/room" -> {
                var like = Captures.of("R1").ours().stream()
                        .filter(o -> o.path().equals("/room"))
                        .findFirst()
                        .orElseThrow();
                var first = like.answer().substring(1, like.answer().indexOf('}') + 1);
                var people = new ArrayList<String>();
                rooms.get(room)
                        .forEach((nick, who) -> people.add(first.replace("Bộ Y tế", who.name())
                                .replace("ok-phong1", room)
                                .replace("90ac374f", nick)));
                yield people.isEmpty() ? "[]" : "[" + String.join(",", people) + "]";
            }
            case "/room-census" -> {
                var like = Captures.of("R1").ours().stream()
                        .filter(o -> o.path().equals("/room-census"))
                        .findFirst()
                        .orElseThrow()
                        .answer();
                var first = like.substring(like.indexOf('[') + 1, like.indexOf('}') + 1);
                var all = new ArrayList<String>();
                rooms.forEach((name, people) -> all.add(first.replace("ok-phong1", name)
                        .replace("\"participants\":2", "\"participants\":" + people.size())));
                yield "{\"room_census\":[" + String.join(",", all) + "]}";
            }
            default -> captured;
        };
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!faults.isEmpty()) throw new AssertionError(String.join("\n", faults));
    }
}

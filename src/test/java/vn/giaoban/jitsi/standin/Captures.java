package vn.giaoban.jitsi.standin;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** Calls between a real Jitsi and a booking server, both ways, as they went over the wire. */
public final class Captures {
    private static final List<Case> CASES = read();

    private Captures() {}

    public record Case(
            @com.fasterxml.jackson.annotation.JsonProperty("case")
            String name,

            List<Theirs> theirs,
            List<Ours> ours) {}

    /** A call of Jitsi's, and what the booking server answered. */
    public record Theirs(String method, String path, List<String> headers, String body, int status, String answer) {
        /** The same about another room, person or hour; the length is said anew. */
        public Theirs with(String said, String instead) {
            var text = body.replace(said, instead);
            var length = "Content-Length: " + text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            return new Theirs(
                    method,
                    path.replace(said, instead),
                    headers.stream()
                            .map(header -> header.startsWith("Content-Length: ") ? length : header)
                            .toList(),
                    text,
                    status,
                    answer);
        }
    }

    /** A call to Prosody or Jicofo, and what it answered; {@code type} null where it named none. */
    public record Ours(
            String method,
            String host,
            String target,
            List<String> headers,
            String body,
            int status,
            String type,
            String answer) {
        String path() {
            return target.split("\\?", 2)[0];
        }
    }

    public static Case of(String name) {
        return CASES.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    public static List<Case> all() {
        return CASES;
    }

    /** The calls of a case that go to this address. */
    public static List<Theirs> of(String name, String path) {
        return of(name).theirs().stream()
                .filter(call -> call.path().startsWith(path))
                .collect(Collectors.toList());
    }

    private static List<Case> read() {
        try (var in = Captures.class.getResourceAsStream("/jitsi/calls.json")) {
            return new ObjectMapper().readValue(in, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

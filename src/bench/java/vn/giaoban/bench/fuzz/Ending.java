package vn.giaoban.bench.fuzz;

import static vn.giaoban.bench.fuzz.Material.pick;
import static vn.giaoban.bench.fuzz.Material.some;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.giaoban.bench.client.ClientFrame;
import vn.giaoban.bench.client.RawSocket;

/** How a socket's life ends: with a breach of the protocol as a rule, or in one of the ways that lines really end. */
record Ending(String name, int weight, Act act) {
    /** In place of a close code: the connection was simply over. */
    static final int JUST_GONE = 0;

    /** Says the last words; the codes that may come back, none for any, null where the line is cut at once. */
    @FunctionalInterface
    interface Act {
        Set<Integer> say(Conversation by, RawSocket socket, Random random) throws IOException;
    }

    private static final List<Ending> ALL = Stream.concat(
                    Arrays.stream(Badness.values())
                            .map(bad -> new Ending(bad.name(), bad == Badness.TOO_MANY ? 1 : 8, breach(bad))),
                    Stream.of(
                            new Ending("polite", 20, Ending::polite),
                            new Ending("cut", 20, Ending::cut),
                            new Ending("cut within a frame", 20, Ending::cutWithin),
                            new Ending("ends within a frame", 20, Ending::endsWithin),
                            new Ending("noise", 20, Ending::noise),
                            new Ending("a bit flipped", 20, Ending::flipped)))
            .toList();
    private static final int WEIGHTS = ALL.stream().mapToInt(Ending::weight).sum();

    static Ending any(Random random) {
        int at = random.nextInt(WEIGHTS);
        for (var ending : ALL) if ((at -= ending.weight) < 0) return ending;
        throw new IllegalStateException();
    }

    Set<Integer> say(Conversation by, RawSocket socket, Random random) throws IOException {
        return act.say(by, socket, random);
    }

    private static Act breach(Badness bad) {
        return (by, socket, random) -> {
            by.say(socket, bad.frames(random));
            if (random.nextInt(8) > 0) return bad.codes;
            // What comes after it is not read any more; a reset may then overtake the close frame.
            by.sayRubbish(socket);
            if (bad == Badness.BAD_TOKEN)
                return Set.of(); // a token takes a moment to look at: the rubbish may be first
            return Stream.concat(bad.codes.stream(), Stream.of(JUST_GONE)).collect(Collectors.toSet());
        };
    }

    private static Set<Integer> polite(Conversation by, RawSocket socket, Random random) {
        int code = pick(random, 1000, 1001, 3000, 4999);
        by.say(
                socket,
                List.of(
                        random.nextInt(4) == 0
                                ? ClientFrame.of(ClientFrame.CLOSE, new byte[0])
                                : ClientFrame.close(code, Material.utf8("tạm biệt"))));
        return Set.copyOf(List.of(code, 1000, 1005));
    }

    private static Set<Integer> cut(Conversation by, RawSocket socket, Random random) {
        return null;
    }

    private static Set<Integer> cutWithin(Conversation by, RawSocket socket, Random random) {
        by.say(socket, half(random));
        return null;
    }

    private static Set<Integer> endsWithin(Conversation by, RawSocket socket, Random random) throws IOException {
        by.say(socket, half(random));
        socket.shutOutput();
        return Set.of();
    }

    private static byte[] half(Random random) {
        var whole = ClientFrame.of(pick(random, ClientFrame.TEXT, ClientFrame.PING), some(random, 125))
                .bytes(random);
        return Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
    }

    private static Set<Integer> noise(Conversation by, RawSocket socket, Random random) throws IOException {
        by.sayRubbish(socket);
        socket.shutOutput();
        return Set.of();
    }

    private static Set<Integer> flipped(Conversation by, RawSocket socket, Random random) throws IOException {
        var frame = ClientFrame.text("{\"type\":\"unfollow\",\"stream\":\"calendar\"}")
                .bytes(random);
        frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        by.sayUnplanned(socket, frame);
        socket.shutOutput();
        return Set.of();
    }
}

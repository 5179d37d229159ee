package vn.giaoban.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The load generator, a process of its own: reads orders from its input, one a line, and answers each with one line of
 * {@code key=value}. The bench's side of it is {@code Generator}.
 */
public final class Load {
    private Sockets sockets;
    private Publisher publisher;
    private Pace pace;

    private Load() {}

    public static void main(String[] arguments) throws IOException {
        var load = new Load();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = orders.readLine(); line != null; line = orders.readLine()) {
            String answer;
            try {
                answer = load.obey(line.split(" "));
            } catch (Exception e) {
                answer = "failed " + e;
            }
            System.out.println(answer.replace('\n', ' '));
        }
        System.exit(0); // who gave the orders is gone
    }

    private String obey(String[] order) throws Exception {
        return switch (order[0]) {
            case "target" -> target(order);
            case "publish" -> publish(order);
            case "connect" -> connect(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
            case "head" -> "newest=" + sockets.score().quickest();
            case "begin" -> begin();
            case "rate" -> {
                pace.rate(Double.parseDouble(order[1]), Integer.parseInt(order[2]), Double.parseDouble(order[3]));
                yield settle();
            }
            case "saturate" -> {
                pace.saturate(Integer.parseInt(order[1]), Double.parseDouble(order[2]));
                yield settle();
            }
            case "reached" -> "all=" + sockets.score().reached(Long.parseLong(order[1]), Integer.parseInt(order[2]));
            case "score" -> score(Long.parseLong(order[1]), later(order));
            case "cut" -> new Comeback(sockets).fromCut(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
            case "moved" -> new Comeback(sockets).fromGoodbye(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
            case "close" -> {
                close();
                yield "closed=true";
            }
            default -> throw new IllegalArgumentException("unknown order " + order[0]);
        };
    }

    /** target KIND PORT PATH LOOPS */
    private String target(String[] order) throws IOException {
        close();
        var target = new Target(Kind.valueOf(order[1]), Integer.parseInt(order[2]), order[3]);
        sockets = new Sockets(target, Integer.parseInt(order[4]));
        return "target=" + target.kind();
    }

    /** publish PORT PATH PATCH_ONLY */
    private String publish(String[] order) throws IOException {
        publisher = new Publisher(Integer.parseInt(order[1]), order[2], Boolean.parseBoolean(order[3]));
        pace = null;
        return "publishing=true";
    }

    private String connect(int more, int atOnce) throws Exception {
        sockets.add(more);
        var opened = sockets.connect(atOnce, 120);
        return say(
                "most=%.3f seconds=%.3f refused=%d failed=%d",
                opened.mostSeconds(), opened.seconds(), sockets.refused(), sockets.failed());
    }

    private String begin() {
        long next = pace != null ? pace.next() : sockets.score().quickest() + 1;
        if (next == 0) next = 1;
        if (publisher != null && pace == null) pace = new Pace(publisher, sockets.score(), next);
        sockets.score().begin(next);
        return "next=" + next;
    }

    private String settle() throws InterruptedException {
        long upTo = pace.next() - 1;
        return "upTo=" + upTo + " all=" + sockets.score().reached(upTo, 15_000);
    }

    private static long[] later(String[] order) {
        if (order.length < 3) return null;
        return Arrays.stream(order[2].split(",")).mapToLong(Long::parseLong).toArray();
    }

    private String score(long upTo, long[] laterNanos) {
        var sum = sockets.score().sum(upTo, laterNanos);
        return say(
                "deliveries=%d lost=%d repeated=%d disordered=%d snapshots=%d bytes=%d p50=%.3f p99=%.3f p999=%.3f max=%.3f last50=%.3f last99=%.3f",
                sum.deliveries(),
                sum.lost(),
                sum.repeated(),
                sum.disordered(),
                sum.snapshots(),
                sum.bytes(),
                sum.delays().atMs(0.5),
                sum.delays().atMs(0.99),
                sum.delays().atMs(0.999),
                sum.delays().largestMs(),
                sum.lasts().atMs(0.5),
                sum.lasts().atMs(0.99));
    }

    private void close() throws IOException {
        if (publisher != null) publisher.close();
        if (sockets != null) sockets.close();
        publisher = null;
        sockets = null;
        pace = null;
    }

    private static String say(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}

package vn.giaoban.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.giaoban.bench.board.BoardBench;
import vn.giaoban.bench.contest.Contest;
import vn.giaoban.bench.contest.Memory;
import vn.giaoban.bench.contest.WholeWay;
import vn.giaoban.bench.fuzz.FuzzBench;
import vn.giaoban.bench.kill.KillBench;
import vn.giaoban.bench.slow.SlowBench;
import vn.giaoban.bench.storm.StormBench;

/**
 * Measures the server as a process of its own, part by part: all parts, or those that are named. Beside other load a
 * figure says nothing: such a run is skipped, and said to be skipped.
 */
public final class Bench {
    private static final double OTHER_LOAD = 0.2;

    private static final Map<String, Part> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("start", StartUp::run);
        PARTS.put("readers", FirstReaders::run);
        PARTS.put("fanout", Contest::fanOut);
        PARTS.put("saturated", Contest::saturated);
        PARTS.put("memory", Memory::run);
        PARTS.put("latency", WholeWay::run);
        PARTS.put("fuzz", FuzzBench::run);
        PARTS.put("kill", KillBench::run);
        PARTS.put("storm", StormBench::run);
        PARTS.put("slow", SlowBench::run);
        PARTS.put("board", BoardBench::run);
    }

    /** One part: prints what it has measured. */
    private interface Part {
        void run() throws Exception;
    }

    private Bench() {}

    /** Names of parts; {@code -Dname=value} as for the JVM: {@code quick}, {@code anyway}, {@code profile} and others. */
    public static void main(String[] arguments) throws Exception {
        var wanted = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-D"))
                .toList();
        for (var argument : arguments) if (argument.startsWith("-D")) property(argument.substring(2));
        for (var name : wanted)
            if (!PARTS.containsKey(name)) {
                System.err.println(
                        "bench: there is no part '" + name + "'; there are " + String.join(", ", PARTS.keySet()));
                System.exit(2);
            }
        for (var name : wanted.isEmpty() ? List.copyOf(PARTS.keySet()) : wanted) {
            System.out.printf(Locale.ROOT, "%n── %s ──%n", name);
            if (!quiet()) continue;
            long begun = System.nanoTime();
            double before = others();
            PARTS.get(name).run();
            double seconds = (System.nanoTime() - begun) / 1e9;
            double other = (others() - before) / seconds;
            System.out.printf(Locale.ROOT, "(%s took %.0f s, other load meanwhile %.2f core)%n", name, seconds, other);
        }
    }

    private static void property(String pair) {
        int at = pair.indexOf('=');
        System.setProperty(at < 0 ? pair : pair.substring(0, at), at < 0 ? "true" : pair.substring(at + 1));
    }

    private static boolean quiet() throws InterruptedException {
        double before = others();
        TimeUnit.SECONDS.sleep(3);
        double other = (others() - before) / 3;
        say("other load", "%.2f core; %d cores", other, Runtime.getRuntime().availableProcessors());
        if (other <= OTHER_LOAD || anyway()) return true;
        System.out.println("skipped: something else uses more than " + OTHER_LOAD + " of a core");
        return false;
    }

    /** CPU seconds of everything on this machine but the bench and what it has started. */
    private static double others() {
        return Machine.busySeconds() - Machine.seconds(ProcessHandle.current().pid());
    }

    /** Not with all that there is to measure, to see that it works. */
    public static boolean quick() {
        return Boolean.getBoolean("quick");
    }

    /** Beside other load too, to see that it works: such figures say nothing. */
    public static boolean anyway() {
        return Boolean.getBoolean("anyway");
    }

    public static void say(String what, String format, Object... figures) {
        System.out.println(what + ": " + String.format(Locale.ROOT, format, figures));
    }
}

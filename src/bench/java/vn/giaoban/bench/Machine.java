package vn.giaoban.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What else this machine is doing: a figure taken beside other load is no figure. */
public final class Machine {
    private static final double TICKS = 100.0;

    private Machine() {}

    /** CPU seconds used by everything since boot. */
    public static double busySeconds() {
        var fields = read("/proc/stat").lines().findFirst().orElseThrow().split("\\s+");
        double busy = 0;
        for (int i = 1; i < fields.length; i++) if (i != 4 && i != 5 && i < 9) busy += Double.parseDouble(fields[i]);
        return busy / TICKS;
    }

    /** CPU seconds of a process and all that it has started. */
    public record Cpu(double user, double system) {
        public double sum() {
            return user + system;
        }

        public Cpu minus(Cpu earlier) {
            return new Cpu(user - earlier.user, system - earlier.system);
        }
    }

    public static double seconds(long pid) {
        return cpu(pid).sum();
    }

    public static Cpu cpu(long pid) {
        double user = 0;
        double system = 0;
        for (long one : tree(pid)) {
            var stat = Path.of("/proc/" + one + "/stat");
            try {
                var text = Files.readString(stat);
                var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
                user += (Double.parseDouble(fields[11]) + Double.parseDouble(fields[13])) / TICKS;
                system += (Double.parseDouble(fields[12]) + Double.parseDouble(fields[14])) / TICKS;
            } catch (IOException gone) {
                // A process that has ended meanwhile counts no more.
            }
        }
        return new Cpu(user, system);
    }

    /** Memory of a process and all that it has started, each shared page counted in parts, in MiB. */
    public static double proportionalMiB(long pid) {
        double sum = 0;
        for (long one : tree(pid)) sum += proportionalAloneMiB(one);
        return sum;
    }

    public static double proportionalAloneMiB(long pid) {
        return field("/proc/" + pid + "/smaps_rollup", "Pss:") / 1024.0;
    }

    public static double residentMiB(long pid) {
        return field("/proc/" + pid + "/status", "VmRSS:") / 1024.0;
    }

    private static double field(String file, String name) {
        try {
            return Files.readString(Path.of(file))
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]))
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static Set<Long> tree(long pid) {
        var all = new HashSet<Long>();
        all.add(pid);
        ProcessHandle.of(pid).ifPresent(p -> p.descendants().forEach(child -> all.add(child.pid())));
        return all;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

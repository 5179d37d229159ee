package vn.giaoban.bench.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a node holds open for its clients; the pool to its database grows and shrinks as it likes. */
final class Descriptors {
    private Descriptors() {}

    /** Open files, and sockets on the port where it serves. */
    static long of(long pid, int port) throws IOException {
        var served = sockets(port);
        try (var all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return all.map(Descriptors::target)
                    .filter(target -> !target.startsWith("socket:") || served.contains(target))
                    .count();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "socket:";
        }
    }

    private static Set<String> sockets(int port) {
        var local = String.format(Locale.ROOT, ":%04X", port);
        var found = new HashSet<String>();
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6"))
            try (var lines = Files.lines(Path.of(table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields.length > 9 && fields[1].endsWith(local))
                        .forEach(fields -> found.add("socket:[" + fields[9] + "]"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        return found;
    }
}

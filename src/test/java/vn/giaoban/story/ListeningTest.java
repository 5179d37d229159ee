package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node listens on where nothing else is configured, as the kernel sees it: five ports, all of them loopback. */
class ListeningTest {
    /** The states and addresses of /proc/net/tcp: hexadecimal, each four bytes of an address turned round. */
    private static final String LISTENING = "0A";

    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    private record Listener(boolean loopback, int port) {}

    @TempDir
    Path directory;

    @Test
    void aNodeListensOnLoopbackAloneAndOnNothingUnknown() {
        int bus = NodeProcess.freePort();
        try (var node = NodeProcess.start(
                NodeProcess.data(directory), Map.of("GIAOBAN_CLUSTER_BUSPORT", String.valueOf(bus)), "--no-demo")) {
            int http = node.port();
            var ours = listeners(node.pid());
            assertEquals(List.of(), ours.stream().filter(l -> !l.loopback).toList());
            var ports = ours.stream().map(Listener::port).collect(Collectors.toCollection(TreeSet::new));
            ports.removeAll(Set.of(http, bus, node.watch()));
            assertEquals(1, ports.size(), "besides HTTP, meters and the bus, Hazelcast: " + ports);
            int hazelcast = ports.first();
            assertEquals(hazelcast, Math.clamp(hazelcast, 5701, 5720));

            var postgres = listeners(postmaster());
            assertEquals(1, postgres.size(), postgres.toString());
            assertEquals(List.of(), postgres.stream().filter(l -> !l.loopback).toList());
        }
    }

    private long postmaster() {
        try {
            return Long.parseLong(Files.readAllLines(directory.resolve("postgres/cluster/postmaster.pid"))
                    .getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The listening sockets whose numbers are among the process's open files. */
    private static Set<Listener> listeners(long pid) {
        var process = Path.of("/proc", String.valueOf(pid));
        var sockets = sockets(process.resolve("fd"));
        return List.of("tcp", "tcp6").stream()
                .flatMap(table -> lines(process.resolve("net").resolve(table)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row[3].equals(LISTENING) && sockets.contains("socket:[" + row[9] + "]"))
                .map(row -> row[1].split(":"))
                .map(address -> new Listener(LOOPBACK.contains(address[0]), Integer.parseInt(address[1], 16)))
                .collect(Collectors.toSet());
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (NoSuchFileException noIPv6) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> sockets(Path open) {
        var sockets = new TreeSet<String>();
        try (var files = Files.list(open)) {
            for (var file : (Iterable<Path>) files::iterator)
                try {
                    sockets.add(Files.readSymbolicLink(file).toString());
                } catch (NoSuchFileException closedMeanwhile) {
                    // gone meanwhile: the others tell
                }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets;
    }
}

package vn.giaoban.bench.slow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** What the kernel keeps for the readers at certain ports until they take it, as `ss` tells it. */
record SendQueues(int sockets, long unsentBytes, long memoryBytes) {
    private static final Pattern SOCKET = Pattern.compile(
            "^\\d+ +(\\d+) +\\S+ +\\S*127\\.0\\.0\\.1]?:(\\d+).*?skmem:\\(.*?,w(\\d+),", Pattern.MULTILINE);

    /** {@code readers}: the readers' own ports. */
    static SendQueues of(int serverPort, Set<Integer> readers) throws IOException {
        var process = new ProcessBuilder("ss", "-tnmHO", "state", "established", "( sport = :" + serverPort + " )")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int sockets = 0;
        long unsent = 0;
        long memory = 0;
        var matcher = SOCKET.matcher(said);
        while (matcher.find()) {
            if (!readers.contains(Integer.parseInt(matcher.group(2)))) continue;
            sockets++;
            unsent += Long.parseLong(matcher.group(1));
            memory += Long.parseLong(matcher.group(3));
        }
        return new SendQueues(sockets, unsent, memory);
    }
}

package vn.giaoban.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one postgres process running until told to stop, and starts it again should it die before. */
final class Postmaster {

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    /** Back ends of a killed postmaster need up to two seconds to notice and go; until then a new one is refused. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final Duration BETWEEN_REVIVALS = Duration.ofSeconds(1);
    private static final int LAST_WORDS = 20;

    private final Path cluster;
    private final List<String> command;
    private final Thread keeper;
    private final ArrayDeque<String> lastWords = new ArrayDeque<>();
    private volatile Process process;
    private volatile boolean readyOnce;
    private volatile boolean stopping;
    private volatile CannotStart failure;

    private Postmaster(Path cluster, List<String> command) {
        this.cluster = cluster;
        this.command = command;
        // A platform thread, alive as long as the process: the kernel takes the end of the thread that started
        // a child for the end of its parent, and would stop the database.
        this.keeper = Thread.ofPlatform().daemon().name("postgres").unstarted(this::keep);
    }

    /** Answers when connections are accepted, however long recovery takes; throws when there is no hope. */
    static Postmaster start(Path cluster, List<String> command) {
        var postmaster = new Postmaster(cluster, command);
        postmaster.keeper.start();
        while (!postmaster.accepts()) {
            if (postmaster.failure != null) throw postmaster.failure;
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        postmaster.readyOnce = true;
        return postmaster;
    }

    long pid() {
        return process.pid();
    }

    /** The stop itself is pg_ctl's work; this makes its end be no surprise, and waits for it. */
    void stop(Runnable pgCtl) {
        stopping = true;
        pgCtl.run();
        process.destroyForcibly(); // does nothing when pg_ctl did its work
        try {
            keeper.join(Duration.ofSeconds(10));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        var giveUp = Instant.now().plus(PATIENCE);
        while (!stopping) {
            int exit = run();
            if (stopping) return;
            if (readyOnce) {
                LOG.warn("PostgreSQL ended by itself ({}): starting it again. {}", exit, String.join(" | ", lastWords));
                pause(BETWEEN_REVIVALS);
            } else if (passing() && Instant.now().isBefore(giveUp)) {
                pause(BETWEEN_TRIES);
            } else {
                failure = explain(cluster, String.join("\n", lastWords));
                return;
            }
        }
    }

    private int run() {
        lastWords.clear();
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            if (stopping) process.destroyForcibly(); // told to stop between two lives
            process.getOutputStream().close();
            try (var lines = process.inputReader()) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) hear(line);
            }
            return process.waitFor();
        } catch (IOException | InterruptedException failed) {
            hear("FATAL: " + failed.getMessage());
            return -1;
        }
    }

    private void hear(String line) {
        if (lastWords.size() == LAST_WORDS) lastWords.removeFirst();
        lastWords.add(line);
        LOG.debug("{}", line);
    }

    private boolean passing() {
        return lastWords.stream()
                .anyMatch(line -> line.contains("is still in use") || line.contains("postmaster.pid\" already exists"));
    }

    /** Line 1 of the pid file is the process, line 8 its state. */
    private boolean accepts() {
        var running = process;
        try {
            var lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
            return running != null
                    && lines.size() >= 8
                    && lines.getFirst().equals(Long.toString(running.pid()))
                    && lines.get(7).startsWith("ready");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    /** PostgreSQL's own words, as a sentence that says what to do. */
    static CannotStart explain(Path files, String words) {
        if (words.contains("Address already in use")) {
            return new CannotStart(
                    "The port wanted for PostgreSQL is taken: stop what listens there, or choose another.");
        }
        if (words.contains("No space left on device")) {
            return new CannotStart("The disk that holds " + files + " is full: free some space and start again.");
        }
        if (words.contains("Permission denied")) {
            return new CannotStart("PostgreSQL may not use " + files + ": give it to the account that runs Giao Ban,"
                    + " with all the directories above it passable, or choose another data directory.");
        }
        if (words.contains("not compatible with this version") || words.contains("incompatible with server")) {
            return new CannotStart("The database in " + files + " was written by another major version of PostgreSQL:"
                    + " start the Giao Ban that wrote it, or choose another data directory.");
        }
        var reason = words.lines()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:"))
                .map(line -> line.substring(line.indexOf(": ") + 2).strip())
                .findFirst()
                .orElse(words.lines()
                        .reduce((before, last) -> last)
                        .orElse("it said nothing")
                        .strip());
        return new CannotStart("PostgreSQL did not start in " + files + " (" + reason
                + "): mend that, or set GIAOBAN_DATABASE_URL to a PostgreSQL of your own.");
    }
}

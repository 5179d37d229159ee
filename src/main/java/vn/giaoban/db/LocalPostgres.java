package vn.giaoban.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that a node brings itself: on the loopback interface only, with a password, its files in one
 * directory. What it acknowledged survives {@code kill -9} of the node, of itself and of both.
 *
 * <p>Who starts it closes it. Should the node die first, PostgreSQL shuts down by itself; where the system cannot
 * promise that, the next start finds the orphan and stops it.
 */
public final class LocalPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalPostgres.class);
    private static final int ANY_PORT = 0;

    /** What may not be weakened; anything else is set in postgresql.conf, which this does not touch. */
    private static final List<String> DURABLE =
            List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_wal_size=512MB");

    private static final List<String> FLEETING = List.of(
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_connections=200",
            "shared_buffers=64MB");

    private final Path home;
    private final boolean durable;
    private final FileLock lock;
    private final PostgresCluster cluster;
    private final int port;
    private final Postmaster postmaster;
    private boolean closed;

    /** Keeps its data in the directory, which it makes when it is missing; takes a free port. */
    public static LocalPostgres start(Path directory) {
        return start(directory, ANY_PORT);
    }

    public static LocalPostgres start(Path directory, int port) {
        return open(directory, directory, true, port);
    }

    /** For tests: quick, forgets everything when closed or when the JVM ends; the programs stay for the next. */
    public static LocalPostgres temporary(Path directory) {
        var postgres = open(directory.resolve("run-" + UUID.randomUUID()), directory, false, ANY_PORT);
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        return postgres;
    }

    /** The programs may lie elsewhere than the data: several databases then share one copy of them. */
    static LocalPostgres open(Path directory, Path programs, boolean durable, int port) {
        var home = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(home);
            var binaries = PostgresBinaries.in(programs.toAbsolutePath().normalize());
            return new LocalPostgres(home, binaries, durable, port);
        } catch (AccessDeniedException denied) {
            throw new CannotStart(
                    "The account that runs Giao Ban may not write in " + denied.getFile()
                            + ": give it that right, or choose another data directory.",
                    denied);
        } catch (IOException failed) {
            throw Postmaster.explain(home, "FATAL: " + failed);
        }
    }

    private LocalPostgres(Path home, PostgresBinaries binaries, boolean durable, int wantedPort) throws IOException {
        this.home = home;
        this.durable = durable;
        this.lock = lock(home.resolve("lock"));
        try {
            this.cluster = new PostgresCluster(home, binaries);
            cluster.makeWhereMissing(durable);
            cluster.stopOrphan();
            this.port = wantedPort == ANY_PORT ? freePort() : wantedPort;
            this.postmaster = Postmaster.start(cluster.files(), cluster.server(port, durable ? DURABLE : FLEETING));
        } catch (IOException | RuntimeException failed) {
            lock.acquiredBy().close();
            throw failed;
        }
        LOG.info("PostgreSQL runs on port {} with its data in {}", port, home);
    }

    public String url() {
        return url(PostgresCluster.NAME);
    }

    /** The same server and account, another database. */
    public String url(String database) {
        return "postgresql://" + PostgresCluster.NAME + ":" + cluster.password() + "@127.0.0.1:" + port + "/"
                + database;
    }

    long pid() {
        return postmaster.pid();
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        postmaster.stop(() -> cluster.stop(durable ? "fast" : "immediate"));
        try {
            lock.acquiredBy().close();
            if (!durable) PostgresBinaries.delete(home);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Held as long as the process lives, however it ends: who has it may take what runs here for an orphan. */
    private static FileLock lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock != null) return lock;
        } catch (OverlappingFileLockException heldByThisNode) {
            LOG.debug("The lock {} is held by this process", file);
        }
        channel.close();
        throw new CannotStart(
                "Another Giao Ban is running on " + file.getParent() + ": stop it, or choose another data directory.");
    }
}

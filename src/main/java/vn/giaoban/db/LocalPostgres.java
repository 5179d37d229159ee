package vn.giaoban.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
    private static final String NAME = "giaoban";
    private static final int ANY_PORT = 0;
    private static final int LONGEST_SOCKET_PATH = 107 - "/.s.PGSQL.65535".length();

    /** Also what a small node needs; more is set in postgresql.conf, which these do not touch. */
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
    private final Path cluster;
    private final boolean durable;
    private final FileLock lock;
    private final PostgresBinaries binaries;
    private final PostgresAccount account;
    private final String password;
    private final int port;
    private final Postmaster postmaster;
    private boolean closed;

    /** Keeps its data in the directory, which it makes when it is missing; takes a free port. */
    public static LocalPostgres start(Path directory) {
        return start(directory, ANY_PORT);
    }

    public static LocalPostgres start(Path directory, int port) {
        return open(
                directory.toAbsolutePath().normalize(),
                directory.toAbsolutePath().normalize(),
                true,
                port);
    }

    /** For tests: quick, forgets everything when closed or when the JVM ends; the programs stay for the next. */
    public static LocalPostgres temporary(Path directory) {
        var shared = directory.toAbsolutePath().normalize();
        var home = shared.resolve("run-" + ProcessHandle.current().pid() + "-" + secret().substring(0, 8));
        var postgres = open(home, shared, false, ANY_PORT);
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        return postgres;
    }

    /** The programs may lie elsewhere than the data: several databases then share one copy of them. */
    static LocalPostgres open(Path home, Path programs, boolean durable, int port) {
        try {
            Files.createDirectories(home);
            return new LocalPostgres(home, PostgresBinaries.in(programs), durable, port);
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
        this.cluster = home.resolve("cluster");
        this.durable = durable;
        this.binaries = binaries;
        this.lock = lock(home.resolve("lock"));
        try {
            this.account = PostgresAccount.forFilesIn(cluster);
            this.password = password();
            if (!Files.exists(cluster)) initialise();
            stopOrphan();
            this.port = wantedPort == ANY_PORT ? freePort() : wantedPort;
            this.postmaster = Postmaster.start(cluster, account.child(server()));
        } catch (IOException | RuntimeException failed) {
            lock.acquiredBy().close();
            throw failed;
        }
        LOG.info("PostgreSQL runs on port {} with its data in {}", port, cluster);
    }

    public String url() {
        return url(NAME);
    }

    /** The same server, another database. */
    public String url(String database) {
        return "postgresql://" + NAME + ":" + password + "@127.0.0.1:" + port + "/" + database;
    }

    long pid() {
        return postmaster.pid();
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        postmaster.stop(() -> pgCtlStop(durable ? "fast" : "immediate"));
        try {
            lock.acquiredBy().close();
            if (!durable) PostgresBinaries.delete(home);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<String> server() {
        var socketFits = cluster.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH;
        var settings = new ArrayList<String>(durable ? DURABLE : FLEETING);
        settings.add("port=" + port);
        settings.add("listen_addresses=127.0.0.1");
        settings.add("unix_socket_directories=" + (socketFits ? cluster : ""));
        // Errors of single statements are answered to whoever asked, and may quote what people wrote: not logged.
        settings.add("log_min_messages=log");
        settings.add("log_line_prefix=");
        settings.add("timezone=UTC");
        var words = new ArrayList<>(List.of(binaries.program("postgres").toString(), "-D", cluster.toString()));
        for (var setting : settings) words.addAll(List.of("-c", setting));
        return words;
    }

    /** All or nothing: a cluster that is there is whole, whenever the power went. */
    private void initialise() throws IOException {
        LOG.info("Making a new PostgreSQL database in {}", cluster);
        var fresh = home.resolve("cluster.new");
        PostgresBinaries.delete(fresh);
        Files.createDirectory(
                fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.own(fresh);
        account.own(passwordFile());
        var initdb = account.command(
                binaries.program("initdb"),
                "--pgdata=" + fresh,
                "--username=" + NAME,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile(),
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                // Sorts and folds by itself, the same on every system, instead of asking the C library.
                "--locale-provider=builtin",
                durable ? "--sync-method=fsync" : "--no-sync",
                "--no-instructions");
        finish(initdb, "");
        // Without a server, so that nobody can ever connect to a cluster that is half made.
        var single = account.command(binaries.program("postgres"), "--single", "-D", fresh.toString(), "postgres");
        finish(single, "CREATE DATABASE " + NAME + "\n");
        Files.move(fresh, cluster);
    }

    /** We hold the lock of the directory, so whatever still runs on it lost its node. */
    private void stopOrphan() throws IOException {
        var pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        var pid = Files.readAllLines(pidFile).getFirst().strip();
        var process = Path.of("/proc", pid);
        if (!Files.exists(process)) return;
        try {
            if (Files.readSymbolicLink(process.resolve("cwd")).equals(cluster.toRealPath())) {
                LOG.info("Stopping the PostgreSQL {} that an earlier node left behind", pid);
                pgCtlStop("fast");
            } else {
                Files.delete(pidFile); // the number belongs to somebody else by now
            }
        } catch (IOException gone) {
            LOG.debug("Process {} cannot be looked at: PostgreSQL shall decide itself", pid, gone);
        }
    }

    private void pgCtlStop(String mode) {
        try {
            var stop = account.command(
                    binaries.program("pg_ctl"), "-D", cluster.toString(), "-m", mode, "-t", "60", "-w", "-s", "stop");
            finish(stop, "");
        } catch (IOException | CannotStart failed) {
            LOG.warn("pg_ctl could not stop PostgreSQL: {}", failed.getMessage());
        }
    }

    private void finish(List<String> command, String input) throws IOException {
        var process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        try (var to = process.outputWriter()) {
            to.write(input);
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0 || output.contains("ERROR:")) throw Postmaster.explain(home, output);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while PostgreSQL was at work.", hurried);
        }
    }

    private Path passwordFile() {
        return home.resolve("password");
    }

    private String password() throws IOException {
        if (!Files.exists(passwordFile())) {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.writeString(Files.createFile(passwordFile(), ownerOnly), secret());
        }
        return Files.readString(passwordFile()).strip();
    }

    private static String secret() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

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

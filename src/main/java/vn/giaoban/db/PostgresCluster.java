package vn.giaoban.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one PostgreSQL and the commands that work on them; whoever holds it holds the lock of the directory. */
final class PostgresCluster {

    static final String NAME = "giaoban";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final int LONGEST_SOCKET_PATH = 107 - "/.s.PGSQL.65535".length();

    private final Path home;
    private final Path files;
    private final PostgresBinaries binaries;
    private final PostgresAccount account;
    private final String password;

    PostgresCluster(Path home, PostgresBinaries binaries) throws IOException {
        this.home = home;
        this.files = home.resolve("cluster");
        this.binaries = binaries;
        this.account = PostgresAccount.forFilesIn(files);
        this.password = keptPassword();
    }

    Path files() {
        return files;
    }

    String password() {
        return password;
    }

    /** All or nothing: a cluster that is there is whole, whenever the power went. */
    void makeWhereMissing(boolean durable) throws IOException {
        if (Files.exists(files)) return;
        LOG.info("Making a new PostgreSQL database in {}", files);
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
        Files.move(fresh, files);
    }

    /** We hold the lock of the directory, so whatever still runs on it lost its node. */
    void stopOrphan() throws IOException {
        var pidFile = files.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        var pid = Files.readAllLines(pidFile).getFirst().strip();
        var process = Path.of("/proc", pid);
        if (!Files.exists(process)) return;
        try {
            if (Files.readSymbolicLink(process.resolve("cwd")).equals(files.toRealPath())) {
                LOG.info("Stopping the PostgreSQL {} that an earlier node left behind", pid);
                stop("fast");
            } else {
                Files.delete(pidFile); // the number belongs to somebody else by now
            }
        } catch (IOException gone) {
            LOG.debug("Process {} cannot be looked at: PostgreSQL shall decide itself", pid, gone);
        }
    }

    List<String> server(int port, List<String> more) {
        var socketFits = files.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH;
        var settings = new ArrayList<>(more);
        settings.add("port=" + port);
        settings.add("listen_addresses=127.0.0.1");
        settings.add("unix_socket_directories=" + (socketFits ? files : ""));
        // Errors of single statements are answered to whoever asked, and may quote what people wrote: not logged.
        settings.add("log_min_messages=log");
        // Sooner than a wait for a lock is given up: of two that wait for each other one goes again, and none is
        // refused.
        settings.add("deadlock_timeout=200ms");
        settings.add("log_line_prefix=");
        settings.add("timezone=UTC");
        var words = new ArrayList<>(List.of(binaries.program("postgres").toString(), "-D", files.toString()));
        for (var setting : settings) words.addAll(List.of("-c", setting));
        return account.child(words);
    }

    /** @param mode of pg_ctl: fast ends what is under way and writes all down, immediate leaves that to the next start */
    void stop(String mode) {
        try {
            var program = binaries.program("pg_ctl");
            finish(account.command(program, "-D", files.toString(), "-m", mode, "-t", "60", "-w", "-s", "stop"), "");
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

    private String keptPassword() throws IOException {
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
}

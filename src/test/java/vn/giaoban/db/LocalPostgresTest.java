package vn.giaoban.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The promise of the node's own PostgreSQL: it starts from nothing, keeps what it acknowledged, and leaves nobody behind. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LocalPostgresTest {

    private static final Path PROGRAMS = Path.of("target", "postgres").toAbsolutePath();

    @TempDir
    Path home;

    @Test
    void startsFromNothingAndKeepsItsDataOverStops() throws Exception {
        String password;
        try (var first = LocalPostgres.start(home)) {
            password = password(first);
            write(first, "giao ban đầu tuần");
            assertEquals("on", ask(first, "SHOW fsync"));
            assertEquals("127.0.0.1", ask(first, "SHOW listen_addresses"));
            assertEquals("UTF8", ask(first, "SHOW server_encoding"));
            assertEquals("on", ask(first, "SHOW data_checksums"));
            assertEquals("ĐƯỜNG", ask(first, "SELECT upper('đường')"));
        }
        assertFalse(Files.exists(home.resolve("cluster/postmaster.pid")));
        assertEquals(
                PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(home.resolve("password")));
        try (var second = LocalPostgres.start(home)) {
            assertEquals(password, password(second));
            assertEquals("giao ban đầu tuần", ask(second, "SELECT words FROM kept"));
        }
    }

    @Test
    void comesBackByItselfOnTheSamePortWhenKilled() throws Exception {
        try (var postgres = start(home, 0)) {
            write(postgres, "đã ghi");
            var killed = postgres.pid();
            kill(killed);
            assertEquals("đã ghi", askUntilAnswered(postgres, "SELECT words FROM kept"));
            assertTrue(postgres.pid() != killed);
        }
    }

    @Test
    void stopsTheOrphanOfANodeThatDiedAndStartsOnItsData() throws Exception {
        start(home, 0).close();
        // What a node leaves where the system knows no death signal: a server without a parent.
        var account = PostgresAccount.forFilesIn(home.resolve("cluster"));
        var program = PostgresBinaries.in(PROGRAMS).program("postgres");
        var orphan = new ProcessBuilder(account.command(
                        program,
                        "-D",
                        home.resolve("cluster").toString(),
                        "-k",
                        "",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        freePort()))
                .redirectErrorStream(true)
                .start();
        try (var words = orphan.inputReader()) {
            while (!words.readLine().contains("ready to accept")) {}
            try (var postgres = start(home, 0)) {
                assertEquals("1", ask(postgres, "SELECT 1"));
                assertTrue(orphan.waitFor(Duration.ofSeconds(5)), "the orphan is gone");
            }
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void startsAfterTheProcessNumberInItsPidFileWentToSomebodyElse() throws Exception {
        start(home, 0).close();
        var mine = Long.toString(ProcessHandle.current().pid());
        Files.writeString(
                home.resolve("cluster/postmaster.pid"), mine + "\n" + home.resolve("cluster") + "\n1\n1\n\n\n1 1\n");
        try (var postgres = start(home, 0)) {
            assertEquals("1", ask(postgres, "SELECT 1"));
        }
    }

    @Test
    void refusesADirectoryThatAnotherNodeUses() {
        try (var postgres = start(home, 0)) {
            var refusal = assertThrows(CannotStart.class, () -> start(home, 0));
            assertTrue(refusal.getMessage().startsWith("Another Giao Ban is running on"), refusal.getMessage());
            assertEquals(password(postgres), password(postgres));
        }
    }

    @Test
    void saysInOneSentenceThatThePortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var refusal = assertThrows(CannotStart.class, () -> start(home, taken.getLocalPort()));
            assertTrue(
                    refusal.getMessage().startsWith("The port wanted for PostgreSQL is taken"), refusal.getMessage());
        }
    }

    @Test
    void saysInOneSentenceThatTheDirectoryCannotBeMade() throws Exception {
        var file = Files.createFile(home.resolve("file"));
        var refusal = assertThrows(CannotStart.class, () -> LocalPostgres.start(file.resolve("data")));
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"));
    }

    @Test
    void aTemporaryOneLeavesNothing() throws Exception {
        long pid;
        Path directory;
        try (var postgres = LocalPostgres.temporary(PROGRAMS)) {
            pid = postgres.pid();
            directory = Path.of(ask(postgres, "SHOW data_directory")).getParent();
            assertTrue(Files.exists(directory));
            assertTrue(postgres.url("story").endsWith("/story"));
        }
        assertTrue(ProcessHandle.of(pid).isEmpty());
        assertFalse(Files.exists(directory));
    }

    private static LocalPostgres start(Path home, int port) {
        return LocalPostgres.open(home, PROGRAMS, true, port);
    }

    private static String password(LocalPostgres postgres) {
        return URI.create(postgres.url()).getUserInfo().split(":")[1];
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        var url = URI.create(postgres.url());
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + url.getPort() + url.getPath(), "giaoban", password(postgres));
    }

    private static void write(LocalPostgres postgres, String words) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (words text)");
            statement.execute("INSERT INTO kept VALUES ('" + words + "')");
        }
    }

    private static String ask(LocalPostgres postgres, String question) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String askUntilAnswered(LocalPostgres postgres, String question) {
        while (true) {
            try {
                return ask(postgres, question);
            } catch (SQLException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}

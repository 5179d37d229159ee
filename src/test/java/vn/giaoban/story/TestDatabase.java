package vn.giaoban.story;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import vn.giaoban.db.LocalPostgres;
import vn.giaoban.db.Migration;

/** One real PostgreSQL for all tests of a JVM; each asks it for a database of its own, copied from a migrated one. */
public final class TestDatabase {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static LocalPostgres server;

    private TestDatabase() {}

    /** The address of a fresh, migrated, empty database. */
    public static synchronized String fresh() {
        if (server == null) {
            server = LocalPostgres.temporary(Path.of("target/test-postgres"));
            sql("CREATE DATABASE pattern");
            Migration.run(server.url("pattern"));
        }
        var name = "story" + MADE.incrementAndGet();
        sql("CREATE DATABASE " + name + " TEMPLATE pattern");
        return server.url(name);
    }

    private static void sql(String statement) {
        asOwner(server.url(), statement);
    }

    /** Statements of whoever owns the database, with the triggers off: what no part of the program may do. */
    public static void asOwner(String url, String... statements) {
        var uri = java.net.URI.create(url);
        var account = uri.getUserInfo().split(":", 2);
        var jdbc = "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
        try (var connection = DriverManager.getConnection(jdbc, account[0], account[1]);
                var execute = connection.createStatement()) {
            execute.execute("SET session_replication_role = replica");
            for (var statement : statements) execute.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package vn.giaoban.db;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings a database up to this program's tables, or says in one line why it cannot. */
public final class Migration {
    private Migration() {}

    /** The same, in a tenth of the time where there is nothing to do: what was applied is asked in one statement. */
    public static void run(Vertx vertx, String url) {
        parsed(url);
        if (!MigrationFiles.checksums().equals(applied(vertx, url))) run(url);
    }

    /** By version, the checksum that Flyway keeps of what it applied; null where that cannot be asked. */
    private static Map<String, Integer> applied(Vertx vertx, String url) {
        var asked = PgConnection.connect(vertx, Db.options(url))
                .compose(connection -> connection
                        .query(
                                "SELECT version, checksum FROM flyway_schema_history WHERE success ORDER BY installed_rank")
                        .execute()
                        .eventually(connection::close));
        try {
            var applied = new TreeMap<String, Integer>();
            for (var row : asked.await(5, TimeUnit.SECONDS)) applied.put(row.getString(0), row.getInteger(1));
            return applied;
        } catch (Exception e) {
            return null; // Flyway says better what is wrong, and a database without tables is not
        }
    }

    public static void run(String url) {
        var uri = parsed(url);
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        var user = uri.getRawUserInfo() == null
                ? new String[] {"", ""}
                : uri.getRawUserInfo().split(":", 2);
        try {
            Flyway.configure()
                    .dataSource(
                            "jdbc:postgresql://" + uri.getHost() + ":" + port
                                    + uri.getRawPath()
                                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                            decoded(user[0]),
                            user.length > 1 ? decoded(user[1]) : "")
                    .locations("classpath:migration")
                    .connectRetries(0)
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new CannotStart(
                    "The tables in the database at " + uri.getHost() + ":" + port + uri.getPath()
                            + " were made by another version of Giao Ban: start that one, or give this one a database of its own.",
                    e);
        } catch (FlywayException e) {
            throw new CannotStart(
                    "The database at " + uri.getHost() + ":" + port + uri.getPath() + " cannot be used: " + reason(e)
                            + "; is it running, and is database.url (GIAOBAN_DATABASE_URL) right?",
                    e);
        }
    }

    private static URI parsed(String url) {
        try {
            var uri = URI.create(url);
            if (uri.getHost() != null && uri.getRawPath().length() > 1) return uri;
        } catch (IllegalArgumentException notOne) {
            // Said below; the exception would quote the password.
        }
        throw new CannotStart("database.url (GIAOBAN_DATABASE_URL) must look like"
                + " postgresql://user:password@host:5432/database, with other characters in it percent-encoded.");
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String reason(Throwable e) {
        var deepest = e;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return String.valueOf(deepest.getMessage())
                .lines()
                .findFirst()
                .orElse(deepest.getClass().getSimpleName());
    }
}

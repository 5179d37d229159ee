package vn.giaoban.db;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database up to this program's tables, or says in one line why it cannot. */
public final class Migration {
    private Migration() {}

    public static void run(String url) {
        var uri = URI.create(url);
        var user = uri.getRawUserInfo() == null
                ? new String[] {"", ""}
                : uri.getRawUserInfo().split(":", 2);
        try {
            Flyway.configure()
                    .dataSource(
                            "jdbc:postgresql://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort())
                                    + uri.getRawPath()
                                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                            decoded(user[0]),
                            user.length > 1 ? decoded(user[1]) : "")
                    .locations("classpath:migration")
                    .connectRetries(0)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new CannotStart(
                    "The database at " + uri.getHost() + ":" + uri.getPort() + uri.getPath() + " cannot be used: "
                            + reason(e) + "; is it running, and is database.url (GIAOBAN_DATABASE_URL) right?",
                    e);
        }
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

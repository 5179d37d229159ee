package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.LocalPostgres;

/** A PostgreSQL of one's own, with just the rights that the README asks for and the container's script gives. */
class OwnPostgresStoryTest {
    @Test
    void anOwnerWhoMayMakeRolesIsEnough() throws SQLException {
        try (var server = LocalPostgres.temporary(Path.of("target/test-postgres"))) {
            var admin = URI.create(server.url());
            var account = admin.getUserInfo().split(":", 2);
            var jdbc = "jdbc:postgresql://127.0.0.1:" + admin.getPort() + admin.getPath();
            try (var connection = DriverManager.getConnection(jdbc, account[0], account[1]);
                    var sql = connection.createStatement()) {
                for (var statement : script()) sql.execute(statement);
            }
            var url = "postgresql://benh_vien:m%E1%BA%ADt%20kh%E1%BA%A9u%3A%2F%40@127.0.0.1:" + admin.getPort()
                    + "/benh_vien";
            try (var world = World.with(Map.of("GIAOBAN_DATABASE_URL", url))) {
                world.organizer()
                        .create("/api/briefings", world.plan("BRIEFING", "Giao ban viện", world.freeHour(), 30))
                        .expect(201);
                assertEquals(200, world.anybody().get("/health/ready").status());
            }
        }
    }

    /** What PostgreSQL's container does at its first start, for another house. */
    private static String[] script() {
        try {
            var script = Files.readString(Path.of("docker/postgres/giaoban.sh"));
            return script.substring(script.indexOf("<<'SQL'\n") + 8, script.lastIndexOf("SQL"))
                    .replace("giaoban", "benh_vien")
                    .replace(":'password'", "'mật khẩu:/@'")
                    .strip()
                    .split(";\n?");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package vn.giaoban.db;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The migrations that ship with the program: by version, the checksum under which Flyway notes them. */
final class MigrationFiles {
    private static final String DIRECTORY = "migration/";

    private MigrationFiles() {}

    static Map<String, Integer> checksums() {
        try {
            var checksums = new TreeMap<String, Integer>();
            for (var name : names()) checksums.put(name.substring(1, name.indexOf("__")), checksum(name));
            return checksums;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the program's own migrations cannot be read", e);
        }
    }

    /** In a jar or, while developing, in a directory. */
    private static List<String> names() throws IOException, URISyntaxException {
        var directory = MigrationFiles.class.getResource("/" + DIRECTORY);
        if (directory.openConnection() instanceof JarURLConnection jar)
            return jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(DIRECTORY) && name.endsWith(".sql"))
                    .map(name -> name.substring(DIRECTORY.length()))
                    .toList();
        try (var files = Files.list(Path.of(directory.toURI()))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Over the lines without their ends. */
    private static int checksum(String name) throws IOException {
        try (var in = MigrationFiles.class.getResourceAsStream("/" + DIRECTORY + name)) {
            var crc = new CRC32();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
            return (int) crc.getValue();
        }
    }
}

package vn.giaoban.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Directories for what the bench starts, gone when it ends. */
public final class Scratch {
    private Scratch() {}

    public static Path directory() throws IOException {
        var made = Files.createTempDirectory("giaoban-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(made)));
        return made;
    }

    private static void remove(Path directory) {
        try (var all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | RuntimeException e) {
            // Somebody still writes there: the system's own cleaning finds it.
        }
    }
}

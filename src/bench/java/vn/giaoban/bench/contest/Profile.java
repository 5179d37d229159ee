package vn.giaoban.bench.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a JVM spends its time and what it allocates, by its own flight recorder; wanted with {@code -Dprofile}. */
final class Profile {
    private static final int LINES = 24;

    private final long pid;
    private final Path file;

    private Profile(long pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    static boolean wanted() {
        return Boolean.getBoolean("profile");
    }

    static Profile start(long pid, String name) throws IOException, InterruptedException {
        var file = Path.of("target/bench", name.replaceAll("[^A-Za-z0-9]+", "-") + ".jfr")
                .toAbsolutePath();
        Files.createDirectories(file.getParent());
        run(
                "jcmd",
                String.valueOf(pid),
                "JFR.start",
                "name=bench",
                "settings=profile",
                "jdk.CPUTimeSample#enabled=true");
        return new Profile(pid, file);
    }

    void print() throws IOException, InterruptedException {
        run("jcmd", String.valueOf(pid), "JFR.stop", "name=bench", "filename=" + file);
        System.out.println("profile: " + file);
        for (var view : List.of("cpu-time-hot-methods", "allocation-by-site"))
            run("jfr", "view", "--width", "140", view, file.toString()).stream()
                    .filter(line -> !line.isBlank())
                    .limit(LINES)
                    .forEach(System.out::println);
    }

    private static List<String> run(String tool, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/" + tool);
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = process.inputReader().readAllLines();
        process.waitFor();
        return said;
    }
}

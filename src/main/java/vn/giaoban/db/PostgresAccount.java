package vn.giaoban.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Under whom PostgreSQL runs, as the words that go before its command: it refuses to be root, so a node that is root
 * steps down, and it must own its files, so the owner that they once got is kept.
 *
 * @param owner user id that the files of PostgreSQL must have, or -1 when they are simply ours
 */
record PostgresAccount(int owner, int group, List<String> prefix) {

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;
    /** Dies with us: PostgreSQL shuts down cleanly when the thread that started it is gone, however it went. */
    private static final List<String> DIE_WITH_PARENT = List.of("setpriv", "--pdeathsig", "INT");
    /** Ctrl-C goes to all of the terminal's programs; the node still needs its database while it says goodbye. */
    private static final List<String> OWN_SESSION = List.of("setsid");

    static PostgresAccount forFilesIn(Path cluster) throws IOException {
        if (uid(Path.of("/proc/self")) != ROOT) return new PostgresAccount(-1, -1, List.of());
        int owner = Files.exists(cluster) ? uid(cluster) : ROOT;
        if (owner != ROOT) return stepDownTo(owner, (int) Files.getAttribute(cluster, "unix:gid"));
        // In a user namespace of its own it is nobody by name and we by file ownership: nothing has to be given away.
        var namespace = List.of("unshare", "-U");
        if (works(namespace)) return new PostgresAccount(-1, -1, namespace);
        return stepDownTo(NOBODY, NOBODY);
    }

    private static PostgresAccount stepDownTo(int user, int group) {
        var prefix = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
        if (works(prefix)) return new PostgresAccount(user, group, prefix);
        throw new CannotStart("PostgreSQL refuses to run as root and neither unshare nor setpriv works here:"
                + " start Giao Ban as another user, or set GIAOBAN_DATABASE_URL to a PostgreSQL of your own.");
    }

    /** A command that runs to its end. */
    List<String> command(Path program, String... arguments) {
        var words = new ArrayList<>(prefix);
        words.add(program.toString());
        words.addAll(List.of(arguments));
        return words;
    }

    /** A command that stays, until we close it or are gone ourselves. */
    List<String> child(List<String> program) {
        // The kernel forgets the death signal when credentials change: it has to be asked for last.
        var words = new ArrayList<>(prefix);
        for (var wish : List.of(OWN_SESSION, DIE_WITH_PARENT)) if (works(wish)) words.addAll(wish);
        words.addAll(program);
        return words;
    }

    void own(Path path) throws IOException {
        if (owner < 0) return;
        Files.setAttribute(path, "unix:uid", owner);
        Files.setAttribute(path, "unix:gid", group);
    }

    private static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static boolean works(List<String> wrapper) {
        var words = new ArrayList<>(wrapper);
        words.add("true");
        try {
            var silent = ProcessBuilder.Redirect.DISCARD;
            return new ProcessBuilder(words)
                            .redirectOutput(silent)
                            .redirectError(silent)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while PostgreSQL was starting.", stopped);
        }
    }
}

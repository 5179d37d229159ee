package vn.giaoban.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs of the class path, unpacked once per directory: the whole tree is there or none of it. */
record PostgresBinaries(Path directory) {

    private static final Map<String, String> ARCHIVES =
            Map.of("amd64", "/postgres-linux-x86_64.txz", "aarch64", "/postgres-linux-arm_64.txz");

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    static PostgresBinaries in(Path home) throws IOException {
        Files.createDirectories(home);
        var archive = archive();
        // Named by content, so that a newer version lies beside the old one and is never mixed with it.
        var directory = home.resolve("bin-" + checksum(archive));
        var complete = new PostgresBinaries(directory);
        if (Files.isDirectory(directory)) return complete;
        var lockFile = home.resolve("bin.lock");
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (Files.isDirectory(directory)) return complete;
            var part = home.resolve(directory.getFileName() + ".part");
            delete(part);
            unpack(archive, part);
            Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
        }
        return complete;
    }

    private static URL archive() {
        var system = System.getProperty("os.name");
        var name = system.equals("Linux") ? ARCHIVES.get(System.getProperty("os.arch")) : null;
        var url = name == null ? null : PostgresBinaries.class.getResource(name);
        if (url == null) {
            throw new CannotStart("Giao Ban brings no PostgreSQL for " + system + " on " + System.getProperty("os.arch")
                    + ": set GIAOBAN_DATABASE_URL to a PostgreSQL of your own.");
        }
        return url;
    }

    private static String checksum(URL archive) throws IOException {
        var connection = archive.openConnection();
        return connection instanceof JarURLConnection jar
                ? Long.toHexString(jar.getJarEntry().getCrc())
                : Long.toString(connection.getContentLengthLong());
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (var in = archive.openStream();
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) throw new IOException("Entry outside its archive: " + entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    var executable = (entry.getMode() & 0100) != 0;
                    allow(path, executable ? "rwxr-xr-x" : "rw-r--r--");
                }
            }
        }
        // Whatever the umask was: PostgreSQL may run under another account than the node (see PostgresAccount).
        try (var directories = Files.walk(target).filter(Files::isDirectory)) {
            for (var directory : (Iterable<Path>) directories::iterator) allow(directory, "rwxr-xr-x");
        }
    }

    static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) return;
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

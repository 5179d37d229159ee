package vn.giaoban.jitsi.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vn.giaoban.jitsi.lint.config.Configuration.Text;
import vn.giaoban.jitsi.lint.config.Unreadable;

/** One bad file for each known trap, and the files that we ship, in which there is none. */
class LintTest {
    private static final Path BAD = Path.of("src/test/resources/jitsi-lint");
    private static final List<String> OURS =
            List.of("docker/jitsi/env.example", "docker/jitsi/prosody/conf.d/giaoban.cfg.lua");

    private static Text text(Path file) {
        try {
            return new Text(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Text> ours() {
        return OURS.stream().map(file -> text(Path.of(file))).collect(Collectors.toCollection(ArrayList::new));
    }

    @Test
    void whatWeShipIsClean() {
        assertEquals(List.of(), Lint.of(ours()));
    }

    /** As Compose would run it: filled in from the example, the parts that are laid over included. */
    @Test
    void whatComposeRunsIsCleanToo() throws IOException {
        var env = Files.readString(Path.of("docker/.env.example"))
                .replaceAll("(?m)^(\\w*(?:PASSWORD|SECRET|DOMAIN|IPS|HOST))=$", "$1=" + "x".repeat(40))
                .replace("JITSI_RECORDING=0", "JITSI_RECORDING=1");
        var files = new ArrayList<>(List.of(new Text("docker/.env", env)));
        for (var file : List.of(
                "docker/compose.yaml",
                "docker/jitsi/compose.yaml",
                "docker/jitsi/recording.yaml",
                "docker/jitsi/turn.yaml",
                "docker/jitsi/prosody/conf.d/giaoban.cfg.lua",
                "docker/proxy/nginx.conf.template")) files.add(text(Path.of(file)));
        assertEquals(List.of(), Lint.of(files));
    }

    /** Variables are laid over ours; other files stand alone. The line behind the word "trap" is the one that is named. */
    @TestFactory
    Stream<DynamicTest> eachBadFileHasItsTrapAndNoOther() throws IOException {
        try (var files = Files.list(BAD)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                        var bad = text(file);
                        var given = file.toString().endsWith(".env") ? ours() : new ArrayList<Text>();
                        given.add(bad);
                        var found = Lint.of(given);
                        var trap = file.getFileName().toString().split("\\.")[0];
                        assertEquals(
                                List.of(trap), found.stream().map(Finding::trap).toList());
                        var lines = bad.text().lines().toList();
                        for (int i = 0; i < lines.size(); i++)
                            if (lines.get(i).matches("\\s*(#|--|//) trap")) {
                                assertEquals(bad.name(), found.getFirst().at().file());
                                assertEquals(i + 2, found.getFirst().at().line());
                            }
                    }));
        }
    }

    @Test
    void everyTrapHasABadFileAndItsSentencesInBothLanguages() throws IOException {
        var tried = new TreeSet<String>();
        try (var files = Files.list(BAD)) {
            files.forEach(file -> tried.add(file.getFileName().toString().split("\\.")[0]));
        }
        assertEquals(tried, known());
        for (var language : List.of("vi", "en")) {
            var sentences = new Properties();
            try (var in = Files.newBufferedReader(
                    Path.of("src/main/resources/text/jitsi_lint_" + language + ".properties"))) {
                sentences.load(in);
            }
            var wanted = new HashSet<>(Set.of("clean", "found", "remedy", "unreadable", "usage"));
            tried.forEach(trap -> wanted.addAll(List.of(trap + ".what", trap + ".remedy")));
            assertEquals(new TreeSet<>(wanted), new TreeSet<>(sentences.stringPropertyNames()), language);
        }
    }

    /** The traps that the code looks for. */
    private static TreeSet<String> known() throws IOException {
        var known = new TreeSet<String>();
        try (var files = Files.list(Path.of("src/main/java/vn/giaoban/jitsi/lint"))) {
            for (var file : files.filter(Files::isRegularFile).toList())
                Pattern.compile("(?:finding|loads|new Finding)\\(\\s*\"([a-z0-9-]+)\"")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(found -> known.add(found.group(1)));
        }
        return known;
    }

    @Test
    void aFindingNamesPlaceConsequenceAndRemedyInTheReadersLanguage() {
        var bad = new Text("prosody.yaml", "services:\n  prosody:\n    ports: [\"5280:5280\"]\n");
        var found = Lint.of(List.of(bad));
        var vietnamese = new Report("vi").lines(found);
        assertEquals("prosody.yaml:3: port-5280", vietnamese.getFirst());
        assertTrue(vietnamese.get(1).contains("5280:5280"), vietnamese.get(1));
        assertTrue(vietnamese.get(2).strip().startsWith("Cách sửa: "), vietnamese.get(2));
        var english = new Report("en").lines(found);
        assertTrue(english.get(2).strip().startsWith("Remedy: "), english.get(2));
        assertEquals(List.of("Không thấy bẫy nào đã biết."), new Report("vi").lines(List.of()));
    }

    @Test
    void aSecretIsNeverRepeated() {
        var secret = "hunter2-hunter2";
        var bad = new Text(
                ".env",
                "JWT_APP_ID=giaoban\nJWT_ACCEPTED_AUDIENCES=jitsi\nJWT_APP_SECRET=" + secret + "\nJICOFO_AUTH_PASSWORD="
                        + secret + "\nJVB_AUTH_PASSWORD=" + secret + "\n");
        var found = Lint.of(List.of(bad));
        assertTrue(found.size() >= 4, () -> "" + found);
        for (var language : List.of("vi", "en"))
            for (var line : new Report(language).lines(found)) assertTrue(!line.contains(secret), line);
    }

    /** A variable that Compose does not hand to the service is not set, whatever stands in .env. */
    @Test
    void aServiceReadsWhatComposeGivesIt() {
        var env = new Text(".env", "ENABLE_AUTH=1\nENABLE_AUTO_OWNER=0\nJICOFO_ENABLE_AUTH=0\n");
        var passed = """
                services:
                  jicofo:
                    image: x
                    environment:
                      - ENABLE_AUTH
                      - JICOFO_ENABLE_AUTH
                """;
        var lacking = Lint.of(List.of(env, new Text("compose.yaml", passed)));
        assertEquals(
                List.of("first-is-moderator"),
                lacking.stream().map(Finding::trap).toList());
        assertEquals(5, lacking.getFirst().at().line());
        var whole = new Text("compose.yaml", passed + "      - ENABLE_AUTO_OWNER\n");
        assertEquals(List.of(), Lint.of(List.of(env, whole)));
    }

    @Test
    void whatIsNoYamlIsSaidSo() {
        var e = assertThrows(
                Unreadable.class, () -> Lint.of(List.of(new Text("docker/compose.yaml", "services: [a: b: c"))));
        assertTrue(e.getMessage().startsWith("docker/compose.yaml"), e.getMessage());
    }
}

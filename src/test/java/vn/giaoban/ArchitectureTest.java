package vn.giaoban;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vn.giaoban.agenda.AgendaItem;
import vn.giaoban.attendance.rollcall.RollCall;
import vn.giaoban.briefing.Status;
import vn.giaoban.floor.FloorRequest;

/** The plan of the house: which room may know which, what stands where, and how things are called. */
class ArchitectureTest {
    private static final Path SOURCE = Path.of("src/main/java/vn/giaoban");
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("vn.giaoban");

    /**
     * A room and the rooms that it may know; Java's own, Vert.x, the driver and the log aside. The wiring (`Node`,
     * `Demo`, the verticle and the gate) stands above all of them.
     *
     * <ul>
     *   <li>{@code db} also holds {@code Json} and {@code Fields}: the one way in which facts become text, which the
     *       journal hashes and the live room sends. Neither may know HTTP.
     *   <li>{@code http} counts on {@code db}: a repeat of a request gets its answer out of a table.
     *   <li>{@code journal} knows of {@code live} the name of a stream and the fold, and nothing that runs.
     *   <li>{@code live} answers with the problems and origins of {@code http} like any other route.
     *   <li>The rooms of a briefing form a stair: briefing, then agenda and bridge, then attendance, then floor. The
     *       lower calls the higher only through {@code Companion} and the interfaces that it owns itself.
     *   <li>{@code jitsi} owns {@code Entrance} and {@code RoomBook}; the bridge keeps that door and that book, and what
     *       is done about a conference stands in {@code bridge.video}.
     * </ul>
     */
    private static final Map<String, Set<String>> MAY_KNOW = new TreeMap<>(Map.ofEntries(
            Map.entry("db", Set.of()),
            Map.entry("conf", Set.of("db")),
            Map.entry("http", Set.of("db")),
            Map.entry("live", Set.of("db", "conf", "http")),
            Map.entry("journal", Set.of("db", "live")),
            Map.entry("directory", Set.of("db", "conf", "http", "journal")),
            Map.entry("people", Set.of("db", "conf", "http", "journal", "directory")),
            Map.entry("jitsi", Set.of("db", "conf", "http")),
            Map.entry("briefing", Set.of("db", "conf", "http", "journal", "people", "directory")),
            Map.entry("agenda", Set.of("db", "http", "journal", "people", "briefing")),
            Map.entry("bridge", Set.of("db", "conf", "http", "journal", "people", "directory", "jitsi", "briefing")),
            Map.entry(
                    "attendance",
                    Set.of("db", "conf", "http", "journal", "people", "directory", "briefing", "agenda", "bridge")),
            Map.entry(
                    "floor",
                    Set.of("db", "http", "journal", "people", "directory", "briefing", "bridge", "attendance"))));

    @TestFactory
    Stream<DynamicTest> aRoomKnowsOnlyTheRoomsThatItMay() {
        return MAY_KNOW.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    var allowed = Stream.concat(row.getValue().stream(), Stream.of(row.getKey()))
                            .map(ArchitectureTest::room)
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage(room(row.getKey()))
                            .should()
                            .dependOnClassesThat(resideInAPackage("vn.giaoban..")
                                    .and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                            .check(HOUSE);
                }));
    }

    @Test
    void everyRoomHasARow() {
        var rooms = HOUSE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals("vn.giaoban"))
                .map(name -> name.split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(MAY_KNOW.keySet(), rooms);
    }

    @Test
    void thereAreNoCircles() {
        slices().matching("vn.giaoban.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void ofTheLiveRoomTheJournalKnowsTheNameOfAStreamAndTheFold() {
        noClasses()
                .that()
                .resideInAPackage(room("journal"))
                .should()
                .dependOnClassesThat(resideInAPackage(room("live"))
                        .and(DescribedPredicate.not(DescribedPredicate.describe(
                                "are StreamKey or Fold",
                                type -> Set.of("StreamKey", "Fold").contains(type.getSimpleName())))))
                .check(HOUSE);
    }

    private static final List<String> ENTITIES = List.of(
            "Briefing",
            "Plan",
            "Life",
            "Kind",
            "Status",
            "AgendaItem",
            "Rundown",
            "Pace",
            "Invitation",
            "SiteLine",
            "Interval",
            "Loss",
            "Measured",
            "Bounds",
            "Verdict",
            "Comparison",
            "Check",
            "WavePlan",
            "CheckCall",
            "Round",
            "Hours",
            "Reply",
            "RollCall",
            "FloorRequest",
            "Delegate",
            "AttendanceList",
            "Addendum",
            "FrozenList",
            "Endpoint",
            "Organisation",
            "Province",
            "Unit",
            "Holiday",
            "WorkingDays",
            "Scope",
            "Role");

    /** Of the rest they know how one says no, for whom something is, and how an instant is written into a hash. */
    @Test
    void whatThingsAreAndTheirRulesKnowNeitherTableNorNetwork() {
        classes()
                .that(are("entities", ENTITIES))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..")
                        .or(are("entities", ENTITIES))
                        .or(are("words of the house", List.of("Refusal", "Audience", "Fields"))))
                .check(HOUSE);
    }

    @Test
    void timeComesFromTheClockThatTheNodeWasGiven() {
        // A certificate's days and the traces of a database process are the machine's own time.
        noClasses()
                .that(DescribedPredicate.not(are("of the machine", List.of("SelfSigned", "Postmaster"))))
                .should()
                .callMethod(java.time.Instant.class, "now")
                .check(HOUSE);
    }

    @Test
    void onlyWhatNeedsItRunsOnEventLoops() {
        // Api takes a request off its event loop; the pools of db and the sessions are asked by the live room's gate;
        // Beat and Cluster belong to the node; the journal rings the bell; a line is measured by the loop that sends;
        // Inbound and Outside are the two ways in which Jitsi's servers and ours talk.
        var elsewhere = List.of(
                "Api",
                "Journal",
                "Gatekeeper",
                "People",
                "PeopleSql",
                "Sessions",
                "SessionSql",
                "TokenGate",
                "TokenTrial",
                "Security",
                "Measuring",
                "Run",
                "Origins",
                "Inbound",
                "Outside");
        noClasses()
                .that(resideInAPackage("vn.giaoban..")
                        .and(DescribedPredicate.not(resideInAnyPackage("vn.giaoban", room("live"), room("db"))))
                        .and(DescribedPredicate.not(are("named exceptions", elsewhere))))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.vertx.core", "io.vertx.core.http", "io.vertx.core.eventbus"))
                .check(HOUSE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..sockjs..")
                .check(HOUSE);
    }

    @Test
    void theEventBusIsRungByTheJournalAndHeardByTheHub() {
        noClasses()
                .that(DescribedPredicate.not(are("bell, ear and cable", List.of("Journal", "LiveHub", "Cluster"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.core.eventbus..")
                .check(HOUSE);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(
                        ".*[.$](\\w*(Service|Manager|Utils?|Helper|Impl|Dto|Factory|Mapper)|(Base|Abstract)\\w*)")
                .check(HOUSE);
        for (var type : HOUSE)
            if (type.isRecord())
                for (var method : type.getMethods())
                    assertFalse(
                            method.getRawParameterTypes().isEmpty()
                                    && method.getName().matches("get[A-Z].*"),
                            () -> "records have no get: " + method.getFullName());
    }

    /** SQL that stands outside a class named …Sql, and why. */
    private static final Map<String, String> SQL_ELSEWHERE = Map.of(
            "briefing/Bookings.java", "the exclusion constraint is its rule",
            "bridge/Presence.java", "rows with a time to live, no thing of the trade",
            "journal/Chain.java", "reads the chain exactly as it is written",
            "journal/DueActs.java", "claims with SKIP LOCKED, which is what it is about",
            "journal/Keeper.java", "the journal's housework",
            "http/Once.java", "one table of its own, known to nobody else",
            "people/session/Attempts.java", "one table of its own, known to nobody else",
            "people/session/Keys.java", "one table of its own, known to nobody else",
            "jitsi/Turns.java", "one table of its own, known to nobody else",
            "db", "the way to PostgreSQL itself: roles, migrations, the server that we bring");

    @Test
    void sqlStandsInTheClassThatKnowsTheTable() {
        var sql = Pattern.compile(
                "\"\\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\\b|^\\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) ",
                Pattern.MULTILINE);
        var found = new TreeSet<String>();
        sources().forEach((file, text) -> {
            if (!file.endsWith("Sql.java") && sql.matcher(text).find()) found.add(file);
        });
        found.removeIf(file -> SQL_ELSEWHERE.keySet().stream().anyMatch(file::startsWith));
        assertEquals(Set.of(), found);
    }

    @Test
    void aRoomsTableIsKnownToThatRoomAlone() {
        HOUSE.stream()
                .filter(type -> type.getSimpleName().endsWith("Sql"))
                .forEach(type -> assertTrue(
                        !type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC)
                                || type.getSimpleName().equals("SessionSql"),
                        () -> type.getName() + " is open to other rooms"));
    }

    /** Rooms with more files than a person takes in at a glance, and why they have no sub-room. */
    private static final Map<String, Integer> LARGE = Map.of(
            "db", 15, // the way to PostgreSQL, and the one that we bring ourselves
            "briefing", 14, // its record is four: what is planned, what it lives through, its kind and where it stands
            "http", 16, // each is one idea of a request, and every room uses several of them
            "live", 17, // one machine, whose parts are open to each other and to nobody else
            "directory", 16, // seven of them are records of a few lines
            "attendance", 14, // two nouns that are read together: who sits there, and the list with what came later
            "bridge", 15); // the invitation, whose line stands, and how the board shows both

    @Test
    void aRoomHasAtMostTwelveFiles() {
        var sizes = new TreeMap<String, Integer>();
        sources().keySet().stream()
                .filter(file -> file.contains("/"))
                .forEach(file -> sizes.merge(file.substring(0, file.lastIndexOf('/')), 1, Integer::sum));
        sizes.entrySet().removeIf(size -> size.getValue() <= LARGE.getOrDefault(size.getKey(), 12));
        assertEquals(Map.of(), sizes);
    }

    @Test
    void onlyTheCommandLineTalksToTheConsole() {
        var found = sources().entrySet().stream()
                .filter(source -> source.getValue().contains("System.out")
                        || source.getValue().contains("System.err")
                        || source.getValue().contains("printStackTrace"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        found.removeAll(Set.of("Main.java", "Banner.java"));
        assertEquals(Set.of(), found);
    }

    @Test
    void everyClassSaysInASentenceWhatItKnowsOrPromises() {
        var found = new TreeSet<String>();
        sources().forEach((file, text) -> {
            var head = text.substring(0, text.indexOf("\n}") < 0 ? text.length() : text.indexOf("\n}"));
            var type = Pattern.compile(
                            "^(public |final |abstract |sealed )*(class|record|interface|enum) ", Pattern.MULTILINE)
                    .matcher(head);
            if (type.find() && !head.substring(0, type.start()).contains("/**")) found.add(file);
        });
        assertEquals(Set.of(), found);
    }

    /** A sentence for every reason, in both languages, and no sentence that nobody says. */
    @Test
    void everyRefusalHasItsSentenceAndEverySentenceItsRefusal() throws IOException {
        var sentences = sentences("vi");
        assertEquals(sentences, sentences("en"));
        var code = String.join("\n", sources().values());
        var needed = new TreeSet<String>();
        needed.addAll(words(code, "Refusal.state(", 0));
        needed.addAll(words(code, "new Refusal(", 1));
        words(code, "Refusal.field(", 1).forEach(reason -> needed.add("field." + reason));
        words(code, "Fault(", 1).forEach(reason -> needed.add("field." + reason));
        words(code, "new Malformed(", 0).forEach(reason -> needed.add("field." + reason));
        assertTrue(needed.size() > 60, () -> "the search finds what it is to find: " + needed);
        needed.removeAll(sentences);
        assertEquals(Set.of(), needed, "no sentence for");

        var said = Pattern.compile("\"([a-z][a-z0-9.-]*)\"")
                .matcher(code)
                .results()
                .map(found -> found.group(1).replaceFirst("^csv\\.", ""))
                .collect(Collectors.toSet());
        // States are said by their names, whichever room's they are.
        for (var states : List.of(
                AgendaItem.Status.values(),
                Status.values(),
                FloorRequest.Status.values(),
                RollCall.Result.values(),
                vn.giaoban.bridge.Invitation.State.values(),
                vn.giaoban.bridge.check.Verdict.Grade.values(),
                vn.giaoban.bridge.reply.Reply.Answer.values()))
            for (var state : states) said.add(((Enum<?>) state).name());
        // So are the columns of the list of sites, its levels, and why a line was lost.
        said.addAll(List.of(
                "NO", "POINT", "LEVEL", "ROOM", "CAPACITY", "EQUIPMENT", "CONTACT", "TEST1", "TEST2", "STATUS"));
        said.addAll(List.of("CENTRE", "MINISTRY", "PROVINCE", "COMMUNE", "UNIT", "NONE"));
        said.addAll(List.of("UNKNOWN", "LINE", "POWER", "PERSON"));
        var unused = new TreeSet<>(sentences);
        unused.removeIf(key -> said.contains(key.replaceFirst("\\.detail$", "")
                .replaceFirst("^(field|csv)\\.", "")
                .replaceFirst("^(status|state|roll|cause|(sites\\.\\w+))\\.", "")));
        assertEquals(Set.of(), unused, "nobody says");
    }

    private static final Pattern WORD = Pattern.compile("\"([a-z][a-z0-9-]*)\"");

    private static Set<String> sentences(String language) throws IOException {
        var properties = new Properties();
        var file = Path.of("src/main/resources/text/problems_" + language + ".properties");
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return new TreeSet<>(properties.stringPropertyNames());
    }

    /** The words that stand as text in one argument of every such call; of a choice, both. */
    private static Set<String> words(String code, String call, int argument) {
        var words = new TreeSet<String>();
        for (int at = code.indexOf(call); at >= 0; at = code.indexOf(call, at + 1)) {
            int depth = 0, place = 0, from = at + call.length(), i = from;
            for (; depth >= 0; i++) {
                char c = code.charAt(i);
                if (c == '(') depth++;
                if (c == ')') depth--;
                if (c == ',' && depth == 0 && place++ < argument) from = i + 1;
                else if (c == ',' && depth == 0) break;
            }
            if (place >= argument)
                WORD.matcher(code.substring(from, i)).results().forEach(found -> words.add(found.group(1)));
        }
        return words;
    }

    private static Map<String, String> sources() {
        var sources = new LinkedHashMap<String, String>();
        try (var files = Files.walk(SOURCE)) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList())
                sources.put(SOURCE.relativize(file).toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static String room(String name) {
        return "vn.giaoban." + name + "..";
    }

    private static DescribedPredicate<JavaClass> are(String what, List<String> names) {
        return DescribedPredicate.describe("are " + what, type -> {
            var outermost = type.getBaseComponentType();
            while (outermost.getEnclosingClass().isPresent())
                outermost = outermost.getEnclosingClass().get();
            return outermost.getPackageName().startsWith("vn.giaoban") && names.contains(outermost.getSimpleName());
        });
    }
}

package vn.giaoban.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vn.giaoban.guard.Commands.Command;
import vn.giaoban.http.Contract;
import vn.giaoban.http.Refusal;
import vn.giaoban.jitsi.standin.Caller;
import vn.giaoban.jitsi.standin.Captures;
import vn.giaoban.jitsi.standin.Listener;
import vn.giaoban.journal.Actor;
import vn.giaoban.people.Role;
import vn.giaoban.story.Reply;
import vn.giaoban.story.Someone;
import vn.giaoban.story.World;

/**
 * The promise on which all pages stand: whatever is done in whatever order, the patches of every stream fold to what its
 * audience may see of the facts, and that is what the hub serves. A failure is repeated by {@code -Dseed=} with the number
 * that it prints; what two people did in one moment may then come out in the other order.
 */
class PictureTest {
    private static final int COMMANDS = Integer.getInteger("commands", 150);

    /** They make accounts and sessions, or keep what is known of an endpoint besides its name, or speak to the conference, or explain what is past: no stream tells of that. */
    private static final Set<String> OF_NO_STREAM = Set.of(
            "signIn",
            "signOut",
            "changePassword",
            "endSession",
            "issueToken",
            "renewToken",
            "createPerson",
            "createEndpoint",
            "editEndpoint",
            "editContacts",
            "endEndpoint",
            "addMaintenance",
            "removeMaintenance",
            "previewImport",
            "applyImport",
            "explainLoss",
            "kickFromVideo",
            "messageVideo",
            "previewProvinceChange",
            "changeProvinces");

    private static World world;
    private static Listener prosody;

    private final Map<String, Integer> succeeded = new TreeMap<>();
    private boolean chasing;
    private Random random;
    private Pictures pictures;
    private Commands commands;
    private Someone administrator;
    private Someone organizer;
    private UUID ministry;
    private List<UUID> endpoints;

    @AfterAll
    static void close() {
        if (world != null) world.close();
        if (prosody != null) prosody.close();
    }

    @Test
    void everyCommandOfTheContractHasAMaker() {
        var writing = new Contract()
                .operations().stream()
                        .filter(operation -> !operation.method().equals("GET"))
                        .map(Contract.Operation::id)
                        .filter(id -> !OF_NO_STREAM.contains(id))
                        .collect(Collectors.toCollection(TreeSet::new));
        var stock = new Commands.Stock(List.of(), List.of(), List.of(), List.of(), () -> null);
        assertEquals(
                writing,
                new TreeSet<>(new Commands(new Random(), null, stock, id -> null)
                        .makers()
                        .keySet()));
    }

    @TestFactory
    List<DynamicTest> whateverIsDonePicturesAreTheFacts() {
        var seeds = System.getProperty("seed") == null
                ? new Random().longs(3, 0, 1_000_000).toArray()
                : new long[] {Long.parseLong(System.getProperty("seed"))};
        var tests = new ArrayList<DynamicTest>();
        LongStream.of(seeds)
                .forEach(seed -> tests.add(DynamicTest.dynamicTest("-Dseed=" + seed, () -> {
                    System.err.println("PictureTest -Dseed=" + seed);
                    play(seed);
                })));
        if (seeds.length > 1)
            tests.add(DynamicTest.dynamicTest("every command came through at least once", () -> {
                // What chance has left out so far gets more chances, not a red test.
                chasing = true;
                for (int more = 0;
                        more < 10
                                && !succeeded.keySet().equals(commands.makers().keySet());
                        more++) play(new Random().nextLong(1_000_000));
                assertEquals(commands.makers().keySet(), succeeded.keySet());
            }));
        return tests;
    }

    private void play(long seed) throws Exception {
        // A database of its own: all its streams are looked at. Sessions outlive the fortnight until the archive.
        if (world == null) {
            prosody = new Listener(token -> true);
            world = World.with(Map.of(
                    "GIAOBAN_JITSI_PROSODY_URL", prosody.url(),
                    "GIAOBAN_JITSI_EVENTS_SECRET", Caller.EVENT_SECRET,
                    "GIAOBAN_SIGNIN_SESSIONHOURS", "20000",
                    "GIAOBAN_SIGNIN_IDLEMINUTES", "1200000",
                    "GIAOBAN_DATABASE_CALLDEADLINEMS", "10000"));
        }
        random = new Random(seed);
        ministry = world.ministry();
        administrator = world.administrator();
        organizer = world.organizer();
        pictures = new Pictures(world);
        endpoints = List.of(
                world.newEndpoint("Một").id(),
                world.newEndpoint("Hai").id(),
                world.newEndpoint("Ba").id(),
                world.newEndpoint("Bốn").id());
        var persons = List.of(
                world.person("Chủ trì A", Role.CHAIR, ministry, null).id(),
                world.person("Chủ trì B", Role.CHAIR, ministry, null).id(),
                world.person("Chủ trì C", Role.CHAIR, ministry, null).id());
        var directory = world.node.rooms().directory();
        var rooms =
                List.of(directory.registerRoom("Phòng " + seed, Actor.SYSTEM).id());
        var elsewhere = directory.organisations().stream()
                .map(organisation -> organisation.id())
                .filter(id -> !id.equals(ministry))
                .findFirst()
                .orElseThrow();
        commands = new Commands(
                random,
                administrator,
                new Commands.Stock(List.of(ministry, elsewhere), persons, endpoints, rooms, world.clock::instant),
                id -> pictures.picture("briefing/" + id, "staff"));
        var log = new ArrayList<String>();
        int steps = 0;
        for (int n = 0; n < COMMANDS; ) {
            if (random.nextInt(8) == 0) log.add(happening());
            var first = next(null);
            var both = new ArrayList<Command>(List.of(first));
            if (random.nextInt(4) == 0) {
                both.add(next(random.nextBoolean() ? first.briefing() : null));
            }
            n += both.size();
            log.addAll(send(both));
            if (both.stream()
                    .anyMatch(command -> List.of("editPerson", "renameEndpoint").contains(command.operation())))
                settle();
            var touched = both.stream()
                    .filter(command -> command.briefing() != null)
                    .map(command -> "briefing/" + command.briefing())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (++steps % 4 == 0
                    || both.stream()
                            .anyMatch(command ->
                                    List.of("editPerson", "renameEndpoint").contains(command.operation())))
                touched.addAll(pictures.streams());
            pictures.holdAgainstFacts(touched, "seed " + seed + ", at last " + tail(log));
        }
        pictures.holdAgainstHub(administrator);
        world.clock.forward(Duration.ofDays(15));
        dueIsDone();
        pictures.holdAgainstFacts(pictures.streams(), "seed " + seed + ", a fortnight later, " + tail(log));
        pictures.holdAgainstHub(administrator);
    }

    /** One in three is the command that has succeeded least so far; once some are still missing, one in two: the others prepare for them. */
    private Command next(UUID briefing) {
        var makers = commands.makers();
        var names = new ArrayList<>(makers.keySet());
        java.util.Collections.shuffle(names, random);
        if (random.nextInt(chasing ? 2 : 3) == 0)
            names.sort(Comparator.comparing(name -> succeeded.getOrDefault(name, 0)));
        Command other = null;
        for (var name : names) {
            var made = makers.get(name).get();
            if (made == null) continue;
            var command = new Command(name, made.briefing(), made.method(), made.path(), made.body(), made.headers());
            if (briefing == null || briefing.equals(made.briefing())) return command;
            if (other == null) other = command;
        }
        return other;
    }

    /** What somebody or an endpoint is called now has reached every briefing, also one that was made in the very moment. */
    private void settle() {
        world.clock.forward(Duration.ofSeconds(15));
        dueIsDone();
    }

    /** The node does what is due as well: the last act may be in its hands. */
    private void dueIsDone() {
        var rooms = world.node.rooms();
        do rooms.due().run();
        while (rooms.db()
                .row(
                        "SELECT EXISTS (SELECT 1 FROM due_act WHERE done_at IS NULL AND at <= $1)",
                        world.clock.instant().atOffset(ZoneOffset.UTC))
                .getBoolean(0));
    }

    /** Several are sent in one moment, by two people. */
    private List<String> send(List<Command> both) throws Exception {
        var log = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies = new ArrayList<java.util.concurrent.Future<Reply>>();
            for (var command : both) {
                var who = replies.isEmpty() ? administrator : organizer;
                replies.add(threads.submit(
                        () -> who.call(command.method(), command.path(), command.body(), command.headers())));
            }
            for (int i = 0; i < both.size(); i++) {
                var command = both.get(i);
                var reply = replies.get(i).get();
                log.add(command.operation() + " " + reply.status()
                        + (reply.status() >= 400 ? " " + reply.problem() : "") + (i > 0 ? " (at once)" : ""));
                assertTrue(reply.status() < 500, () -> command + " answered " + reply.text());
                boolean often = reply.status() == 429 && command.operation().equals("relayVideo");
                assertTrue(
                        often || Set.of(200, 201, 204, 403, 404, 409, 412, 422).contains(reply.status()),
                        () -> command + " answered " + reply.text());
                if (reply.status() < 300) succeeded.merge(command.operation(), 1, Integer::sum);
                commands.learn(command, reply);
            }
        }
        return log;
    }

    /** What nobody commands: lines that come and go, time that passes, housework. */
    private String happening() {
        var rooms = world.node.rooms();
        var endpoint = endpoints.get(random.nextInt(endpoints.size()));
        var what = random.nextInt(6);
        switch (what) {
            case 5 -> conference(endpoint);
            case 0 -> rooms.db().query("""
                                INSERT INTO follower (socket, stream, node, person, expires_at)
                                VALUES ($1, $1, 'test', '-', clock_timestamp() + interval '1 hour') ON CONFLICT DO NOTHING""", "endpoint/" + endpoint);
            case 1, 2 -> rooms.db().query("DELETE FROM follower WHERE stream = $1", "endpoint/" + endpoint);
            case 3 -> {
                world.clock.forward(Duration.ofMinutes(1 + random.nextInt(12)));
                dueIsDone();
            }
            default -> rooms.keeper().checkpoints();
        }
        if (what < 3) {
            world.clock.forward(Duration.ofSeconds(5));
            rooms.lines().reconcile();
        }
        commands.refresh();
        return List.of("line comes", "line goes", "line goes", "minutes pass", "checkpoints", "conference")
                .get(what);
    }

    /** Somebody comes to or goes from the conference of some briefing; or Prosody falls silent, or is back. */
    private void conference(UUID endpoint) {
        prosody.refuses(random.nextInt(4) == 0);
        var ids = commands.briefings();
        if (ids.isEmpty()) return;
        var briefing = ids.get(random.nextInt(ids.size()));
        var end = random.nextBoolean() ? "joined" : "left";
        String room;
        try {
            room = world.node.rooms().briefings().get(briefing).videoName();
        } catch (Refusal gone) {
            return;
        }
        var call = Captures.of("R1", "/api/events/occupant/" + end).getFirst();
        var said = call.body().contains("\"bridge-37\"") ? "bridge-37" : "moh";
        new Caller(world.base).say(call.with("ok-phong1", room).with("\"" + said + "\"", "\"" + endpoint + "\""));
    }

    private static String tail(List<String> log) {
        return log.subList(Math.max(0, log.size() - 12), log.size()).toString();
    }
}

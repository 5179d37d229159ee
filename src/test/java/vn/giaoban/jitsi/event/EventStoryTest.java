package vn.giaoban.jitsi.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.jitsi.standin.Caller;
import vn.giaoban.jitsi.standin.Captures;
import vn.giaoban.jitsi.standin.Captures.Theirs;
import vn.giaoban.story.Someone;
import vn.giaoban.story.World;

/** Jitsi tells who came and went, as it really does: who was at the briefing is right all the same. */
@Timeout(120)
class EventStoryTest {
    private static World world;
    private static Someone organizer;
    private static Caller prosody;

    @BeforeAll
    static void start() {
        world = World.with(Map.of(
                "GIAOBAN_JITSI_DOMAIN", "meet.example.vn",
                "GIAOBAN_JITSI_SECRET", "a-secret-of-the-test-with-32-bytes",
                "GIAOBAN_JITSI_EVENTS_SECRET", Caller.EVENT_SECRET));
        organizer = world.organizer();
        prosody = new Caller(world.base);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String room(UUID briefing) {
        return world.node.rooms().briefings().get(briefing).videoName();
    }

    /** The events of the captured meeting, about this room and site, at hours of now. */
    private static List<Theirs> meeting(String room, UUID site) {
        long shift = world.clock.instant().getEpochSecond() - 1795289822;
        return Captures.of("R1", "/api/events/").stream()
                .map(call -> {
                    var about = call.with("ok-phong1", room).with("bridge-37", site.toString());
                    for (long second = 1795289822; second <= 1795289824; second++)
                        about = about.with("" + second, "" + (second + shift) + "s")
                                .with((second + shift) + "s", "" + (second + shift));
                    return about;
                })
                .toList();
    }

    private static Theirs event(List<Theirs> all, String end, int number) {
        return all.stream().filter(call -> call.path().endsWith(end)).toList().get(number);
    }

    private static void told(Theirs call, int status) {
        var said = prosody.say(call);
        assertEquals(status, said.status(), said.body());
        assertEquals("{}", said.body());
    }

    @Test
    void aSiteIsSeenByTheConferenceAlone() {
        var site = world.newEndpoint("Cao Bằng");
        var id = world.live(organizer, "BRIEFING", List.of(), List.of(site.id()));
        var page = organizer.follow("briefing/" + id).seesFrame("snapshot");
        var events = meeting(room(id), site.id());
        told(event(events, "room/created", 0), 200);
        told(event(events, "occupant/joined", 1), 200);
        var at = "endpoints." + site.id();
        page.until("in the conference", p -> p.at(at + ".video.participants.0") != null);
        assertEquals("5e883116", page.at(at + ".video.participants.0"));
        assertEquals("CONNECTED", page.at(at + ".state"));
        world.drawsTheSame(page, "briefing/" + id, "staff");
        told(event(events, "occupant/left", 0), 200);
        page.until("out of it", p -> p.at(at + ".video") == null);
        told(event(events, "room/destroyed", 0), 200);
        world.drawsTheSame(page, "briefing/" + id, "staff");
        var reply = organizer.get("/api/briefings/" + id + "/attendance").expect(200);
        assertEquals("jitsi", reply.get("sites.0.intervals.0.source"));
        assertNull(reply.get("sites.0.intervals.0.toUncertain"));
        assertEquals(true, reply.get("sites.0.attended"));
        page.close();
    }

    @Test
    void bothSourcesCountAndTheSameTimeOnce() {
        var site = world.newEndpoint("Lạng Sơn");
        var id = world.live(organizer, "BRIEFING", List.of(), List.of(site.id()));
        var at = "/api/briefings/" + id;
        organizer.post(at + "/endpoints/" + site.id() + "/join").expect(200);
        var events = meeting(room(id), site.id());
        told(event(events, "occupant/joined", 1), 200);
        organizer.until(
                at + "/attendance", r -> sources(r.get("sites.0.intervals")).equals(List.of("jitsi", "page")));
        told(event(events, "occupant/left", 0), 200);
        organizer.post(at + "/close").expect(200);
        var frozen = organizer.get(at + "/attendance").expect(200);
        assertEquals(true, frozen.get("frozen"));
        assertEquals(List.of("jitsi", "page"), sources(frozen.get("sites.0.intervals")));
    }

    private static List<String> sources(Object intervals) {
        return ((List<?>) intervals)
                .stream()
                        .map(one -> (String) ((Map<?, ?>) one).get("source"))
                        .sorted()
                        .toList();
    }

    @Test
    void theMomentOfClosingStillHearsWhatCameLast() {
        var site = world.newEndpoint("Hà Giang");
        var id = world.live(organizer, "BRIEFING", List.of(), List.of(site.id()));
        told(event(meeting(room(id), site.id()), "occupant/joined", 1), 200);
        organizer.post("/api/briefings/" + id + "/close").expect(200);
        var frozen = organizer.get("/api/briefings/" + id + "/attendance").expect(200);
        assertEquals("jitsi", frozen.get("sites.0.intervals.0.source"));
        assertTrue(frozen.get("sites.0.intervals.0.to") != null);
    }

    /** Nobody told of it while the briefing ran; the list of the destroyed room does, when the attendance list is closed. */
    @Test
    void whatTheRoomTellsAfterTheFreezeCorrectsBesideTheList() {
        var late = world.newEndpoint("Quản Bạ");
        var known = world.newEndpoint("Yên Minh");
        var id = world.live(organizer, "BRIEFING", List.of(), List.of(late.id(), known.id()));
        var at = "/api/briefings/" + id;
        organizer.post(at + "/endpoints/" + known.id() + "/join").expect(200);
        var events = meeting(room(id), late.id());
        told(event(events, "room/created", 0), 200);
        world.clock.forward(Duration.ofMinutes(5));
        organizer.post(at + "/close").expect(200);
        var frozen = organizer.get(at + "/attendance").expect(200);
        assertEquals(false, site(frozen, "sites", late.id()).get("attended"));
        assertNull(frozen.get("corrections"));
        var destroyed = event(events, "room/destroyed", 0);
        for (int i = 0; i < 2; i++) told(destroyed, 200);
        var corrected = organizer.until(at + "/attendance", r -> r.get("corrections") != null);
        var correction = site(corrected, "corrections", late.id());
        assertEquals(1, ((List<?>) corrected.get("corrections")).size(), "of the other nothing new is known");
        assertEquals(true, correction.get("attended"));
        assertEquals(List.of("jitsi"), sources(correction.get("intervals")));
        for (var part : List.of("hash", "frozenAt", "sites", "totals"))
            assertEquals(frozen.get(part), corrected.get(part), part + " stays");
        for (var language : Map.of(
                        "vi", "Đính chính sau khi chốt danh sách", "en", "Corrected after the list was frozen")
                .entrySet()) {
            var csv = organizer
                    .call("GET", at + "/attendance.csv", null, Map.of("Accept-Language", language.getKey()))
                    .expect(200)
                    .text();
            var line =
                    csv.lines().filter(one -> one.contains(language.getValue())).toList();
            assertEquals(1, line.size(), csv);
            assertTrue(line.getFirst().contains("Quản Bạ"), csv);
        }
        assertEquals(
                1,
                ((List<?>) organizer.get(at + "/journal").expect(200).get("items"))
                        .stream()
                                .filter(one -> ((Map<?, ?>) one).get("verb").equals("bridge.corrected"))
                                .count(),
                "told twice, written down once");
    }

    private static Map<?, ?> site(vn.giaoban.story.Reply reply, String list, UUID site) {
        return ((List<?>) reply.get(list))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> one.get("endpoint").equals(site.toString()))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void roomsThatNobodyHereMadeAreTakenNoteOfAndNoMore() {
        for (var one : Captures.all())
            for (var call : one.theirs()) if (call.path().startsWith("/api/events/")) told(call, 202);
    }

    @Test
    void whatIsNoEventIsRefusedAndNothingBreaks() {
        var site = world.newEndpoint("Sơn La");
        var id = world.live(organizer, "BRIEFING", List.of(), List.of(site.id()));
        var good = event(meeting(room(id), site.id()), "occupant/joined", 1);
        for (var bad : List.of(
                good.with("muc-occupant-joined", "muc-occupant-left"),
                good.with("\"joined_at\":", "\"joined_at\":-"),
                good.with("\"joined_at\":", "\"joined_at\":1e30,\"x\":"),
                good.with("\"occupant\":", "\"occupent\":"),
                good.with("room_name", "room"),
                good.with("\"occupant_jid\":\"5e", "\"occupant_jid\":\"\\u00005e"),
                good.with("{", "["),
                good.with("is_breakout\":false", "is_breakout\":true"),
                good.with(good.body(), "{}"),
                good.with(good.body(), ""))) assertEquals(400, prosody.say(bad).status(), bad.body());
        assertEquals(
                401, prosody.say(good, List.of("Host: x", "Connection: close")).status());
        assertEquals(
                200, prosody.say(good.with("SYT Nghệ An", "\\u0000\\uD800 Tên")).status());
    }

    /** 20,000 events of real meetings: each three times, shuffled, one in ten lost. */
    @Test
    void twentyThousandEventsComeToTheTruth() throws Exception {
        var random = new Random(7);
        var sites = new ArrayList<Endpoint>();
        for (int i = 0; i < 60; i++) sites.add(world.newEndpoint("Điểm cầu"));
        var id = world.live(
                organizer,
                "BRIEFING",
                List.of(),
                sites.stream().map(Endpoint::id).toList());
        var room = room(id);
        long from = world.clock.instant().getEpochSecond() - 7_200;
        var like = Captures.of("R1", "/api/events/");
        var truth = new TreeMap<UUID, TreeSet<String>>();
        var listed = new ArrayList<String>();
        var events = new ArrayList<Theirs>();
        for (int i = 0; events.size() < 7_600; i++) {
            var site = sites.get(random.nextInt(sites.size())).id();
            long in = from + random.nextInt(7_000), out = in + 1 + random.nextInt(150);
            var jid = String.format("%08x-694a-4bf6-acd0-19a32cfbc2a4@meet.jitsi/m%d", i, i);
            for (var end : List.of("occupant/joined", "occupant/left")) {
                var call = event(like, end, end.endsWith("joined") ? 1 : 0)
                        .with("ok-phong1", room)
                        .with("bridge-37", site.toString())
                        .with("5e883116-e238-4bf6-acd0-19a32cfbc2a4@meet.jitsi/mNF7nk1m_9u6", jid)
                        .with("\"joined_at\":1795289822", "\"joined_at\":" + in)
                        .with("\"left_at\":1795289823", "\"left_at\":" + out);
                events.add(call);
            }
            truth.computeIfAbsent(site, one -> new TreeSet<>()).add(String.format("%06d %06d", in - from, out - from));
            listed.add(events.getLast().body().replaceAll(".*\"occupant\":(\\{[^}]*}).*", "$1"));
        }
        var destroyed = event(like, "room/destroyed", 0).with("ok-phong1", room);
        var body = destroyed
                .body()
                .replaceAll("\"all_occupants\":\\[.*?]", "\"all_occupants\":[" + String.join(",", listed) + "]")
                .replace("\"created_at\":1795289822", "\"created_at\":" + (from - 1))
                .replace("\"destroyed_at\":1795289824", "\"destroyed_at\":" + (from + 7_200));
        var calls = new ArrayList<Theirs>();
        for (var call : events) if (random.nextInt(10) > 0) for (int i = 0; i < 3; i++) calls.add(call);
        calls.add(event(like, "room/created", 0).with("ok-phong1", room));
        Collections.shuffle(calls, random);
        int told = calls.size();
        var statuses = new ConcurrentHashMap<Integer, AtomicInteger>();
        long began = System.nanoTime();
        try (var pool = Executors.newFixedThreadPool(16)) {
            var all = new ArrayList<Callable<Void>>();
            for (var call : calls)
                all.add(() -> {
                    statuses.computeIfAbsent(prosody.say(call).status(), s -> new AtomicInteger())
                            .incrementAndGet();
                    return null;
                });
            pool.invokeAll(all);
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        assertEquals(List.of(200), List.copyOf(statuses.keySet()));
        assertTrue(told > 20_000, "told " + told);
        told(destroyed.with(destroyed.body(), body), 200);
        var wanted = new TreeMap<UUID, String>();
        truth.forEach((site, spans) -> wanted.put(site, String.join("|", merged(spans))));
        var at = "/api/briefings/" + id + "/attendance";
        organizer.until(at, r -> known(r.get("sites"), from).equals(wanted));
        assertTrue(took.compareTo(Duration.ofSeconds(90)) < 0, "took " + took);
        assertFalse(wanted.isEmpty());
    }

    /** Overlapping and touching visits are one. */
    private static List<String> merged(TreeSet<String> spans) {
        var out = new ArrayList<long[]>();
        for (var span : spans) {
            long in = Long.parseLong(span.split(" ")[0]), till = Long.parseLong(span.split(" ")[1]);
            if (out.isEmpty() || out.getLast()[1] < in) out.add(new long[] {in, till});
            else out.getLast()[1] = Math.max(out.getLast()[1], till);
        }
        return out.stream().map(span -> span[0] + "-" + span[1]).toList();
    }

    private static Map<UUID, String> known(Object sites, long from) {
        var all = new TreeMap<UUID, String>();
        for (var one : (List<?>) sites) {
            var site = (Map<?, ?>) one;
            var spans = new ArrayList<String>();
            for (var interval : (List<?>) site.get("intervals")) {
                var span = (Map<?, ?>) interval;
                if (span.containsKey("fromUncertain") || span.containsKey("toUncertain") || span.get("to") == null)
                    spans.add("?");
                else
                    spans.add((Instant.parse((String) span.get("from")).getEpochSecond() - from) + "-"
                            + (Instant.parse((String) span.get("to")).getEpochSecond() - from));
            }
            if (!spans.isEmpty()) all.put(UUID.fromString((String) site.get("endpoint")), String.join("|", spans));
        }
        return all;
    }
}

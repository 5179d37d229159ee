package vn.giaoban.bridge.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.jitsi.standin.Caller;
import vn.giaoban.jitsi.standin.Captures;
import vn.giaoban.jitsi.standin.Checks;
import vn.giaoban.jitsi.standin.Listener;
import vn.giaoban.story.Page;
import vn.giaoban.story.Someone;
import vn.giaoban.story.World;

/** What a server can command of a conference, and what it does where the conference does not answer. */
@Timeout(60)
class ConferenceStoryTest {
    private static final String JID = "5e883116-e238-4bf6-acd0-19a32cfbc2a4@meet.jitsi/mNF7nk1m_9u6";

    private World world;
    private Listener prosody;
    private Checks keys;
    private Someone organizer;
    private UUID site;
    private UUID briefing;
    private String room;
    private Page page;

    @BeforeEach
    void start() {
        keys = new Checks("system");
        prosody = new Listener(keys::holds);
        world = World.with(Map.of(
                "GIAOBAN_JITSI_DOMAIN", "meet.example.vn",
                "GIAOBAN_JITSI_SECRET", "a-secret-of-the-test-with-32-bytes",
                "GIAOBAN_JITSI_EVENTS_SECRET", Caller.EVENT_SECRET,
                "GIAOBAN_JITSI_PROSODY_LOOKSECONDS", "1",
                "GIAOBAN_JITSI_PROSODY_URL", prosody.url()));
        keys.at(world.base, world.clock);
        organizer = world.organizer();
        site = world.newEndpoint("Nghệ An").id();
        briefing = world.live(organizer, "BRIEFING", List.of(), List.of(site));
        room = world.node.rooms().briefings().get(briefing).videoName();
        page = organizer.follow("briefing/" + briefing).seesFrame("snapshot");
    }

    @AfterEach
    void stop() {
        page.close();
        world.close();
        prosody.close(); // red where we asked what was never heard
    }

    private void joins() {
        prosody.enters(room, JID, "Nghệ An");
        tell("joined");
        page.sees("endpoints." + site + ".video.participants.0", "5e883116");
    }

    private void tell(String what) {
        long now = world.clock.instant().getEpochSecond();
        var call = Captures.of("R1", "/api/events/occupant/" + what).stream()
                .filter(one -> one.body().contains("bridge-37"))
                .findFirst()
                .orElseThrow()
                .with("ok-phong1", room)
                .with("bridge-37", site.toString())
                .with("\"joined_at\":1795289822", "\"joined_at\":" + (now - 20))
                .with("\"left_at\":1795289823", "\"left_at\":" + now);
        assertEquals(200, new Caller(world.base).say(call).status());
    }

    private String path(String end) {
        return "/api/briefings/" + briefing + end;
    }

    private List<Listener.Asked> asked(String path) {
        return prosody.asked().stream().filter(one -> one.path().equals(path)).toList();
    }

    @Test
    void aClosedBriefingEndsItsMeeting() {
        joins();
        organizer.post(path("/close")).expect(200);
        organizer.until(path("/journal"), r -> r.text().contains("video.ended"));
        assertEquals(1, asked("/end-meeting").size());
        assertEquals(
                "/end-meeting?conference=" + room + "@muc.meet.jitsi",
                asked("/end-meeting").getFirst().target());
        assertEquals(java.util.Set.of(), prosody.rooms());
        world.drawsTheSame(page, "briefing/" + briefing, "staff");
    }

    @Test
    void whoRunsItPutsASiteOutAndSendsItALine() {
        organizer.post(path("/video/kick"), Fields.of("endpoint", site)).expect(409);
        joins();
        organizer
                .post(path("/video/message"), Fields.of("endpoint", site).and("text", "Đề nghị chuẩn bị phát biểu"))
                .expect(204);
        var message = asked("/send-system-chat-message").getFirst();
        assertTrue(message.body().contains("Đề nghị chuẩn bị phát biểu")
                && message.body().contains(JID));
        organizer.post(path("/video/kick"), Fields.of("endpoint", site)).expect(204);
        assertEquals(
                "{\"participantId\":\"5e883116\"}",
                asked("/kick-participant").getFirst().body());
        var there = organizer.get(path("/video")).expect(200);
        assertEquals(site.toString(), there.get("participants.0.endpoint"));
        // Nobody tells that it left, but the next look shows it.
        world.clock.forward(Duration.ofSeconds(30));
        page.until("gone", p -> p.at("endpoints." + site + ".video") == null);
        var interval = organizer.get(path("/attendance")).expect(200);
        assertEquals(true, interval.get("sites.0.intervals.0.toUncertain"));
        organizer.post(path("/video/kick"), Fields.of("endpoint", site)).expect(409);
        organizer
                .post(path("/video/kick"), Fields.of("endpoint", site).and("participant", "5e883116"))
                .expect(422);
        organizer.post(path("/video/kick"), Map.of()).expect(422);
    }

    @Test
    void aLostEventShowsAtTheNextLook() {
        prosody.enters(room, JID, world.node.rooms().directory().endpoint(site).name());
        world.clock.forward(Duration.ofSeconds(2));
        page.sees("endpoints." + site + ".video.uncertain", true);
        tell("left");
        page.until("told that it left", p -> p.at("endpoints." + site + ".video") == null);
    }

    /** Three rooms with lists of more than we take: whichever is asked first, the small one is seen. */
    @Test
    void aRoomThatIsTooFullForItsListHidesNoOther() {
        var crowd = new ArrayList<UUID>();
        for (int n = 0; n < 3; n++) {
            var id = world.live(
                    organizer,
                    "BRIEFING",
                    List.of(),
                    List.of(world.newEndpoint("Nam").id()));
            crowd.add(id);
            var full = world.node.rooms().briefings().get(id).videoName();
            for (int i = 0; i < 600; i++)
                prosody.enters(full, JID.replace("5e883116", String.format("%08x", i)), "Đại biểu " + i);
        }
        prosody.enters(room, JID, world.node.rooms().directory().endpoint(site).name());
        world.clock.forward(Duration.ofSeconds(2));
        page.sees("endpoints." + site + ".video.uncertain", true);
        // And it is no reason to take Prosody for silent.
        for (int i = 0; i < 4; i++) {
            int before = asked("/room").size();
            world.clock.forward(Duration.ofSeconds(2));
            while (asked("/room").size() < before + crowd.size() + 1) Thread.onSpinWait();
        }
        organizer
                .post(path("/video/kick"), Fields.of("participant", "5e883116"))
                .expect(204);
    }

    @Test
    void whileProsodyIsSilentStaffAreToldAndNothingElseWaits() {
        joins();
        prosody.refuses(true);
        organizer.post(path("/video/kick"), Fields.of("endpoint", site)).expect(503);
        long began = System.nanoTime();
        organizer.post(path("/close")).expect(200);
        assertTrue(System.nanoTime() - began < 2_000_000_000L, "closing does not wait for Prosody");
        page.until("video: waiting", p -> p.at("conference.ending.why") != null);
        world.drawsTheSame(page, "briefing/" + briefing, "staff");
        for (int i = 0; i < 3; i++) world.clock.forward(Duration.ofSeconds(70));
        prosody.refuses(false);
        for (int i = 0; i < 100 && !prosody.rooms().isEmpty(); i++) {
            world.clock.forward(Duration.ofSeconds(5));
            LockSupport.parkNanos(200_000_000);
        }
        page.until("ended", p -> p.at("conference.ending") == null);
        world.drawsTheSame(page, "briefing/" + briefing, "staff");
        var all = asked("/end-meeting");
        assertEquals(1, all.size(), "an answer, and only one");
    }

    @Test
    void anEndThatIsNotTakenIsSaid() {
        joins();
        keys.refuseAll();
        organizer.post(path("/video/end")).expect(204);
        page.sees("conference.ending.why", "refused");
        organizer.post(path("/video/kick"), Fields.of("endpoint", site)).expect(503);
    }

    @Test
    void theNextTryComesLaterAndLater() {
        assertEquals(
                List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L),
                java.util.stream.IntStream.range(0, 8).mapToObj(Endings::pause).toList());
    }
}

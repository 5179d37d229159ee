package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import vn.giaoban.bench.fuzz.FrameFuzz;

/** Some thousand WebSocket frames, right and wrong: each breach gets its close code, and who sits beside it notices nothing. */
@Timeout(60)
class FrameFuzzTest {
    private static final long SEED = Long.getLong("seed", 20_261_121L);
    private static final int FRAMES = Integer.getInteger("frames", 2_500);

    private final World world = World.shared();
    private final Logger log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(logged);
    }

    @Test
    void everyBreachGetsItsCloseCodeAndNobodyElseNotices() throws Exception {
        var organizer = world.organizer();
        var id = world.live(organizer, "PRESS_CONFERENCE", List.of(World.item("Hỏi đáp", 5, "PUBLIC")), List.of());
        var beside = world.anybody().follow("briefing/" + id).sees("briefing.status", "LIVE");
        var target = new FrameFuzz.Target(URI.create(world.base).getPort(), "briefing/" + id, null);
        var fuzz = new FrameFuzz(target, SEED).run(FRAMES);
        assertEquals(List.of(), fuzz.failures(), () -> fuzz.failed() + " of " + fuzz.sockets() + " sockets");
        assertTrue(fuzz.endings().size() > 25, () -> "it reaches everywhere: " + fuzz.endings());
        organizer
                .create("/api/briefings/" + id + "/agenda", World.item("Sau cùng", 1, "PUBLIC"))
                .expect(201);
        beside.until("the item", page -> TwoNodesTest.titles(page).contains("Sau cùng"));
        assertEquals(1, beside.frames("snapshot").size());
        beside.close();
        assertEquals(
                List.of(),
                List.copyOf(logged.list).stream()
                        .filter(line -> line.getLevel().isGreaterOrEqual(Level.ERROR))
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList());
    }
}

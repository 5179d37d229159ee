package vn.giaoban.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import vn.giaoban.conf.Settings;

/** How many sockets there may be for one person, for one address and in all: exactly so many, whoever comes at once. */
class PlacesTest {
    private static Places places(int all, int perAddress, int perPerson) {
        return new Places(Settings.load(
                        Path.of("conf/giaoban.yaml"),
                        Map.of(
                                "GIAOBAN_LIVE_MAXSOCKETS", "" + all,
                                "GIAOBAN_LIVE_MAXSOCKETSPERADDRESS", "" + perAddress,
                                "GIAOBAN_LIVE_MAXSOCKETSPERPERSON", "" + perPerson))
                .live());
    }

    @Test
    void eachLimitIsReachedAndNotPassed() {
        var places = places(5, 4, 2);
        var first = places.take("here", "an");
        assertNotNull(first);
        assertNotNull(places.take("here", "an"));
        assertNull(places.take("here", "an"), "a third of one person");
        assertNull(places.take("there", "an"), "wherever he is");
        assertNotNull(places.take("here", null));
        assertNotNull(places.take("here", null), "nobody in particular has no limit of his own");
        assertNull(places.take("here", "binh"), "a fifth from one address");
        assertNotNull(places.take("there", "binh"));
        assertNull(places.take("elsewhere", "chi"), "a sixth in all");
        assertEquals(5, places.taken(), "who was refused holds nothing");
        first.free();
        assertNotNull(places.take("here", "an"), "what was refused was given back everywhere");
        assertNull(places.take("here", "an"));
        assertEquals(5, places.taken());
    }

    @Test
    void whoComesAtOnceGetsNoMoreAndWhatIsFreeIsAllFree() throws Exception {
        int many = 8;
        var places = places(60, 25, 9);
        var start = new CyclicBarrier(many);
        try (var threads = Executors.newFixedThreadPool(many)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int t = 0; t < many; t++) {
                var random = new Random(t);
                tasks.add(() -> {
                    start.await();
                    var mine = new ArrayList<Places.Place>();
                    for (int i = 0; i < 20_000; i++) {
                        var place = random.nextBoolean()
                                ? places.take(
                                        "a" + random.nextInt(4),
                                        random.nextInt(3) == 0 ? null : "p" + random.nextInt(9))
                                : null;
                        if (place != null) mine.add(place);
                        else if (!mine.isEmpty())
                            mine.remove(random.nextInt(mine.size())).free();
                    }
                    mine.forEach(Places.Place::free);
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks)) done.get();
        }
        assertEquals(0, places.taken());
        // As new: every limit is where it was.
        for (int i = 0; i < 9; i++) assertNotNull(places.take("a0", "p0"));
        assertNull(places.take("a1", "p0"));
        for (int i = 9; i < 25; i++) assertNotNull(places.take("a0", null));
        assertNull(places.take("a0", null));
    }

    @Test
    void whoStaysIsNeverOneTooMany() throws Exception {
        int many = 8;
        var places = places(40, 30, 7);
        var start = new CyclicBarrier(many);
        try (var threads = Executors.newFixedThreadPool(many)) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int t = 0; t < many; t++)
                tasks.add(() -> {
                    start.await();
                    int got = 0;
                    for (int i = 0; i < 2_000; i++) if (places.take("one", "an") != null) got++;
                    return got;
                });
            int got = 0;
            for (var done : threads.invokeAll(tasks)) got += done.get();
            assertEquals(7, got);
            assertEquals(7, places.taken());
            assertTrue(places.take("one", "binh") != null);
        }
    }
}

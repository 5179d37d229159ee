package vn.giaoban.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import vn.giaoban.conf.Settings;

/** How many sockets there may be, in all, for one person and for one address; and how many may come in a second. */
final class Places {
    private static final int MOST_SECONDS = 30;

    private final Settings.Live limits;
    private final Bucket handshakes;
    /** The moment for which the last one sent away was told to come back. */
    private final AtomicLong promised = new AtomicLong(System.nanoTime());

    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, AtomicInteger> perPerson = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> perAddress = new ConcurrentHashMap<>();

    Places(Settings.Live limits) {
        this.limits = limits;
        this.handshakes = new Bucket(limits.handshakesPerSecond(), System.nanoTime());
    }

    int taken() {
        return taken.get();
    }

    /** Whether one more may be looked at in this second. */
    boolean admits() {
        return handshakes.take(System.nanoTime());
    }

    /**
     * In how many seconds to come again, for one who was not looked at: after all whom we have sent away before, as many
     * in a second as we take, so that a crowd comes back as a queue and not as a crowd. Never less than one.
     */
    int turn() {
        long now = System.nanoTime();
        long each = 1_000_000_000L / limits.handshakesPerSecond();
        long mine = promised.accumulateAndGet(each, (last, more) -> (last - now < 0 ? now : last) + more);
        long ahead = (mine - now) / 1_000_000_000L;
        return (int) Math.min(MOST_SECONDS, 1 + ahead)
                + ThreadLocalRandom.current().nextInt(2);
    }

    /** One socket's place under the limits, to be freed once. {@code person}: null for nobody in particular. */
    final class Place {
        private final String address;
        private final String person;

        private Place(String address, String person) {
            this.address = address;
            this.person = person;
        }

        void free() {
            taken.decrementAndGet();
            give(perAddress, address);
            if (person != null) give(perPerson, person);
        }
    }

    /** Null: none is left. */
    Place take(String address, String person) {
        if (taken.incrementAndGet() > limits.maxSockets()) {
            taken.decrementAndGet();
            return null;
        }
        if (!take(perAddress, address, limits.maxSocketsPerAddress())) {
            taken.decrementAndGet();
            return null;
        }
        if (person != null && !take(perPerson, person, limits.maxSocketsPerPerson())) {
            taken.decrementAndGet();
            give(perAddress, address);
            return null;
        }
        return new Place(address, person);
    }

    private static boolean take(Map<String, AtomicInteger> counts, String name, int most) {
        var got = new boolean[1];
        counts.compute(name, (n, count) -> {
            var mine = count == null ? new AtomicInteger() : count;
            if (mine.get() < most) {
                mine.incrementAndGet();
                got[0] = true;
            }
            return mine;
        });
        return got[0];
    }

    private static void give(Map<String, AtomicInteger> counts, String name) {
        counts.computeIfPresent(name, (n, count) -> count.decrementAndGet() <= 0 ? null : count);
    }
}

package vn.giaoban.jitsi.dialin;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import vn.giaoban.conf.Settings;

/** Counts who looks up numbers in this minute: whoever tries them out comes to an end before he finds one. */
final class Tries {
    private static final int MOST_ADDRESSES = 10_000;

    private final Settings.Jitsi.DialIn limits;
    private final Clock clock;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private long minute;
    private int all;

    Tries(Settings.Jitsi.DialIn limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    synchronized boolean lets(String address) {
        long now = clock.millis() / 60_000;
        if (now != minute || byAddress.size() > MOST_ADDRESSES) {
            minute = now;
            all = 0;
            byAddress.clear();
        }
        return ++all <= limits.triesPerMinute()
                && byAddress.merge(address, 1, Integer::sum) <= limits.triesPerAddressAndMinute();
    }
}

package vn.giaoban.bridge.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** From when to when the technicians work. */
public record Hours(Instant from, Instant to) {

    /** The same time in stretches that do not touch, in order, and nothing after the deadline. */
    static List<Hours> joined(List<Hours> all, Instant deadline) {
        var joined = new ArrayList<Hours>();
        for (var one : all.stream().sorted(Comparator.comparing(Hours::from)).toList()) {
            var to = one.to().isAfter(deadline) ? deadline : one.to();
            if (!to.isAfter(one.from())) continue;
            var last = joined.isEmpty() ? null : joined.getLast();
            if (last == null || last.to().isBefore(one.from())) joined.add(new Hours(one.from(), to));
            else if (to.isAfter(last.to())) joined.set(joined.size() - 1, new Hours(last.from(), to));
        }
        return joined;
    }

    /** How many calls of so many minutes fit one after the other. */
    int fit(int minutes) {
        return (int) (length() / minutes);
    }

    /** What is left over after them. */
    int rest(int minutes) {
        return (int) (length() % minutes);
    }

    private long length() {
        return Duration.between(from, to).toMinutes();
    }
}

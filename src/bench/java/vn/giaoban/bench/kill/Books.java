package vn.giaoban.bench.kill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.giaoban.bench.client.Times;

/** What was acknowledged: of each item the newest number, and how the commands fared on their way. */
final class Books {
    final Times commands = new Times();
    private final Map<String, Map<String, Long>> byBriefing = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long acknowledged;
    private long unanswered;
    private long known;

    synchronized void acknowledged(String briefing, String item, long number) {
        byBriefing.computeIfAbsent(briefing, b -> new HashMap<>()).put(item, number);
        acknowledged++;
    }

    /** Nobody answered, or nobody could: it is pressed again, on another node. */
    synchronized void unanswered() {
        unanswered++;
    }

    /** Pressed again, it turned out to have been done. */
    synchronized void doneBefore() {
        known++;
    }

    synchronized void fault(String what) {
        faults.add(what);
    }

    synchronized Map<String, Long> of(String briefing) {
        return Map.copyOf(byBriefing.get(briefing));
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized long acknowledgedCount() {
        return acknowledged;
    }

    synchronized long unansweredCount() {
        return unanswered;
    }

    synchronized long doneBeforeCount() {
        return known;
    }
}

package vn.giaoban.attendance.rollcall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.http.Refusal;

/**
 * A roll call (điểm danh) as it stands: who is called now, who has answered, and who is called again in the next round.
 * Every verb names the site that it is meant for: what is pressed a moment too late marks that site, never the next.
 *
 * @param sites all sites, in the order of protocol
 * @param queue those of this round
 * @param place who of the queue is being called
 * @param calledAt since when; a pause begins the time anew
 */
public record RollCall(
        UUID id,
        UUID briefing,
        int n,
        int seconds,
        Status status,
        int round,
        List<UUID> sites,
        List<UUID> queue,
        int place,
        Instant calledAt,
        Instant startedAt,
        Instant endedAt,
        Map<UUID, Mark> marks) {

    public enum Status {
        CALLING,
        PAUSED,
        /** All of this round have been called and some are missing: they are called again when somebody says so. */
        ROUND_OVER,
        ENDED
    }

    public enum Result {
        PRESENT,
        NO_ANSWER,
        SKIPPED
    }

    /** What came of calling one site, when, and who says so; {@code by} is null where its time was up. */
    public record Mark(Result result, int round, Instant at, UUID by) {}

    /** What a site answered in one roll call, as the list of who was there tells it. */
    public record Answered(int n, Result result, int round, Instant at, String by) {
        public boolean present() {
            return result == Result.PRESENT;
        }
    }

    static RollCall begun(UUID briefing, int n, List<UUID> sites, int seconds, Instant now) {
        if (sites.isEmpty()) throw Refusal.state("nobody-to-call");
        return new RollCall(
                UUID.randomUUID(),
                briefing,
                n,
                seconds,
                Status.CALLING,
                1,
                List.copyOf(sites),
                List.copyOf(sites),
                0,
                now,
                now,
                null,
                Map.of());
    }

    /** Who is being called, or would be if there were no pause; null between the rounds and at the end. */
    public UUID current() {
        return status == Status.CALLING || status == Status.PAUSED ? queue.get(place) : null;
    }

    /** Who comes next in this round. */
    public List<UUID> next(int most) {
        return current() == null
                ? List.of()
                : queue.subList(Math.min(queue.size(), place + 1), Math.min(queue.size(), place + 1 + most));
    }

    /** Who has not answered "present", in the order of protocol. */
    public List<UUID> missing() {
        return sites.stream().filter(site -> !here(site)).toList();
    }

    public boolean here(UUID site) {
        var mark = marks.get(site);
        return mark != null && mark.result() == Result.PRESENT;
    }

    public boolean ended() {
        return status == Status.ENDED;
    }

    /** When the called site's time is up; null while nobody's runs. */
    public Instant until() {
        return status == Status.CALLING ? calledAt.plusSeconds(seconds) : null;
    }

    /** Whose time is up has not answered. Time passed long ago counts once: nobody is called while nobody looks. */
    RollCall at(Instant now) {
        return status == Status.CALLING && !now.isBefore(until())
                ? marked(current(), new Mark(Result.NO_ANSWER, round, until(), null))
                        .advanced(now)
                : this;
    }

    RollCall marked(UUID site, Result result, UUID by, Instant now) {
        demandRunning();
        if (!sites.contains(site)) throw Refusal.notFound();
        boolean called = site.equals(current());
        if (result == Result.SKIPPED && !called) throw Refusal.state("not-called");
        var after = marked(site, new Mark(result, round, now, by));
        return called ? after.advanced(now) : after;
    }

    /** To the one before in this round; what he was marked with stands until he is marked anew. */
    RollCall back(Instant now) {
        demandRunning();
        if (queue.isEmpty()) throw Refusal.state("not-called"); // whoever stood in it is no longer invited
        int to = status == Status.ROUND_OVER ? queue.size() - 1 : Math.max(0, place - 1);
        return with(Status.CALLING, round, queue, to, now);
    }

    RollCall paused(Instant now) {
        if (status != Status.CALLING) throw Refusal.state("not-called");
        return with(Status.PAUSED, round, queue, place, now);
    }

    /** Goes on after a pause with the whole time, or calls the missing ones again. */
    RollCall resumed(int mostRounds, Instant now) {
        if (status == Status.PAUSED) return with(Status.CALLING, round, queue, place, now);
        if (status != Status.ROUND_OVER) throw Refusal.state("not-called");
        if (round >= mostRounds) throw Refusal.state("too-many-rounds", Map.of("most", mostRounds));
        var missing = missing();
        return missing.isEmpty() ? stopped(now) : with(Status.CALLING, round + 1, missing, 0, now);
    }

    RollCall stopped(Instant now) {
        demandRunning();
        return new RollCall(
                id,
                briefing,
                n,
                seconds,
                Status.ENDED,
                round,
                sites,
                queue,
                Math.max(0, Math.min(place, queue.size() - 1)),
                calledAt,
                startedAt,
                now,
                marks);
    }

    /** A site is no longer invited: it is called no more, and was never missing. */
    RollCall without(UUID site, Instant now) {
        if (!sites.contains(site)) return this;
        boolean called = site.equals(current());
        int before = queue.indexOf(site);
        var marked = new HashMap<>(marks);
        marked.remove(site);
        var left = new RollCall(
                id,
                briefing,
                n,
                seconds,
                status,
                round,
                but(sites, site),
                but(queue, site),
                before >= 0 && before < place ? place - 1 : place,
                called ? now : calledAt,
                startedAt,
                endedAt,
                Map.copyOf(marked));
        return left.ended() || left.place < left.queue.size() ? left : left.roundOver(now);
    }

    private RollCall advanced(Instant now) {
        return place + 1 < queue.size()
                ? with(Status.CALLING, round, queue, place + 1, now)
                : with(status, round, queue, place + 1, now).roundOver(now);
    }

    private RollCall roundOver(Instant now) {
        return missing().isEmpty() ? stopped(now) : with(Status.ROUND_OVER, round, queue, queue.size(), now);
    }

    private RollCall marked(UUID site, Mark mark) {
        var after = new HashMap<>(marks);
        after.put(site, mark);
        return new RollCall(
                id,
                briefing,
                n,
                seconds,
                status,
                round,
                sites,
                queue,
                place,
                calledAt,
                startedAt,
                endedAt,
                Map.copyOf(after));
    }

    private RollCall with(Status next, int round, List<UUID> queue, int place, Instant calledAt) {
        return new RollCall(
                id, briefing, n, seconds, next, round, sites, queue, place, calledAt, startedAt, endedAt, marks);
    }

    private void demandRunning() {
        if (ended()) throw Refusal.state("roll-call-over");
    }

    private static List<UUID> but(List<UUID> of, UUID site) {
        var left = new ArrayList<>(of);
        left.remove(site);
        return List.copyOf(left);
    }
}

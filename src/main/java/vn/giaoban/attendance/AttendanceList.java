package vn.giaoban.attendance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import vn.giaoban.attendance.rollcall.RollCall;
import vn.giaoban.bridge.Interval;
import vn.giaoban.bridge.Invitation;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.directory.Endpoint;

/** Who was there, from when to when, counted out of invitations, intervals and delegates; pure. */
record AttendanceList(List<Site> sites) {
    /** One expected endpoint. It attended if its line ever stood, were it before the first word, or if it answered a roll call. */
    record Site(
            UUID endpoint,
            String name,
            Instant joinedAt,
            Instant leftAt,
            int losses,
            Duration present,
            List<Interval> intervals,
            List<Delegate> delegates,
            List<RollCall.Answered> answered) {
        boolean attended() {
            return !intervals.isEmpty() || answered.stream().anyMatch(RollCall.Answered::present);
        }
    }

    /** A stretch of time with both ends. */
    record Span(Instant from, Instant to) {}

    /** Sites in the order given, which is that of protocol. */
    static AttendanceList of(
            Briefing briefing,
            Collection<Endpoint> endpoints,
            List<Invitation> invitations,
            List<Interval> intervals,
            List<Delegate> delegates,
            Map<UUID, List<RollCall.Answered>> answered,
            Instant now) {
        var end = briefing.closedAt() == null ? now : briefing.closedAt();
        var start = briefing.startedAt() == null ? briefing.openedAt() : briefing.startedAt();
        var invited = invitations.stream().collect(Collectors.toMap(Invitation::endpoint, i -> i));
        var stood = intervals.stream().collect(Collectors.groupingBy(Interval::endpoint));
        var seated = delegates.stream().collect(Collectors.groupingBy(Delegate::endpoint));
        var sites = new ArrayList<Site>();
        for (var endpoint : endpoints) {
            var invitation = invited.get(endpoint.id());
            var lines = stood.getOrDefault(endpoint.id(), List.of());
            sites.add(new Site(
                    endpoint.id(),
                    endpoint.name(),
                    invitation.joinedAt(),
                    invitation.leftAt(),
                    invitation.losses(),
                    start == null ? Duration.ZERO : present(lines, start, end),
                    briefing.closedAt() == null ? lines : ended(lines, end),
                    within(briefing, seated.getOrDefault(endpoint.id(), List.of())),
                    answered.getOrDefault(endpoint.id(), List.of())));
        }
        return new AttendanceList(List.copyOf(sites));
    }

    /** The time in which at least one line stood between the two instants, counted once. */
    static Duration present(List<Interval> intervals, Instant start, Instant end) {
        return merged(intervals, start, end).stream()
                .map(span -> Duration.between(span.from(), span.to()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Intervals of whatever source, cut to the window; what touches or overlaps becomes one. */
    static List<Span> merged(List<Interval> intervals, Instant start, Instant end) {
        var spans = intervals.stream()
                .map(i -> new Span(later(i.from(), start), i.to() == null ? end : earlier(i.to(), end)))
                .filter(span -> span.from().isBefore(span.to()))
                .sorted(Comparator.comparing(Span::from))
                .toList();
        var merged = new ArrayList<Span>();
        for (var span : spans) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || last.to().isBefore(span.from())) merged.add(span);
            else merged.set(merged.size() - 1, new Span(last.from(), later(last.to(), span.to())));
        }
        return merged;
    }

    private static List<Interval> ended(List<Interval> intervals, Instant end) {
        return intervals.stream().map(i -> i.until(end)).toList();
    }

    /** Nobody was there before the doors opened, nor after they closed. Who was only registered has no hours. */
    private static List<Delegate> within(Briefing briefing, List<Delegate> delegates) {
        return delegates.stream()
                .map(d -> new Delegate(
                        d.id(),
                        d.briefing(),
                        d.endpoint(),
                        d.name(),
                        d.title(),
                        d.registeredAt(),
                        !d.came() || briefing.openedAt() == null ? d.from() : later(d.from(), briefing.openedAt()),
                        d.came() && d.to() == null ? briefing.closedAt() : d.to()))
                .toList();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    long attended() {
        return sites.stream().filter(Site::attended).count();
    }

    int delegates() {
        return count(Delegate::came);
    }

    /** Named beforehand, come or not. */
    int registered() {
        return count(Delegate::registered);
    }

    private int count(Predicate<Delegate> which) {
        return (int) sites.stream()
                .flatMap(site -> site.delegates().stream())
                .filter(which)
                .count();
    }
}

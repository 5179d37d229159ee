package vn.giaoban.briefing;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Audience;

/** What organizers write down of a briefing. */
public record Plan(
        Kind kind,
        String title,
        String titleEn,
        Audience visibility,
        String zone,
        Instant start,
        Instant end,
        UUID chair,
        UUID secretary,
        UUID operator,
        UUID hub,
        UUID room,
        int expectedDelegates) {
    private static final Duration LONGEST = Duration.ofDays(7);

    public Plan at(Instant newStart, Instant newEnd) {
        return new Plan(
                kind,
                title,
                titleEn,
                visibility,
                zone,
                newStart,
                newEnd,
                chair,
                secretary,
                operator,
                hub,
                room,
                expectedDelegates);
    }

    public Plan titled(String newTitle) {
        return new Plan(
                kind,
                newTitle,
                titleEn,
                visibility,
                zone,
                start,
                end,
                chair,
                secretary,
                operator,
                hub,
                room,
                expectedDelegates);
    }

    public Duration length() {
        return Duration.between(start, end);
    }

    boolean sameHours(Plan other) {
        return start.equals(other.start) && end.equals(other.end);
    }

    /** Hours that can be meant, seen from now. */
    void check(Instant now, Duration farthest) {
        checkLength();
        if (start.isBefore(now)) throw Refusal.field("/plannedStart", "past");
        if (start.isAfter(now.plus(farthest))) throw Refusal.field("/plannedStart", "too-far");
    }

    void checkLength() {
        if (!end.isAfter(start)) throw Refusal.field("/plannedEnd", "before-start");
        if (length().compareTo(LONGEST) > 0) throw Refusal.field("/plannedEnd", "too-far-apart");
    }
}

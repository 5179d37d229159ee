package vn.giaoban.bridge.reply;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Status;
import vn.giaoban.http.Refusal;

/**
 * What a site answers to its invitation (trả lời giấy mời). It may answer again until the briefing starts; the last
 * word counts, the journal keeps all of them.
 *
 * @param start the planned hour that was answered to: of a briefing that is moved later, it tells that the answer is older
 * @param substitute who comes in another's place, or null
 */
public record Reply(
        UUID briefing,
        UUID endpoint,
        Answer answer,
        String reason,
        Instant at,
        UUID by,
        boolean late,
        Instant start,
        Substitute substitute) {

    public enum Answer {
        CONFIRMED,
        DECLINED
    }

    public enum Consent {
        ASKED,
        ACCEPTED,
        REFUSED
    }

    /** Substitutes come only with the consent of the chair, or of who organizes for him. */
    public record Substitute(
            String name, String title, String instead, Consent consent, String note, Instant decidedAt) {
        static Substitute named(String name, String title, String instead) {
            return new Substitute(name, title, instead, Consent.ASKED, "", null);
        }

        boolean samePerson(Substitute other) {
            return other != null
                    && name.equals(other.name)
                    && title.equals(other.title)
                    && instead.equals(other.instead);
        }

        Substitute decided(Consent decision, String note, Instant now) {
            return new Substitute(name, title, instead, decision, note, now);
        }
    }

    /** The next answer after {@code before} (or the first, where that is null). */
    static Reply given(
            Briefing briefing,
            UUID endpoint,
            Reply before,
            Answer answer,
            String reason,
            Substitute substitute,
            Instant deadline,
            UUID by,
            Instant now) {
        open(briefing);
        if (answer == Answer.DECLINED && reason.isEmpty()) throw Refusal.field("/reason", "required");
        if (answer == Answer.DECLINED && substitute != null) throw Refusal.field("/substitute", "substitute-of-nobody");
        // Naming the same person once more asks nobody a second time.
        var kept = substitute != null && before != null && substitute.samePerson(before.substitute)
                ? before.substitute
                : substitute;
        boolean late = deadline != null && now.isAfter(deadline);
        return new Reply(
                briefing.id(),
                endpoint,
                answer,
                reason,
                now,
                by,
                late,
                briefing.plan().start(),
                kept);
    }

    Reply decided(Briefing briefing, Consent decision, String note, Instant now) {
        open(briefing);
        if (substitute == null) throw Refusal.state("no-substitute");
        if (decision == Consent.REFUSED && note.isEmpty()) throw Refusal.field("/reason", "required");
        return new Reply(
                this.briefing, endpoint, answer, reason, at, by, late, start, substitute.decided(decision, note, now));
    }

    /** Answers are taken from the day it is made known until it starts. */
    static void open(Briefing briefing) {
        var status = briefing.status();
        if (status != Status.SCHEDULED && status != Status.POSTPONED && status != Status.OPEN)
            throw Refusal.state("reply-closed", Map.of("status", status.name()));
    }

    /** A deadline lies before the briefing; null takes it away. */
    static Instant deadline(Briefing briefing, Instant by) {
        if (briefing.status().over() || briefing.status() == Status.LIVE)
            throw Refusal.state(
                    "reply-closed", Map.of("status", briefing.status().name()));
        if (by != null && !by.isBefore(briefing.plan().start())) throw Refusal.field("/replyBy", "after-start");
        return by;
    }
}

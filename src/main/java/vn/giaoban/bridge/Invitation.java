package vn.giaoban.bridge;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.briefing.Status;
import vn.giaoban.http.Refusal;

/**
 * An endpoint (điểm cầu) that is expected at a briefing: the facts of it, and the one rule that makes a state of them.
 * {@code weakAt}: since when its line is weak, null while it is not; {@code text}: the short line that it is shown.
 */
public record Invitation(
        UUID briefing,
        UUID endpoint,
        Instant joinedAt,
        Instant leftAt,
        SiteLine line,
        Instant weakAt,
        Phone phone,
        boolean inSupport,
        Check lastCheck,
        int losses,
        String text,
        Instant textAt) {

    public enum State {
        EXPECTED,
        CHECKED,
        CONNECTED,
        WEAK,
        LOST,
        ON_PHONE,
        IN_SUPPORT;

        /** Whoever runs the briefing can reach it now. */
        public boolean present() {
            return switch (this) {
                case CONNECTED, WEAK, ON_PHONE, IN_SUPPORT -> true;
                case EXPECTED, CHECKED, LOST -> false;
            };
        }
    }

    /** Reached by telephone, at this number ("" where nobody wrote it down), since then. */
    public record Phone(String number, Instant at) {}

    public enum Check {
        NONE,
        GOOD,
        BAD
    }

    static Invitation of(UUID briefing, UUID endpoint) {
        return new Invitation(
                briefing, endpoint, null, null, SiteLine.NONE, null, null, false, Check.NONE, 0, "", null);
    }

    /** Has taken its place and not left it; whether its line stands is another question. */
    public boolean taken() {
        return joinedAt != null && leftAt == null;
    }

    /**
     * Of several that hold the first counts: on the phone (it is reached whatever the line does), lost (a technician
     * who has it aside must see that too), in support, not there (checked where its last check was good), weak.
     */
    public State state() {
        if (phone != null) return State.ON_PHONE;
        if (taken() && line.lost()) return State.LOST;
        if (inSupport) return State.IN_SUPPORT;
        if (!taken()) return lastCheck == Check.GOOD ? State.CHECKED : State.EXPECTED;
        return weakAt != null ? State.WEAK : State.CONNECTED;
    }

    Invitation joined(Status briefing, Instant now) {
        if (!briefing.doorsOpen()) throw Refusal.state("doors-closed", Map.of("status", briefing.name()));
        return at(joinedAt == null ? now : joinedAt, null, line.byPage());
    }

    Invitation left(Instant now) {
        if (!taken()) throw Refusal.state("not-joined");
        return gone(now);
    }

    private Invitation gone(Instant now) {
        return at(joinedAt, now, SiteLine.NONE).with(null, phone, inSupport, lastCheck);
    }

    /** Its page is back. */
    Invitation found() {
        return at(joinedAt, leftAt, line.byPage());
    }

    /** Its page is gone. */
    Invitation lost(Instant now) {
        var after = at(joinedAt, leftAt, line.lost(now)).with(null, phone, inSupport, lastCheck);
        return after.losses(losses + 1);
    }

    /** The conference says that it stands there, and has since then. A site that never had a page so takes its place. */
    Invitation inVideo(Status briefing, Instant since, Instant now) {
        if (!briefing.doorsOpen() || leftAt != null && !since.isAfter(leftAt)) return this;
        var after = line.inVideo(since, now);
        return after.equals(line) && taken() ? this : at(joinedAt == null ? since : joinedAt, null, after);
    }

    /** The conference says that it stands there no longer. Where a page carries the line, that is the page's to say. */
    Invitation outOfVideo(Status briefing, Instant at) {
        if (!line.video()) return this;
        if (line.page() || !taken()) return at(joinedAt, leftAt, line.outOfVideo());
        // Before the first word a room system that hangs up has only been tried.
        return briefing == Status.LIVE ? lost(at) : gone(at);
    }

    Invitation checked(boolean good) {
        return with(weakAt, phone, inSupport, good ? Check.GOOD : Check.BAD);
    }

    public Invitation weak(boolean is, Instant now) {
        if (!is || !taken() || line.lost()) return with(null, phone, inSupport, lastCheck);
        return with(weakAt == null ? now : weakAt, phone, inSupport, lastCheck);
    }

    boolean onPhone() {
        return phone != null;
    }

    /** Null: no longer on the phone. */
    Invitation phone(Phone by) {
        return with(weakAt, by, inSupport, lastCheck);
    }

    public Invitation inSupport(boolean is) {
        return with(weakAt, phone, is, lastCheck);
    }

    Invitation showing(String text, Instant now) {
        return new Invitation(
                briefing,
                endpoint,
                joinedAt,
                leftAt,
                line,
                weakAt,
                phone,
                inSupport,
                lastCheck,
                losses,
                text,
                text.isEmpty() ? null : now);
    }

    private Invitation at(Instant joined, Instant left, SiteLine now) {
        return new Invitation(
                briefing, endpoint, joined, left, now, weakAt, phone, inSupport, lastCheck, losses, text, textAt);
    }

    private Invitation with(Instant weak, Phone phone, boolean support, Check check) {
        return new Invitation(
                briefing, endpoint, joinedAt, leftAt, line, weak, phone, support, check, losses, text, textAt);
    }

    private Invitation losses(int all) {
        return new Invitation(
                briefing, endpoint, joinedAt, leftAt, line, weakAt, phone, inSupport, lastCheck, all, text, textAt);
    }
}

package vn.giaoban.bridge;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.briefing.Status;
import vn.giaoban.http.Refusal;

/** An endpoint (điểm cầu) that is expected at a briefing, and how its line stands. */
public record Invitation(
        UUID briefing,
        UUID endpoint,
        State state,
        Instant joinedAt,
        Instant leftAt,
        int losses,
        String line,
        Instant lineAt) {

    public enum State {
        EXPECTED,
        CHECKED,
        CONNECTED,
        WEAK,
        LOST,
        ON_PHONE,
        IN_SUPPORT
    }

    static Invitation of(UUID briefing, UUID endpoint) {
        return new Invitation(briefing, endpoint, State.EXPECTED, null, null, 0, "", null);
    }

    /** Has taken its place and not left it; whether its line stands is another question. */
    public boolean taken() {
        return joinedAt != null && leftAt == null;
    }

    Invitation joined(Status briefing, Instant now) {
        if (!briefing.doorsOpen()) throw Refusal.state("doors-closed", Map.of("status", briefing.name()));
        return new Invitation(
                this.briefing,
                endpoint,
                State.CONNECTED,
                joinedAt == null ? now : joinedAt,
                null,
                losses,
                line,
                lineAt);
    }

    Invitation left(Instant now) {
        if (!taken()) throw Refusal.state("not-joined");
        return new Invitation(briefing, endpoint, State.EXPECTED, joinedAt, now, losses, line, lineAt);
    }

    Invitation found() {
        return new Invitation(briefing, endpoint, State.CONNECTED, joinedAt, leftAt, losses, line, lineAt);
    }

    Invitation lost() {
        return new Invitation(briefing, endpoint, State.LOST, joinedAt, leftAt, losses + 1, line, lineAt);
    }

    Invitation showing(String text, Instant now) {
        return new Invitation(briefing, endpoint, state, joinedAt, leftAt, losses, text, text.isEmpty() ? null : now);
    }
}

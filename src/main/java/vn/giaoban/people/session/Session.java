package vn.giaoban.people.session;

import java.time.Instant;
import java.util.UUID;

/** A running sign-in of one person, by a browser's cookie or a program's token; one row, so that ending it ends both. */
public record Session(
        UUID id, UUID person, int personVersion, Kind kind, Instant createdAt, Instant expiresAt, String agent) {
    public enum Kind {
        BROWSER,
        PROGRAM
    }
}

package vn.giaoban.jitsi.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The keys of one purpose, and which of them does what at an hour. A new one is shown to whoever checks tokens before
 * it signs any; an old one is shown until the last token that it signed has run out.
 *
 * @param life how long a key signs
 * @param lead how long it is shown before
 * @param token how long a token lives at most
 */
record KeyRing(List<SigningKey> keys, Duration life, Duration lead, Duration token) {
    /** Clocks differ a little. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    KeyRing {
        keys = keys.stream().sorted(Comparator.comparing(SigningKey::createdAt)).toList();
    }

    /** The one that signs now; the very first at once, for before it there was none. Null where there is none yet. */
    SigningKey signing(Instant now) {
        SigningKey signing = keys.isEmpty() ? null : keys.getFirst();
        for (var key : keys) if (!signsFrom(key).isAfter(now)) signing = key;
        return signing;
    }

    private Instant signsFrom(SigningKey key) {
        return key == keys.getFirst() ? key.createdAt() : key.createdAt().plus(lead);
    }

    /** Whether the next one is to be made. */
    boolean due(Instant now) {
        return keys.isEmpty()
                || !keys.getLast().createdAt().plus(life).minus(lead).isAfter(now);
    }

    /** Those whose last token has run out. */
    List<SigningKey> spent(Instant now) {
        return keys.stream().filter(key -> spent(key, now)).toList();
    }

    private boolean spent(SigningKey key, Instant now) {
        int next = keys.indexOf(key) + 1;
        return next < keys.size()
                && !signsFrom(keys.get(next)).plus(token).plus(SKEW).isAfter(now);
    }

    /** Those that whoever checks tokens may fetch. */
    List<SigningKey> shown(Instant now) {
        return keys.stream().filter(key -> !spent(key, now)).toList();
    }
}

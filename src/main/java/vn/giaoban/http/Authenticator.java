package vn.giaoban.http;

/** Finds out who asks, from a cookie or a bearer token; called on a virtual thread. */
public interface Authenticator {
    /** The asker, anonymous where nothing was shown; a {@link Refusal} 401 where what was shown is not valid. */
    Principal who(Credential credential);

    /** What the request shows of itself: at most one of the two is not null. */
    record Credential(String cookie, String bearer) {}
}

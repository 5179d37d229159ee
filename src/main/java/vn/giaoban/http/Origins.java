package vn.giaoban.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Which pages may send commands with a cookie, and whose word about a caller's address is believed. */
public final class Origins {
    private final List<String> configured;
    private final List<String> trustedProxies;
    private final boolean tls;

    public Origins(List<String> configured, List<String> trustedProxies, boolean tls) {
        this.configured = List.copyOf(configured);
        this.trustedProxies = List.copyOf(trustedProxies);
        this.tls = tls;
    }

    /** What the request names as its page's origin; two of them are none that is ever allowed. */
    public static String of(HttpServerRequest request) {
        var all = request.headers().getAll("Origin");
        return all.isEmpty() ? null : String.join(", ", all);
    }

    /** The very origin the page was served from, or one on the configured list; never a missing one. */
    public boolean allowed(String origin, String host) {
        if (origin == null) return false;
        return configured.contains(origin)
                || configured.isEmpty() && host != null && origin.equals((tls ? "https://" : "http://") + host);
    }

    /** The caller's address. Of several headers the last counts, as within one: what stands before is the caller's own word. */
    public String address(HttpServerRequest request) {
        var peer =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        var all = request.headers().getAll("X-Forwarded-For");
        if (all.isEmpty() || !trustedProxies.contains(peer)) return peer;
        var forwarded = all.getLast();
        var last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.length() > 45 ? peer : last;
    }
}

package vn.giaoban.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import vn.giaoban.db.CannotStart;

/** Which pages may send commands with a cookie, and whose word about a caller's address is believed. */
public final class Origins {
    private final List<String> configured;
    private final List<Network> trustedProxies;
    private final boolean tls;

    public Origins(List<String> configured, List<String> trustedProxies, boolean tls) {
        this.configured = List.copyOf(configured);
        this.trustedProxies = trustedProxies.stream().map(Network::of).toList();
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
        if (all.isEmpty() || !believes(peer)) return peer;
        var forwarded = all.getLast();
        var last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.length() > 45 ? peer : last;
    }

    /** Whether this neighbour is a proxy of ours. */
    boolean believes(String peer) {
        if (trustedProxies.isEmpty()) return false;
        try {
            var address = InetAddress.ofLiteral(peer).getAddress();
            return trustedProxies.stream().anyMatch(network -> network.has(address));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /** An address, or all that begin with the same bits: where proxies come and go they have a network, not an address. */
    private record Network(byte[] address, int bits) {
        static Network of(String text) {
            try {
                var parts = text.split("/", 2);
                var address = InetAddress.ofLiteral(parts[0]).getAddress();
                int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
                if (bits >= 0 && bits <= address.length * 8) return new Network(address, bits);
            } catch (IllegalArgumentException said) {
                // below, in words for whoever wrote it
            }
            throw new CannotStart(
                    "http.trustedProxies: " + text + " is neither an address nor a network like 10.0.0.0/8");
        }

        boolean has(byte[] other) {
            if (other.length != address.length) return false;
            for (int bit = 0; bit < bits; bit++)
                if (((address[bit / 8] ^ other[bit / 8]) >> 7 - bit % 8 & 1) != 0) return false;
            return true;
        }
    }
}

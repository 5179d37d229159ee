package vn.giaoban.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** The headers of every answer, errors included: what a page of ours may load, and who may frame it. */
public final class Security implements Handler<RoutingContext> {
    private final String policy;
    private final String permissions;
    private final boolean tls;

    /** {@code videoOrigin}: where Jitsi's page comes from, or empty. */
    public Security(String videoOrigin, boolean tls) {
        var video = videoOrigin.isEmpty() ? "" : " " + videoOrigin;
        this.policy = "default-src 'none'; script-src 'self'" + video + "; style-src 'self'; font-src 'self'; "
                + "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
                + (videoOrigin.isEmpty() ? "" : "frame-src" + video + "; ")
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        this.permissions = videoOrigin.isEmpty()
                ? "camera=(self), microphone=(self), display-capture=(self), geolocation=()"
                : "camera=(self \"" + videoOrigin + "\"), microphone=(self \"" + videoOrigin
                        + "\"), display-capture=(self \"" + videoOrigin + "\"), geolocation=()";
        this.tls = tls;
    }

    @Override
    public void handle(RoutingContext rc) {
        put(rc.response());
        rc.next();
    }

    public void put(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", policy)
                .putHeader("Permissions-Policy", permissions)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("X-Frame-Options", "DENY");
        if (tls) response.putHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
}

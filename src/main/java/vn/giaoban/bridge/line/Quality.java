package vn.giaoban.bridge.line;

/** How good a line is, by what was measured of it. The site's page has the same rule, to know when it has changed. */
public enum Quality {
    GOOD,
    FAIR,
    WEAK,
    BAD;

    /** {@code stalls}: answers that took longer than two seconds or never came; {@code lossPermille} null: not measured. */
    public static Quality of(int roundTripMs, int jitterMs, int stalls, Integer lossPermille) {
        int loss = lossPermille == null ? 0 : lossPermille;
        if (roundTripMs > 1_000 || jitterMs > 250 || stalls > 2 || loss > 100) return BAD;
        if (roundTripMs > 400 || jitterMs > 100 || stalls > 0 || loss > 30) return WEAK;
        if (roundTripMs > 150 || jitterMs > 40 || loss > 10) return FAIR;
        return GOOD;
    }

    /** Whoever runs the briefing should know. */
    public boolean weak() {
        return this == WEAK || this == BAD;
    }
}

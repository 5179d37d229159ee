package vn.giaoban.bench.fuzz;

import static vn.giaoban.bench.fuzz.Material.pick;

import java.util.Random;

/** Positions after which somebody may want to go on, and what nobody ever was sent. */
final class Resumes {
    private Resumes() {}

    static String any(Random random) {
        return pick(random, "", "k3f9", "0", "1.1", "%00", "a".repeat(30))
                + pick(random, ".", "", "..")
                + pick(
                        random,
                        "-1",
                        "0",
                        "1",
                        "9007199254740992",
                        "9223372036854775808",
                        "1e9",
                        "x",
                        "-9223372036854775808");
    }
}

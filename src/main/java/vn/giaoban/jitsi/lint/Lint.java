package vn.giaoban.jitsi.lint;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import vn.giaoban.jitsi.lint.config.Configuration;
import vn.giaoban.jitsi.lint.config.Configuration.Text;

/** Holds the configuration of a Jitsi against the traps that are known; the same files give the same findings. */
public final class Lint {
    private Lint() {}

    /** The files together, since many a trap lies between two of them. */
    public static List<Finding> of(List<Text> files) {
        var all = Configuration.of(files);
        var found = new TreeSet<>(
                Comparator.comparing((Finding finding) -> finding.at().file())
                        .thenComparingInt(finding -> finding.at().line())
                        .thenComparing(Finding::trap));
        TokenTraps.find(all, found::add);
        ReservationTraps.find(all, found::add);
        EventTraps.find(all, found::add);
        ControlTraps.find(all, found::add);
        OpenDoors.find(all, found::add);
        CrowdTraps.find(all, found::add);
        return List.copyOf(found);
    }
}

package vn.giaoban.bench.contest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What was measured of several peers, run by run; printed as medians, and as ratios of the first to each other. */
final class Figures {
    private final Map<String, Map<String, List<Double>>> byPeer = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    /** Columns that come first, in this order. */
    Figures(String... first) {
        for (var peer : first) byPeer.put(peer, new LinkedHashMap<>());
    }

    void add(String peer, String figure, double value) {
        names.add(figure);
        byPeer.computeIfAbsent(peer, p -> new LinkedHashMap<>())
                .computeIfAbsent(figure, f -> new ArrayList<>())
                .add(value);
    }

    /** NaN where nothing was measured. */
    private double median(String peer, String figure) {
        var sorted = byPeer.get(peer).getOrDefault(figure, List.of()).stream()
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        int many = sorted.size();
        if (many == 0) return Double.NaN;
        return (sorted.get((many - 1) / 2) + sorted.get(many / 2)) / 2;
    }

    /** {@code ratios}: in brackets, how many times of a peer's figure the first one's is. */
    void print(String title, boolean ratios) {
        System.out.println("\n" + title);
        var peers = List.copyOf(byPeer.keySet());
        var head = new StringBuilder(String.format(Locale.ROOT, "%-46s", ""));
        for (var peer : peers) head.append(String.format(Locale.ROOT, "%19s", peer));
        System.out.println(head);
        for (var figure : names) {
            var row = new StringBuilder(String.format(Locale.ROOT, "%-46s", figure));
            double ours = median(peers.getFirst(), figure);
            for (var peer : peers)
                row.append(cell(median(peer, figure), !ratios || peer.equals(peers.getFirst()) ? 0 : ours));
            System.out.println(row);
        }
    }

    /** The figure, and in brackets how many times of it ours is. */
    private static String cell(double value, double ours) {
        if (Double.isNaN(value)) return String.format(Locale.ROOT, "%19s", "-");
        var text = String.format(
                Locale.ROOT, Math.abs(value) >= 1_000 ? "%,.0f" : Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
        var ratio = ours == 0 || value == 0 || Double.isNaN(ours)
                ? "        "
                : String.format(Locale.ROOT, " (%5.2f)", ours / value);
        return String.format(Locale.ROOT, "%19s", text + ratio);
    }
}

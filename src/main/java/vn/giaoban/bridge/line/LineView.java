package vn.giaoban.bridge.line;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Endpoint;

/** What is told of the lines over a whole briefing, to the staff alone. */
final class LineView {
    private LineView() {}

    /** A briefing that never opened. */
    static Fields none() {
        return Fields.of("items", List.of());
    }

    /** In the order of protocol. */
    static Fields strips(Instant from, Instant until, Map<UUID, Strip> strips, Map<UUID, Endpoint> names) {
        return Fields.of("from", from)
                .and("until", until)
                .and(
                        "items",
                        strips.entrySet().stream()
                                .sorted(Comparator.comparingInt(
                                        site -> names.get(site.getKey()).sort()))
                                .map(site -> strip(site.getKey(), site.getValue(), names.get(site.getKey())))
                                .toList());
    }

    private static Fields strip(UUID endpoint, Strip strip, Endpoint named) {
        return Fields.of("endpoint", endpoint)
                .and("name", named.name())
                .and("cells", strip.cells())
                .and(
                        "lost",
                        strip.lost().stream()
                                .map(lost -> Fields.of("from", lost.from()).and("to", lost.to()))
                                .toList());
    }
}

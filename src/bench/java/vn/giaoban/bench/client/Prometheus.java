package vn.giaoban.bench.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What a node tells of itself on its second port. */
public final class Prometheus {
    private Prometheus() {}

    /** The sum over all labels; NaN where there is no such meter. */
    public static double value(int port, String name) throws IOException {
        return value(port, name, "");
    }

    /** The sum over those that have this label. */
    public static double value(int port, String name, String label) throws IOException {
        double sum = Double.NaN;
        for (var line : text(port).split("\n")) {
            boolean asked = line.startsWith(name + " ") || line.startsWith(name + "{");
            if (asked && line.contains(label))
                sum = (Double.isNaN(sum) ? 0 : sum) + Double.parseDouble(line.substring(line.lastIndexOf(' ')));
        }
        return sum;
    }

    private static String text(int port) throws IOException {
        var connection =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openConnection();
        connection.setConnectTimeout(2_000);
        connection.setReadTimeout(5_000);
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

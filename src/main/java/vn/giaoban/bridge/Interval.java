package vn.giaoban.bridge;

import java.time.Instant;
import java.util.UUID;

/** From when to when a site's line stood ({@code to} null: it stands), and who says so. */
public record Interval(UUID endpoint, String source, Instant from, Instant to) {}

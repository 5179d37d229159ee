package vn.giaoban.bridge;

import java.time.Instant;
import java.util.UUID;

/** A site was there and nothing carried its line, from then on; {@code to}: until it was found again or left, or null. */
public record Loss(UUID endpoint, Instant from, Instant to) {}

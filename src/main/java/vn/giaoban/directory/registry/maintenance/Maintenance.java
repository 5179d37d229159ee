package vn.giaoban.directory.registry.maintenance;

import java.time.Instant;
import java.util.UUID;

/** From when to when an endpoint cannot be counted on, and why. */
public record Maintenance(UUID id, UUID endpoint, Instant from, Instant to, String reason) {}

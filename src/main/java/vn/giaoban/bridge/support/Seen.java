package vn.giaoban.bridge.support;

import java.time.Instant;
import java.util.UUID;

/** Somebody has seen an alarm of a site, the one that began then. */
record Seen(UUID endpoint, Alarm alarm, Instant since, Instant at, String name) {}

package vn.giaoban.directory;

import java.util.UUID;

/** A video room (phòng họp trực tuyến) of the house, which one briefing can book at a time. */
public record Room(UUID id, String name) {}

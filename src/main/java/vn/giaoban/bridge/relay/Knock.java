package vn.giaoban.bridge.relay;

import java.util.UUID;

/** Somebody waits in the lobby; {@code endpoint} null: no name of an invited site. */
record Knock(String participant, UUID endpoint, String name) {}

package vn.giaoban.jitsi.lint.config;

import java.util.List;

/** One thing that a file says, and where it says it: {@code items} are the entries of a list, else the value alone. */
public record Setting(String file, int line, Place place, String name, String value, List<String> items) {
    /** What kind of thing is set: Prosody's by the section that it stands in, the others by who reads them. */
    public enum Kind {
        /** A variable of a container, {@code Place.name}: the service, or empty for all of them. */
        ENVIRONMENT,
        /** Prosody's file before the first host. */
        GLOBAL,
        HOST,
        /** {@code Place.name}: its plugin; empty for a component that connects from outside. */
        COMPONENT,
        /** A port that Compose publishes. */
        PORT,
        IMAGE,
        /** A location of nginx: its path, where it leads to, and its directives. */
        LOCATION,
        /** The web client's config.js. */
        WEB,
        /** Jicofo's own file. */
        JICOFO
    }

    /** {@code section}: counts the sections of a file, so that options of one component are not taken for another's. */
    public record Place(Kind kind, String name, int section) {
        static Place of(Kind kind, String name) {
            return new Place(kind, name, 0);
        }
    }

    static Setting of(String file, int line, Place place, String name, String value) {
        return new Setting(file, line, place, name, value, List.of(value));
    }

    public boolean at(Kind kind) {
        return place.kind() == kind;
    }

    /** Docker's images and Prosody alike. */
    public boolean on() {
        return value.equalsIgnoreCase("true") || value.equals("1") || value.equalsIgnoreCase("yes");
    }

    /** Said, but only known where it runs. */
    public boolean unknown() {
        return value.contains("${");
    }

    Setting as(Place place, String name) {
        return new Setting(file, line, place, name, value, items);
    }

    Setting with(String value, List<String> items) {
        return new Setting(file, line, place, name, value, items);
    }
}

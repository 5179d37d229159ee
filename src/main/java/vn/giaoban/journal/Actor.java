package vn.giaoban.journal;

/** Who makes a change: a person by id, or the system itself when a timer or a dead line speaks. */
public record Actor(String id) {
    public static final Actor SYSTEM = new Actor("system");
}

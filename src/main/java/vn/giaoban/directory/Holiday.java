package vn.giaoban.directory;

import java.time.LocalDate;
import java.util.Set;

/** A day of the calendar that is not like its weekday, or is only marked; the kind is the trade's word. */
public record Holiday(LocalDate date, String name, String kind) {
    /** Public holidays, their substitutes, and weekdays exchanged for a Saturday. */
    private static final Set<String> OFF = Set.of("nghỉ lễ", "nghỉ bù", "nghỉ hoán đổi");

    private static final String WORKED = "làm bù";
    private static final String PROPOSED = "đề xuất";

    public boolean off() {
        return OFF.contains(kind);
    }

    /** A Saturday worked for a weekday off. */
    public boolean worked() {
        return kind.equals(WORKED);
    }

    /** No decision has been seen: a planner is warned, the day counts as the weekday it is. */
    public boolean proposed() {
        return kind.equals(PROPOSED);
    }
}

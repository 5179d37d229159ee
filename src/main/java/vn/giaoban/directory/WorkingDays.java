package vn.giaoban.directory;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Which days are worked: Monday to Friday, without the days off, with the Saturdays ordered in their place. */
public record WorkingDays(Set<LocalDate> off, Set<LocalDate> worked) {
    /** No limit of the law counts in more days than this; it also ends a count over a calendar without working days. */
    private static final int LONGEST_COUNT = 1000;

    public WorkingDays {
        off = Set.copyOf(off);
        worked = Set.copyOf(worked);
    }

    public static WorkingDays of(Collection<Holiday> holidays) {
        return new WorkingDays(
                holidays.stream().filter(Holiday::off).map(Holiday::date).collect(Collectors.toSet()),
                holidays.stream().filter(Holiday::worked).map(Holiday::date).collect(Collectors.toSet()));
    }

    public boolean isWorking(LocalDate date) {
        if (off.contains(date)) return false;
        return worked.contains(date) || date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
    }

    /** The last day of a limit of {@code days} working days: the day it begins on is not counted. */
    public LocalDate plus(LocalDate from, int days) {
        if (days < 0 || days > LONGEST_COUNT) throw new IllegalArgumentException("working days: " + days);
        var date = from;
        for (int left = days; left > 0; ) {
            date = date.plusDays(1);
            if (isWorking(date)) left--;
        }
        return date;
    }
}

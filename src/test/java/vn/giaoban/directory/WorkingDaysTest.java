package vn.giaoban.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How the limits of the law are counted in working days. */
class WorkingDaysTest {
    private final WorkingDays days = WorkingDays.of(List.of(
            holiday("2020-01-01", "nghỉ lễ"),
            holiday("2026-04-26", "nghỉ lễ"),
            holiday("2026-04-27", "nghỉ bù"),
            holiday("2026-08-22", "làm bù"),
            holiday("2026-08-31", "nghỉ hoán đổi"),
            holiday("2026-11-23", "đề xuất"),
            holiday("2026-11-24", "nghỉ lễ"),
            holiday("2026-12-20", "hạn pháp lý"),
            holiday("2029-02-27", "ngày ngành (không nghỉ)")));

    @Test
    void newYearsDayIsNotCounted() {
        assertEquals(day("2020-01-02"), days.plus(day("2019-12-25"), 5));
        assertEquals(day("2020-01-01"), WorkingDays.of(List.of()).plus(day("2019-12-25"), 5));
    }

    @Test
    void substitutesAndExchangedDaysAreOffAndOrderedSaturdaysAreWorked() {
        assertFalse(days.isWorking(day("2026-04-27")));
        assertFalse(days.isWorking(day("2026-08-31")));
        assertTrue(days.isWorking(day("2026-08-22")));
        assertFalse(days.isWorking(day("2026-08-15")), "any other Saturday");
        assertEquals(day("2026-08-22"), days.plus(day("2026-08-21"), 1));
    }

    @Test
    void aProposalIsAWarningAndAMarkIsAMark() {
        assertTrue(days.isWorking(day("2026-11-23")));
        assertTrue(days.isWorking(day("2029-02-27")));
        assertTrue(holiday("2026-11-23", "đề xuất").proposed());
        assertFalse(holiday("2026-11-23", "đề xuất").off());
    }

    @Test
    void aLimitOfNoDaysEndsOnItsFirstAndOneBackwardsOrWithoutEndIsRefused() {
        assertEquals(day("2026-11-22"), days.plus(day("2026-11-22"), 0));
        assertThrows(IllegalArgumentException.class, () -> days.plus(day("2026-11-22"), -1));
        assertThrows(IllegalArgumentException.class, () -> days.plus(day("2026-11-22"), 1_000_000));
    }

    @Property(tries = 200)
    void countsExactlyTheWorkingDaysBetween(
            @ForAll @IntRange(min = 0, max = 3000) int start, @ForAll @IntRange(min = 1, max = 60) int count) {
        var from = day("2019-12-01").plusDays(start);
        var end = days.plus(from, count);
        assertTrue(days.isWorking(end));
        assertEquals(
                count,
                from.plusDays(1)
                        .datesUntil(end.plusDays(1))
                        .filter(days::isWorking)
                        .count());
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static Holiday holiday(String date, String kind) {
        return new Holiday(day(date), kind, kind);
    }
}

package vn.giaoban.directory.registry.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.giaoban.directory.WorkingDays;

/** Which number is shown at which hour: the contact's while he works, the duty's at any other time. */
class ReachTest {
    /** Reunification Day off, and the Saturday before Tết worked for a Monday. */
    private static final WorkingDays DAYS = new WorkingDays(
            Set.of(LocalDate.parse("2026-04-30"), LocalDate.parse("2026-11-24")),
            Set.of(LocalDate.parse("2026-11-28")));

    private static final Facts FACTS = new Facts(Map.of(
            Column.CONTACT1_NAME, "Bà An",
            Column.CONTACT1_PHONE, "0238 1",
            Column.CONTACT2_NAME, "Ông Bình",
            Column.CONTACT2_PHONE, "0238 2",
            Column.CONTACT2_HOURS, "06:00-07:00",
            Column.DUTY_NAME, "Trực ban",
            Column.DUTY_PHONE, "0238 9",
            Column.FALLBACK_PHONE, "024 1"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T07:29:59+07:00, 0238 9, a minute too early",
        "2026-11-23T07:30:00+07:00, 0238 1, the office opens",
        "2026-11-23T17:29:59+07:00, 0238 1, still there",
        "2026-11-23T17:31:00+07:00, 0238 9, gone home",
        "2026-11-23T10:31:00Z,      0238 9, the same hour told from elsewhere",
        "2026-11-23T06:30:00+07:00, 0238 2, hours of his own",
        "2026-11-21T10:00:00+07:00, 0238 9, Saturday",
        "2026-11-22T10:00:00+07:00, 0238 9, Sunday",
        "2026-11-28T10:00:00+07:00, 0238 1, a Saturday that is worked",
        "2026-11-24T10:00:00+07:00, 0238 9, a day off in the week",
        "2026-04-30T10:00:00+07:00, 0238 9, a holiday",
        "2026-11-22T17:30:00Z,      0238 9, already Monday in Hà Nội but not yet morning",
        "2026-11-23T01:00:00Z,      0238 1, eight in Hà Nội"
    })
    void theNumberOfTheHour(String at, String phone, String why) {
        assertEquals(
                phone,
                Reach.at(FACTS, DAYS, java.time.OffsetDateTime.parse(at).toInstant())
                        .phone(),
                why);
    }

    @Test
    void withoutDutyTheFallbackAndWithoutThatNobody() {
        var evening = Instant.parse("2026-11-23T12:00:00Z");
        var noDuty = FACTS.with(Map.of(Column.DUTY_PHONE, ""));
        assertEquals(Reach.Who.FALLBACK, Reach.at(noDuty, DAYS, evening).who());
        assertNull(Reach.at(noDuty.with(Map.of(Column.FALLBACK_PHONE, "")), DAYS, evening));
        var mail = new Facts(Map.of(Column.CONTACT1_NAME, "Bà An", Column.CONTACT1_EMAIL, "an@example.vn"));
        assertNull(Reach.at(mail, DAYS, Instant.parse("2026-11-23T02:00:00Z")), "a contact without a phone");
    }
}

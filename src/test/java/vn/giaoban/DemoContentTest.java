package vn.giaoban;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.WorkingDays;

/** The sample content fits together, whenever the first start is. */
class DemoContentTest {
    private static final Duration BUFFER = Duration.ofMinutes(15);
    private static final WorkingDays CALENDAR = new WorkingDays(Set.of(LocalDate.parse("2026-11-24")), Set.of());

    private final DemoContent content = DemoContent.read();

    @Test
    void everyReferenceIsToSomethingThatIsThere() {
        var endpoints = names(content.endpoints(), DemoContent.Endpoint::code);
        endpoints.addAll(Set.of("BYT", "VPB-HCM", "departments"));
        var persons = names(content.persons(), DemoContent.Person::username);
        assertEquals(content.persons().size(), persons.size(), "user names are given once");
        for (var briefing : content.briefings()) {
            var invited = new HashSet<>(briefing.endpoints());
            invited.add(briefing.hub());
            for (var code : invited) assertTrue(endpoints.contains(code) || code.matches("SYT-\\d\\d"), code);
            for (var item : briefing.agenda())
                if (item.endpoint() != null)
                    assertTrue(invited.contains(item.endpoint()) || invited.contains("departments"), item.title());
            assertTrue(persons.containsAll(officers(briefing)), briefing.title());
            assertTrue(content.rooms().contains(briefing.room()), briefing.room());
        }
    }

    @Test
    void anAgendaFillsItsSlot() {
        for (var briefing : content.briefings())
            assertEquals(
                    briefing.minutes(),
                    briefing.agenda().stream()
                            .mapToInt(DemoContent.Item::minutes)
                            .sum(),
                    briefing.title());
    }

    @Test
    void thereIsOneAccountForEveryRole() {
        var roles = new TreeSet<String>();
        for (var person : content.persons()) if (person.account()) roles.add(person.role());
        assertEquals(
                Set.of("ADMINISTRATOR", "ORGANIZER", "CHAIR", "SPOKESPERSON", "SITE_OPERATOR", "JOURNALIST", "VIEWER"),
                roles);
    }

    @Property(tries = 500)
    void neverIsSomebodyOrSomethingInTwoPlaces(@ForAll @LongRange(min = 0, max = 400 * 86_400L) long later) {
        record Held(Instant from, Instant to, String what) {}
        var now = Instant.parse("2026-11-20T00:00:00Z").plusSeconds(later);
        var held = new ArrayList<Held>();
        for (var briefing : content.briefings()) {
            var start = briefing.start(now, CALENDAR);
            var to = briefing.end(start).plus(BUFFER);
            assertTrue(start.isAfter(now));
            var things = new HashSet<>(officers(briefing));
            things.add(briefing.room());
            things.add(briefing.hub());
            things.addAll(briefing.endpoints());
            for (var thing : things) {
                for (var other : held)
                    assertFalse(
                            (other.what().equals(thing)
                                            || other.what().equals("departments") && thing.startsWith("SYT-")
                                            || thing.equals("departments")
                                                    && other.what().startsWith("SYT-"))
                                    && start.isBefore(other.to())
                                    && other.from().isBefore(to),
                            () -> thing + " twice when first started " + now);
            }
            for (var thing : things) held.add(new Held(start, to, thing));
        }
    }

    @Property(tries = 300)
    void oneIsAboutToBeginOneIsTomorrowAndOnePressConferenceIsSoon(
            @ForAll @LongRange(min = 0, max = 400 * 86_400L) long later) {
        var now = Instant.parse("2026-11-20T00:00:00Z").plusSeconds(later);
        var today = LocalDate.ofInstant(now, Directory.ZONE);
        var first = content.briefings().get(0).start(now, CALENDAR);
        assertTrue(Duration.between(now, first).toMinutes() <= 10);
        assertEquals(0, first.getEpochSecond() % 300);
        assertEquals(today.plusDays(1), day(content.briefings().get(1).start(now, CALENDAR)));
        var press = day(content.briefings().get(2).start(now, CALENDAR));
        assertTrue(press.isAfter(today) && !press.isAfter(today.plusDays(3)));
        assertTrue(CALENDAR.isWorking(day(content.briefings().get(3).start(now, CALENDAR))));
    }

    @Test
    void titlesNameTheirWeekQuarterAndYear() {
        assertEquals(
                "tuần 49, quý IV năm 2026",
                DemoContent.titled("tuần {week}, quý {quarter} năm {year}", Instant.parse("2026-11-30T01:00:00Z")));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, Directory.ZONE);
    }

    private static List<String> officers(DemoContent.Briefing briefing) {
        var officers = new ArrayList<>(List.of(briefing.chair(), briefing.secretary()));
        if (briefing.operator() != null) officers.add(briefing.operator());
        return officers;
    }

    private static <T> Set<String> names(List<T> list, Function<T, String> name) {
        var names = new HashSet<String>();
        list.forEach(thing -> names.add(name.apply(thing)));
        return names;
    }
}

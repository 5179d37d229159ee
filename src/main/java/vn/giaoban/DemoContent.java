package vn.giaoban;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.WorkingDays;

/** The sample content as it is written down: names for references, hours relative to the first start. */
record DemoContent(
        List<Organisation> organisations,
        List<Endpoint> endpoints,
        List<String> rooms,
        List<Person> persons,
        List<Briefing> briefings) {
    private static final String SOON = "soon";
    private static final Duration LEAD = Duration.ofMinutes(5);

    record Organisation(String code, String name, String nameEn) {}

    record Endpoint(String code, String name, String nameEn, String organisation, int sort) {}

    record Person(
            String username,
            String name,
            String title,
            String role,
            String organisation,
            String endpoint,
            boolean account) {}

    record Item(int minutes, String visibility, String title, String titleEn, String speaker, String endpoint) {}

    record Briefing(
            String kind,
            String title,
            String titleEn,
            String organisation,
            String plan,
            String visibility,
            List<Integer> days,
            String at,
            int minutes,
            String chair,
            String secretary,
            String operator,
            String hub,
            String room,
            int delegates,
            List<String> endpoints,
            List<Item> agenda) {

        /** On the first of its days that is worked, or the first of all; one that is soon begins on a round minute. */
        Instant start(Instant now, WorkingDays workingDays) {
            if (at.equals(SOON)) {
                long five = Duration.ofMinutes(5).toMillis();
                return Instant.ofEpochMilli(Math.ceilDiv(now.plus(LEAD).toEpochMilli(), five) * five);
            }
            var today = LocalDate.ofInstant(now, Directory.ZONE);
            var day = days.stream()
                    .map(today::plusDays)
                    .filter(workingDays::isWorking)
                    .findFirst()
                    .orElse(today.plusDays(days.getFirst()));
            return day.atTime(LocalTime.parse(at)).atZone(Directory.ZONE).toInstant();
        }

        Instant end(Instant start) {
            return start.plus(minutes, ChronoUnit.MINUTES);
        }
    }

    static DemoContent read() {
        try (var in = DemoContent.class.getResourceAsStream("/demo/content.yaml")) {
            return YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(in, DemoContent.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The title with the week, quarter and year of its day. */
    static String titled(String title, Instant start) {
        var day = LocalDate.ofInstant(start, Directory.ZONE);
        return title.replace("{week}", String.valueOf(day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)))
                .replace("{quarter}", List.of("I", "II", "III", "IV").get(day.get(IsoFields.QUARTER_OF_YEAR) - 1))
                .replace("{year}", String.valueOf(day.getYear()));
    }
}

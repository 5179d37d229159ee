package vn.giaoban.bridge.passport;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import vn.giaoban.db.Fields;

/** A passport as it is answered: sums by year, and each briefing with what its sums are made of. */
final class PassportView {
    private PassportView() {}

    static Fields year(int year, List<Course> courses, Instant now) {
        var held = courses.stream().filter(Course::counts).toList();
        return Fields.of("year", year)
                .and("briefings", held.size())
                .and("onTime", held.stream().filter(Course::onTime).count())
                .and("losses", held.stream().mapToLong(c -> c.losses().size()).sum())
                .and(
                        "lostMs",
                        held.stream()
                                .map(course -> course.missed(now))
                                .reduce(Duration.ZERO, Duration::plus)
                                .toMillis())
                .and("help", held.stream().mapToLong(c -> c.help().size()).sum())
                .and("checks", courses.stream().mapToLong(c -> c.tests().size()).sum())
                .and(
                        "badChecks",
                        courses.stream()
                                .flatMap(c -> c.tests().stream())
                                .filter(test -> test.verdict().equals("BAD"))
                                .count());
    }

    static Fields course(Course course, Instant now) {
        return Fields.of("briefing", course.briefing())
                .and("title", course.title())
                .and("plannedStart", course.planned())
                .and("startedAt", course.started())
                .and("closedAt", course.closed())
                .and("joinedAt", course.joined())
                .and("stage", course.stage(now))
                .and("counts", course.counts())
                .and("onTime", course.counts() ? course.onTime() : null)
                .and("lostMs", course.missed(now).toMillis())
                .and("entries", course.entries())
                .and(
                        "losses",
                        course.losses().stream()
                                .map(loss -> Fields.of("n", loss.n())
                                        .and("from", loss.from())
                                        .and("to", loss.to())
                                        .and("lostMs", course.missed(loss, now).toMillis())
                                        .and("cause", loss.cause()))
                                .toList())
                .and(
                        "help",
                        course.help().stream()
                                .map(one -> Fields.of("n", one.n())
                                        .and("askedAt", one.askedAt())
                                        .and("reason", one.reason())
                                        .and("takenAt", one.takenAt())
                                        .and("endedAt", one.endedAt()))
                                .toList())
                .and(
                        "checks",
                        course.tests().stream()
                                .map(test -> Fields.of("n", test.n())
                                        .and("at", test.at())
                                        .and("verdict", test.verdict()))
                                .toList());
    }
}

package vn.giaoban.bridge.passport;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Chain;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.Person;

/** The passport of a site: how it did in every briefing that it was invited to, year by year, told by the journal. */
public final class Passports {
    private static final List<String> OF_THE_BRIEFING = List.of(
            "briefing.created",
            "briefing.copied",
            "briefing.edited",
            "briefing.scheduled",
            "briefing.rescheduled",
            "briefing.postponed",
            "briefing.opened",
            "briefing.started",
            "briefing.closed",
            "briefing.cancelled");

    private static final List<String> OF_THE_SITE = List.of(
            "bridge.invited",
            "bridge.uninvited",
            "bridge.joined",
            "bridge.left",
            "bridge.lines",
            "check.recorded",
            "support.asked",
            "support.taken",
            "support.returned",
            "support.withdrawn",
            "loss.explained");

    private final Journal journal;
    private final Chain chain;
    private final Briefings briefings;
    private final Invitations invitations;
    private final Directory directory;

    public Passports(Journal journal, Briefings briefings, Invitations invitations, Directory directory) {
        this.journal = journal;
        this.chain = new Chain(journal.db());
        this.briefings = briefings;
        this.invitations = invitations;
        this.directory = directory;
    }

    /** What one reader may see of it: briefings that are his to look at. */
    Map<String, Object> of(UUID endpoint, int year, Predicate<Briefing> visible) {
        var site = directory.endpoint(endpoint);
        if (site == null) throw Refusal.notFound();
        var courses = courses(endpoint, visible);
        var now = journal.now();
        var years = courses.stream().collect(Collectors.groupingBy(Passports::year));
        var sums = years.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> PassportView.year(one.getKey(), one.getValue(), now))
                .toList();
        return Fields.of("endpoint", endpoint)
                .and("name", site.name())
                .and("year", year)
                .and("years", sums)
                .and(
                        "briefings",
                        years.getOrDefault(year, List.of()).stream()
                                .map(course -> PassportView.course(course, now))
                                .toList());
    }

    List<Course> courses(UUID endpoint, Predicate<Briefing> visible) {
        var mine = briefings.get(invitations.to(endpoint)).stream()
                .filter(visible)
                .collect(Collectors.toMap(briefing -> Briefings.subject(briefing.id()), Briefing::id));
        var told = chain.told(mine.keySet(), OF_THE_BRIEFING, OF_THE_SITE, endpoint.toString()).stream()
                .map(e -> new Course.Told(e.subject(), e.n(), e.at(), e.verb(), e.what()))
                .collect(Collectors.groupingBy(Course.Told::subject));
        var courses = new ArrayList<Course>();
        told.forEach((subject, entries) -> {
            var course = Course.of(mine.get(subject), endpoint, entries);
            if (course.planned() != null) courses.add(course);
        });
        courses.sort(java.util.Comparator.comparing(Course::planned));
        return courses;
    }

    static int year(Course course) {
        return ZonedDateTime.ofInstant(course.planned(), Directory.ZONE).getYear();
    }

    int thisYear() {
        return directory.today().getYear();
    }

    Instant now() {
        return journal.now();
    }

    /** Afterwards somebody knows why: written into the same journal, beside the loss that it explains. */
    void explain(Person by, UUID id, UUID endpoint, long loss, Course.Cause cause) {
        journal.write(Briefings.subject(id), by.actor(), change -> {
            invitations.get(id, endpoint);
            var known = courses(endpoint, briefing -> briefing.id().equals(id)).stream()
                    .flatMap(course -> course.losses().stream())
                    .anyMatch(one -> one.n() == loss);
            if (!known) throw Refusal.notFound();
            change.record(
                    "loss.explained",
                    Fields.of("endpoint", endpoint).and("loss", loss).and("cause", cause));
            return null;
        });
    }
}

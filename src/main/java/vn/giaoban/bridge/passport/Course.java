package vn.giaoban.bridge.passport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How one briefing went for one site, told by the entries of the journal alone, in their order: what the tables say now
 * does not count. {@code end}: where it still runs, the present.
 */
final class Course {
    /** On time is who stands a quarter of an hour before the planned start. */
    static final Duration AHEAD = Duration.ofMinutes(15);

    /** Why a line was lost, as far as anybody knows. */
    enum Cause {
        UNKNOWN,
        LINE,
        POWER,
        EQUIPMENT,
        PERSON
    }

    /** How far a briefing has come; only what has begun can be on time or late. */
    enum Stage {
        COMING,
        /** Its hour has passed, and nobody has begun it. */
        WAITING,
        POSTPONED,
        /** The doors are open. */
        OPEN,
        RUNNING,
        HELD,
        CANCELLED,
        /** Closed without ever having begun. */
        NOT_HELD,
        /** The site was taken off the list. */
        UNINVITED
    }

    /** An entry of the journal. */
    record Told(String subject, long n, Instant at, String verb, Map<String, Object> what) {}

    /** @param n the entry that tells of it; {@code to}: null while it lasts */
    record Loss(long n, Instant from, Instant to, Cause cause) {}

    record Help(long n, Instant askedAt, String reason, Instant takenAt, Instant endedAt, String ended) {}

    record Tested(long n, Instant at, String verdict) {}

    private final UUID briefing;
    private final String endpoint;
    private final List<Loss> losses = new ArrayList<>();
    private final List<Tested> tests = new ArrayList<>();
    private final Map<String, Help> help = new LinkedHashMap<>();
    private final Map<Long, Cause> causes = new HashMap<>();
    private String title = "";
    private Instant planned;
    private Instant started;
    private Instant closed;
    private Instant joined;
    private Instant standing;
    private boolean invited;
    private boolean cancelled;
    private boolean postponed;
    private boolean opened;
    private final List<Instant[]> stood = new ArrayList<>();
    private long entries;

    private Course(UUID briefing, UUID endpoint) {
        this.briefing = briefing;
        this.endpoint = endpoint.toString();
    }

    static Course of(UUID briefing, UUID endpoint, List<Told> entries) {
        var course = new Course(briefing, endpoint);
        entries.forEach(course::tell);
        return course;
    }

    private void tell(Told told) {
        var what = told.what();
        if (told.verb().startsWith("briefing.")) {
            plan(told);
            return;
        }
        if (!concerns(what)) return;
        entries++;
        switch (told.verb()) {
            case "bridge.invited" -> invited = true;
            case "bridge.uninvited" -> gone(told.at());
            case "bridge.joined" -> {
                if (joined == null) joined = told.at();
                found(told.at());
            }
            case "bridge.left" -> left(told.at());
            case "bridge.lines" -> {
                if (names(what.get("found"))) found(told.at());
                if (names(what.get("lost"))) lost(told);
            }
            case "check.recorded" ->
                tests.add(new Tested(told.n(), instant(what.get("measuredAt")), (String) what.get("verdict")));
            case "loss.explained" ->
                causes.put(((Number) what.get("loss")).longValue(), Cause.valueOf((String) what.get("cause")));
            default -> helped(told);
        }
    }

    private void plan(Told told) {
        var what = told.what();
        if (what.get("title") instanceof String text) title = text;
        if (what.get("plannedStart") != null) planned = instant(what.get("plannedStart"));
        switch (told.verb()) {
            case "briefing.started" -> started = told.at();
            case "briefing.cancelled" -> cancelled = true;
            case "briefing.postponed" -> postponed = true;
            case "briefing.scheduled", "briefing.rescheduled" -> postponed = false;
            case "briefing.opened" -> opened = true;
            case "briefing.closed" -> {
                closed = told.at();
                left(told.at());
            }
            default -> {}
        }
    }

    private void found(Instant at) {
        if (standing == null) standing = at;
        if (!losses.isEmpty() && losses.getLast().to() == null) end(at);
    }

    private void lost(Told told) {
        if (standing == null) return;
        stand(told.at());
        losses.add(new Loss(told.n(), told.at(), null, Cause.UNKNOWN));
    }

    /** It left on purpose, or all did: what was lost then is lost no longer. */
    private void left(Instant at) {
        stand(at);
        if (!losses.isEmpty() && losses.getLast().to() == null) end(at);
    }

    private void gone(Instant at) {
        left(at);
        invited = false;
    }

    private void stand(Instant until) {
        if (standing != null) stood.add(new Instant[] {standing, until});
        standing = null;
    }

    private void end(Instant at) {
        var last = losses.removeLast();
        losses.add(new Loss(last.n(), last.from(), at, last.cause()));
    }

    private void helped(Told told) {
        var key = (String) told.what().get("case");
        var known = help.get(key);
        switch (told.verb()) {
            case "support.asked" ->
                help.put(key, new Help(told.n(), told.at(), (String) told.what().get("reason"), null, null, null));
            case "support.taken" ->
                help.put(
                        key,
                        known == null
                                ? new Help(told.n(), told.at(), null, told.at(), null, null)
                                : new Help(known.n(), known.askedAt(), known.reason(), told.at(), null, null));
            case "support.returned", "support.withdrawn" -> {
                if (known != null)
                    help.put(
                            key,
                            new Help(
                                    known.n(),
                                    known.askedAt(),
                                    known.reason(),
                                    known.takenAt(),
                                    told.at(),
                                    told.verb().substring("support.".length())));
            }
            default -> {}
        }
    }

    private boolean concerns(Map<String, Object> what) {
        return endpoint.equals(what.get("endpoint"))
                || names(what.get("endpoints"))
                || names(what.get("found"))
                || names(what.get("lost"));
    }

    private boolean names(Object list) {
        return list instanceof List<?> ids && ids.contains(endpoint);
    }

    private static Instant instant(Object text) {
        return Instant.parse((String) text);
    }

    UUID briefing() {
        return briefing;
    }

    String title() {
        return title;
    }

    Instant planned() {
        return planned;
    }

    Instant started() {
        return started;
    }

    Instant closed() {
        return closed;
    }

    Instant joined() {
        return joined;
    }

    /** How many entries of the journal this was told by. */
    long entries() {
        return entries;
    }

    /** It took place, and the site was expected: only that counts in a rate. */
    boolean counts() {
        return invited && !cancelled && started != null;
    }

    Stage stage(Instant now) {
        if (!invited) return Stage.UNINVITED;
        if (cancelled) return Stage.CANCELLED;
        if (closed != null) return started == null ? Stage.NOT_HELD : Stage.HELD;
        if (started != null) return Stage.RUNNING;
        if (opened) return Stage.OPEN;
        if (postponed) return Stage.POSTPONED;
        return planned.isAfter(now) ? Stage.COMING : Stage.WAITING;
    }

    boolean onTime() {
        var hour = planned.minus(AHEAD);
        return standing != null && !standing.isAfter(hour)
                || stood.stream().anyMatch(span -> !span[0].isAfter(hour) && span[1].isAfter(hour));
    }

    List<Loss> losses() {
        return losses.stream()
                .map(loss -> new Loss(loss.n(), loss.from(), loss.to(), causes.getOrDefault(loss.n(), Cause.UNKNOWN)))
                .toList();
    }

    /** What of a loss fell into the running briefing; the rest hurt nobody. */
    Duration missed(Loss loss, Instant now) {
        if (started == null) return Duration.ZERO;
        var from = loss.from().isBefore(started) ? started : loss.from();
        var end = closed == null ? now : closed;
        var to = loss.to() == null || loss.to().isAfter(end) ? end : loss.to();
        return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }

    Duration missed(Instant now) {
        return losses.stream().map(loss -> missed(loss, now)).reduce(Duration.ZERO, Duration::plus);
    }

    List<Help> help() {
        return List.copyOf(help.values());
    }

    List<Tested> tests() {
        return List.copyOf(tests);
    }
}

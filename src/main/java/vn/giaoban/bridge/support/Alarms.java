package vn.giaoban.bridge.support;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import vn.giaoban.bridge.Board;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;
import vn.giaoban.people.Person;

/** Who has seen which alarm: the rest of an alarm is in the picture of its site already. */
public final class Alarms implements Companion, Invitations.Departure {
    private final Journal journal;
    private final Briefings briefings;
    private final Board board;
    private final AlarmSql sql;

    public Alarms(Journal journal, Briefings briefings, Board board) {
        this.journal = journal;
        this.briefings = briefings;
        this.board = board;
        this.sql = new AlarmSql(journal.db());
    }

    /** Somebody has seen the alarm that began then; one that begins later is another. */
    public void acknowledge(Person by, UUID id, UUID endpoint, Alarm alarm, Instant since) {
        journal.write(Briefings.subject(id), by.actor(), change -> {
            var briefing = briefings.get(id);
            board.get(id, endpoint);
            var before = sql.of(id, endpoint);
            if (before.stream().anyMatch(s -> s.alarm() == alarm && s.since().equals(since))) return null;
            sql.save(id, new Seen(endpoint, alarm, since, change.now(), by.name()), by.id());
            change.record(
                    "alarm.seen",
                    Fields.of("endpoint", endpoint).and("alarm", alarm).and("since", since));
            show(change, briefing, endpoint, before, sql.of(id, endpoint));
            return null;
        });
    }

    private void show(Change change, Briefing briefing, UUID endpoint, List<Seen> before, List<Seen> after) {
        if (board.shows(briefing)) change.shows(part(briefing, endpoint, before), part(briefing, endpoint, after));
    }

    private static Part part(Briefing briefing, UUID endpoint, List<Seen> seen) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("endpoints", endpoint.toString(), "seen"),
                List.of(Audience.STAFF),
                audience -> seen.isEmpty() ? null : view(seen));
    }

    private static Map<String, Object> view(List<Seen> all) {
        var view = new TreeMap<String, Object>();
        for (var seen : all)
            view.put(
                    seen.alarm().name(),
                    Fields.of("since", seen.since()).and("at", seen.at()).and("by", seen.name()));
        return view;
    }

    @Override
    public void left(Change change, Briefing briefing, UUID endpoint) {}

    @Override
    public void uninvited(Change change, Briefing briefing, UUID endpoint) {
        show(change, briefing, endpoint, sql.of(briefing.id(), endpoint), List.of());
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        if (!board.shows(briefing)) return List.of();
        return sql.of(briefing.id(), null).stream().collect(Collectors.groupingBy(Seen::endpoint)).entrySet().stream()
                .map(site -> part(briefing, site.getKey(), site.getValue()))
                .toList();
    }
}

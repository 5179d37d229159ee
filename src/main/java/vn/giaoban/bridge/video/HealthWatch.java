package vn.giaoban.bridge.video;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import vn.giaoban.bridge.video.HealthSql.Told;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.jitsi.Turns;
import vn.giaoban.jitsi.health.ServerState;
import vn.giaoban.jitsi.health.ServerState.State;
import vn.giaoban.jitsi.health.Servers;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;

/**
 * Looks at Jitsi's servers and tells each briefing that is open or about to begin, but only what is new; and writes into
 * its journal, a quarter of an hour before it begins, what is wrong.
 */
public final class HealthWatch implements Companion {
    public static final String CHECK = "video.check";
    /** The check finds a look that is already there. */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    private final Journal journal;
    private final Briefings briefings;
    private final Servers servers;
    private final Turns turns;
    private final Clock clock;
    private final Duration every;
    private final Duration before;
    private final HealthSql sql;
    private volatile List<ServerState> last = List.of();

    public HealthWatch(
            Journal journal,
            Briefings briefings,
            Servers servers,
            Turns turns,
            Clock clock,
            Settings.Jitsi.VideoHealth settings) {
        this.journal = journal;
        this.briefings = briefings;
        this.servers = servers;
        this.turns = turns;
        this.clock = clock;
        this.every = Duration.ofSeconds(settings.everySeconds());
        this.before = Duration.ofMinutes(settings.checkBeforeMinutes());
        this.sql = new HealthSql(journal.db());
    }

    /** If it is time and no other node's turn. */
    public void beat() {
        if (servers.names().isEmpty() || !turns.mine("health", every)) return;
        last = servers.look();
        var found = last.stream().map(ServerState::view).toList();
        for (var id : sql.watched(clock.instant().plus(before).plus(AHEAD))) tell(id, found);
    }

    /** How this node found a server at its last look, for meters: 1 well, 0 sick, else not a number. */
    public double met(String server) {
        return last.stream()
                .filter(one -> one.server().equals(server))
                .mapToDouble(one -> switch (one.state()) {
                    case OK -> 1;
                    case SICK -> 0;
                    case UNKNOWN -> Double.NaN;
                })
                .findFirst()
                .orElse(Double.NaN);
    }

    /** One figure of a server at the last look. */
    public double figure(String server, String name) {
        return last.stream()
                .filter(one -> one.server().equals(server))
                .map(one -> one.figures().getOrDefault(name, Double.NaN))
                .findFirst()
                .orElse(Double.NaN);
    }

    private void tell(UUID id, List<Fields> found) {
        var known = sql.of(id);
        if (known != null && known.what().get("servers").equals(plain(found))) return;
        journal.write(Briefings.subject(id), Actor.SYSTEM, change -> {
            var briefing = briefings.get(id);
            var was = sql.of(id);
            var what = new TreeMap<String, Object>(was == null ? Map.of() : was.what());
            what.put("servers", found);
            become(change, briefing, was, new Told(change.now(), what));
            change.record("video.health", Fields.of("servers", found));
            return null;
        });
    }

    private void become(Change change, Briefing briefing, Told was, Told is) {
        sql.save(briefing.id(), is);
        change.shows(part(briefing, was), part(briefing, sql.of(briefing.id())));
    }

    private static List<Map<String, Object>> plain(List<Fields> found) {
        return found.stream().map(one -> Map.copyOf(one)).toList();
    }

    /** A quarter of an hour before the start: what is wrong is named, or that nothing is. */
    public void checkDue(UUID id, Instant start) {
        journal.write(Briefings.subject(id), Actor.SYSTEM, change -> {
            var briefing = briefings.get(id);
            boolean still = briefing.status() == Status.SCHEDULED || briefing.status() == Status.OPEN;
            if (!still
                    || !briefing.plan().start().equals(start)
                    || servers.names().isEmpty()) return null;
            var was = sql.of(id);
            var what = new TreeMap<String, Object>(was == null ? Map.of("servers", List.of()) : was.what());
            var wrong = wrong(what);
            what.put("checkedAt", Fields.text(change.now()));
            what.put("wrong", wrong);
            become(change, briefing, was, new Told(was == null ? change.now() : was.at(), what));
            change.record("video.checked", Fields.of("wrong", wrong));
            return null;
        });
    }

    /** Who was never looked at is not well either. */
    private List<String> wrong(Map<String, Object> what) {
        var well = ((List<?>) what.get("servers"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> State.OK.name().equals(one.get("state")))
                        .map(one -> (String) one.get("server"))
                        .toList();
        return servers.names().stream().filter(name -> !well.contains(name)).toList();
    }

    private static Part part(Briefing briefing, Told told) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("conference", "health"),
                List.of(Audience.STAFF),
                audience -> told == null ? null : view(told));
    }

    private static Fields view(Told told) {
        var worst = ((List<?>) told.what().get("servers"))
                .stream()
                        .map(one -> State.valueOf((String) ((Map<?, ?>) one).get("state")))
                        .max(Comparator.naturalOrder())
                        .orElse(State.UNKNOWN);
        var view = Fields.of("state", worst).and("since", told.at());
        told.what().forEach(view::and);
        return view;
    }

    @Override
    public void moved(Briefing was, Briefing is, Change change) {
        if (is.status() == Status.SCHEDULED && !servers.names().isEmpty())
            change.due(
                    is.plan().start().minus(before),
                    CHECK,
                    is.id().toString(),
                    Fields.of("start", is.plan().start().toString()));
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        return List.of(part(briefing, sql.of(briefing.id())));
    }
}

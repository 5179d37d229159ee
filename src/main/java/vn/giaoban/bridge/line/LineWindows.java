package vn.giaoban.bridge.line;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import vn.giaoban.bridge.Board;
import vn.giaoban.bridge.Interval;
import vn.giaoban.bridge.Invitation;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.Loss;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;

/**
 * How good the lines are. What pages report is only noted; once a beat it is written in one statement, and of it the
 * journal is told the edges alone: whose line has become weak, and whose is no longer.
 */
public final class LineWindows {
    /** A site has three windows a minute: those of thousands over hours are more than one statement brings in time. */
    private static final int SITES_AT_ONCE = 250;

    private final Journal journal;
    private final Briefings briefings;
    private final Board board;
    private final Invitations invitations;
    private final LineSql sql;
    private final int mostNoted;
    private final ConcurrentLinkedQueue<LineWindow> noted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    public LineWindows(Journal journal, Briefings briefings, Board board, Invitations invitations, int mostNoted) {
        this.journal = journal;
        this.briefings = briefings;
        this.board = board;
        this.invitations = invitations;
        this.sql = new LineSql(journal.db());
        this.mostNoted = mostNoted;
    }

    void note(LineWindow window) {
        if (waiting.get() >= mostNoted) throw new Refusal(503, "busy", Map.of()).retryAfter(2);
        noted.add(window);
        waiting.incrementAndGet();
    }

    /** Writes what was noted; a site that tells something new while this is being written is in the next one. */
    public void beat() {
        var windows = new ArrayList<LineWindow>();
        for (var window = noted.poll(); window != null; window = noted.poll()) windows.add(window);
        if (windows.isEmpty()) return;
        waiting.addAndGet(-windows.size());
        sql.insert(windows);
        var last = new LinkedHashMap<UUID, Map<UUID, LineWindow>>();
        for (var window : windows)
            last.computeIfAbsent(window.briefing(), briefing -> new LinkedHashMap<>())
                    .put(window.endpoint(), window);
        last.forEach((briefing, sites) -> edges(briefing, sites.values()));
    }

    private void edges(UUID id, Collection<LineWindow> windows) {
        var weak = windows.stream()
                .collect(Collectors.toMap(LineWindow::endpoint, w -> w.quality().weak()));
        // Asked first without the lock: mostly nothing has changed.
        if (changed(id, weak).isEmpty()) return;
        journal.write(Briefings.subject(id), Actor.SYSTEM, change -> {
            var before = changed(id, weak);
            if (before.isEmpty()) return null;
            var after = before.stream()
                    .map(i -> i.weak(weak.get(i.endpoint()), change.now()))
                    .toList();
            change.record("bridge.quality", Fields.of("weak", ids(after, true)).and("good", ids(after, false)));
            board.change(change, briefings.get(id), before, after);
            return null;
        });
    }

    private List<Invitation> changed(UUID briefing, Map<UUID, Boolean> weak) {
        return invitations.of(briefing, weak.keySet()).stream()
                .filter(i -> i.taken() && !i.line().lost())
                .filter(i -> (i.weakAt() != null) != weak.get(i.endpoint()))
                .toList();
    }

    private static List<String> ids(List<Invitation> invitations, boolean weak) {
        var ids = invitations.stream()
                .filter(i -> (i.weakAt() != null) == weak)
                .map(i -> i.endpoint().toString())
                .toList();
        return ids.isEmpty() ? null : ids;
    }

    /** The strip of one site or, null, of all that are invited. */
    Map<String, Object> read(UUID id, UUID endpoint) {
        var briefing = briefings.get(id);
        var invited = endpoint == null ? invitations.of(id) : List.of(invitations.get(id, endpoint));
        var from = briefing.openedAt();
        if (from == null) return LineView.none();
        var until = briefing.closedAt() == null ? journal.now() : briefing.closedAt();
        var intervals = invitations.intervals(id).stream().collect(Collectors.groupingBy(Interval::endpoint));
        var lost = board.losses(id).stream().collect(Collectors.groupingBy(Loss::endpoint));
        var strips = new LinkedHashMap<UUID, Strip>();
        invited.stream()
                .map(Invitation::endpoint)
                .gather(Gatherers.windowFixed(SITES_AT_ONCE))
                .forEach(sites -> {
                    var windows = sql.of(id, sites).stream().collect(Collectors.groupingBy(LineWindow::endpoint));
                    for (var site : sites)
                        strips.put(
                                site,
                                Strip.of(
                                        from,
                                        until,
                                        intervals.getOrDefault(site, List.of()),
                                        windows.getOrDefault(site, List.of()),
                                        lost.getOrDefault(site, List.of())));
                });
        return LineView.strips(from, until, strips, board.names(briefing, invited));
    }
}

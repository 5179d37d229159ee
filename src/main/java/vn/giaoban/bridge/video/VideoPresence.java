package vn.giaoban.bridge.video;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.bridge.Board;
import vn.giaoban.bridge.Interval;
import vn.giaoban.bridge.Visits;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.jitsi.event.Sightings;
import vn.giaoban.jitsi.event.Stay;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;

/**
 * Tells a briefing, at most once a second, what the conference told of its sites; and once more in the very moment in
 * which it closes, so that the list that is frozen knows all that was known.
 */
public final class VideoPresence implements Companion {
    private final Journal journal;
    private final Briefings briefings;
    private final Visits visits;
    private final Board board;
    private final Directory directory;
    private final Sightings sightings;
    private final VideoPresenceSql sql;

    public VideoPresence(
            Journal journal,
            Briefings briefings,
            Visits visits,
            Board board,
            Directory directory,
            Sightings sightings) {
        this.journal = journal;
        this.briefings = briefings;
        this.visits = visits;
        this.board = board;
        this.directory = directory;
        this.sightings = sightings;
        this.sql = new VideoPresenceSql(journal.db());
    }

    /** What has come since the last beat. */
    public void beat() {
        journal.each(
                sightings.untold(),
                id -> journal.write(Briefings.subject(id), Actor.SYSTEM, change -> {
                    var briefing = briefings.get(id);
                    hear(change, briefing, briefing);
                    return null;
                }));
    }

    private void hear(Change change, Briefing before, Briefing after) {
        var news = new HashMap<>(sightings.news(after.id()));
        if (news.isEmpty()) return;
        var nameless = news.remove("");
        var sites = new HashMap<UUID, List<Stay>>();
        news.forEach((who, stays) -> {
            if (site(who) != null) sites.put(site(who), stays);
        });
        var invited = briefings.endpoints(after.id());
        if (nameless != null && !nameless.isEmpty()) byName(after, invited, nameless, sites);
        sites.keySet().retainAll(invited);
        if (sites.isEmpty()) return;
        boolean shown = board.shows(after);
        var was = new HashMap<UUID, InVideo>();
        sql.of(after.id()).forEach(there -> was.put(there.endpoint(), there));
        var known = new HashMap<UUID, List<Interval>>();
        var there = new ArrayList<InVideo>();
        var gone = new ArrayList<UUID>();
        sites.forEach((endpoint, stays) -> {
            known.put(endpoint, InVideo.visits(endpoint, stays));
            var is = after.status() == Status.CLOSED ? null : InVideo.of(endpoint, stays);
            if (Objects.equals(was.get(endpoint), is)) return;
            if (is == null) gone.add(endpoint);
            else there.add(is);
            if (shown)
                change.shows(InVideo.part(after, endpoint, was.get(endpoint)), InVideo.part(after, endpoint, is));
        });
        visits.known(change, before, known);
        sql.save(after.id(), there);
        sql.delete(after.id(), gone);
    }

    /**
     * Who was only seen in a list, without a token's id, is taken for the site whose name he shows, if one is called so:
     * never sure.
     */
    private void byName(Briefing briefing, Set<UUID> invited, List<Stay> nameless, Map<UUID, List<Stay>> sites) {
        var called = new HashMap<String, UUID>();
        var twice = new HashSet<String>();
        for (Endpoint endpoint : directory.endpoints(invited).values())
            if (called.put(endpoint.name(), endpoint.id()) != null) twice.add(endpoint.name());
        called.keySet().removeAll(twice);
        Map<String, List<Stay>> all = null;
        for (var stay : nameless) {
            var endpoint = called.get(stay.name());
            if (endpoint == null) continue;
            if (all == null) all = byWho(sightings.of(briefing.id()));
            var own = new ArrayList<>(all.getOrDefault(endpoint.toString(), List.of()));
            nameless.stream().filter(one -> one.name().equals(stay.name())).forEach(own::add);
            sites.put(endpoint, own);
        }
    }

    private static Map<String, List<Stay>> byWho(List<Stay> stays) {
        var all = new HashMap<String, List<Stay>>();
        stays.forEach(stay ->
                all.computeIfAbsent(stay.who(), who -> new ArrayList<>()).add(stay));
        return all;
    }

    private static UUID site(String who) {
        try {
            return who.length() == 36 ? UUID.fromString(who) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before.status() == after.status() || after.status() != Status.CLOSED) return;
        hear(change, before, after);
        boolean shown = board.shows(after);
        var there = sql.of(after.id());
        if (shown) for (var site : there) change.shows(InVideo.part(after, site.endpoint(), site), null);
        sql.delete(after.id(), there.stream().map(InVideo::endpoint).toList());
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        if (!board.shows(briefing)) return List.of();
        return sql.of(briefing.id()).stream()
                .map(there -> InVideo.part(briefing, there.endpoint(), there))
                .toList();
    }
}

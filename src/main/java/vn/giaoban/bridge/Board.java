package vn.giaoban.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;

/** The picture of the sites, and the one way by which what is known of a site becomes something else. */
public final class Board {
    private final Directory directory;
    private final InvitationSql sql;
    private final IntervalSql intervals;
    private final int mostShown;
    private Seats seats;

    /** {@code mostShown}: above so many sites a board has totals only. */
    public Board(Journal journal, Directory directory, int mostShown) {
        this.directory = directory;
        this.mostShown = mostShown;
        this.sql = new InvitationSql(journal.db());
        this.intervals = new IntervalSql(journal.db());
    }

    public void seats(Seats known) {
        seats = known;
    }

    /** Above a number of sites there are totals only: then no room shows a part of one site. */
    public boolean shows(Briefing briefing) {
        return shows(sql.states(briefing.id()));
    }

    private boolean shows(Map<Invitation.State, Integer> states) {
        return SiteView.expected(states) <= mostShown;
    }

    /** The invitation, or the answer for what does not exist. */
    public Invitation get(UUID briefing, UUID endpoint) {
        var invitation = sql.find(briefing, endpoint);
        if (invitation == null) throw Refusal.notFound();
        return invitation;
    }

    /** One site is known by another fact from now on; nothing happens where it already was. */
    public Invitation change(Change change, Briefing briefing, UUID endpoint, UnaryOperator<Invitation> next) {
        var before = get(briefing.id(), endpoint);
        var after = next.apply(before);
        change(change, briefing, List.of(before), List.of(after));
        return after;
    }

    /** Some sites were these and are those, in the same order: read within this change, told in one. */
    public void change(Change change, Briefing briefing, List<Invitation> before, List<Invitation> after) {
        if (before.equals(after)) return;
        var seated = seats.taken(briefing.id());
        int delegates = sum(seated);
        var was = sql.states(briefing.id());
        sql.save(after);
        intervals.lost(briefing.id(), turned(before, after, true), change.now());
        intervals.found(briefing.id(), turned(before, after, false), change.now());
        change.shows(
                SiteView.totals(briefing, was, delegates),
                SiteView.totals(briefing, sql.states(briefing.id()), delegates));
        var names = names(briefing, after);
        boolean board = shows(was);
        for (int i = 0; i < after.size(); i++) {
            var named = names.get(after.get(i).endpoint());
            int here = seated.getOrDefault(named.id(), 0);
            if (board)
                change.shows(
                        SiteView.site(briefing, before.get(i), named, here),
                        SiteView.site(briefing, after.get(i), named, here));
            change.shows(SiteView.own(briefing, before.get(i), named), SiteView.own(briefing, after.get(i), named));
        }
    }

    private static List<UUID> turned(List<Invitation> before, List<Invitation> after, boolean lost) {
        return IntStream.range(0, after.size())
                .filter(i -> before.get(i).line().lost() != lost
                        && after.get(i).line().lost() == lost)
                .mapToObj(i -> after.get(i).endpoint())
                .toList();
    }

    /** When which site of the briefing was lost, in order of time. */
    public List<Loss> losses(UUID briefing) {
        return intervals.losses(briefing);
    }

    /** A delegate has come to or gone from a site: its number on the board, and the total for all. */
    void delegatesChanged(Change change, Briefing briefing, UUID endpoint, int before, int after) {
        var invitation = get(briefing.id(), endpoint);
        var named = directory.endpointAt(endpoint, briefing.plan().start());
        int all = delegates(briefing);
        var states = sql.states(briefing.id());
        change.shows(SiteView.totals(briefing, states, all - after + before), SiteView.totals(briefing, states, all));
        if (shows(states))
            change.shows(
                    SiteView.site(briefing, invitation, named, before),
                    SiteView.site(briefing, invitation, named, after));
    }

    int expected(Briefing briefing) {
        return SiteView.expected(sql.states(briefing.id()));
    }

    Part totals(Briefing briefing) {
        return SiteView.totals(briefing, sql.states(briefing.id()), delegates(briefing));
    }

    Part site(Briefing briefing, Invitation invitation) {
        var endpoint = invitation.endpoint();
        return SiteView.site(
                briefing,
                invitation,
                directory.endpointAt(endpoint, briefing.plan().start()),
                seats.taken(briefing.id(), endpoint));
    }

    Part own(Briefing briefing, Invitation invitation) {
        return SiteView.own(
                briefing,
                invitation,
                directory.endpointAt(invitation.endpoint(), briefing.plan().start()));
    }

    List<Part> parts(Briefing briefing) {
        var all = sql.of(briefing.id());
        var parts = new ArrayList<Part>();
        parts.add(totals(briefing));
        if (all.size() > mostShown) return parts;
        var names = names(briefing, all);
        var taken = seats.taken(briefing.id());
        for (var invitation : all)
            parts.add(SiteView.site(
                    briefing,
                    invitation,
                    names.get(invitation.endpoint()),
                    taken.getOrDefault(invitation.endpoint(), 0)));
        return parts;
    }

    /** What they were called at the hour of the briefing. */
    public Map<UUID, Endpoint> names(Briefing briefing, List<Invitation> invitations) {
        return directory.endpointsAt(
                invitations.stream().map(Invitation::endpoint).toList(),
                briefing.plan().start());
    }

    Map<String, Object> view(Briefing briefing, Invitation invitation) {
        var endpoint = invitation.endpoint();
        return SiteView.invitation(
                invitation,
                directory.endpointAt(endpoint, briefing.plan().start()),
                seats.seated(invitation.briefing(), endpoint));
    }

    List<Map<String, Object>> views(Briefing briefing, List<Invitation> all) {
        var names = names(briefing, all);
        var seated = seats.seated(briefing.id());
        return all.stream()
                .sorted(Comparator.comparingInt(i -> names.get(i.endpoint()).sort()))
                .map(i -> SiteView.invitation(i, names.get(i.endpoint()), seated.getOrDefault(i.endpoint(), List.of())))
                .toList();
    }

    private int delegates(Briefing briefing) {
        return sum(seats.taken(briefing.id()));
    }

    private static int sum(Map<UUID, Integer> seated) {
        return seated.values().stream().mapToInt(Integer::intValue).sum();
    }
}

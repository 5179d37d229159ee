package vn.giaoban.attendance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.Seats;
import vn.giaoban.bridge.reply.Registered;
import vn.giaoban.bridge.reply.Replies;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.briefing.Status;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;

/** Who is registered at the sites of a briefing and who sits there, by name. */
public final class Delegates implements Companion, Seats, Registered, Invitations.Departure {
    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final Replies replies;
    private final DelegateSql sql;
    private final int mostAtSite;
    private final List<Departure> departures = new ArrayList<>();

    /** Told when a delegate leaves, before he is gone. */
    public interface Departure {
        /** True where his name must be kept because he had a part in what was said. */
        boolean left(Change change, Briefing briefing, Delegate delegate);
    }

    public Delegates(Journal journal, Briefings briefings, Invitations invitations, Replies replies, int mostAtSite) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.replies = replies;
        this.sql = new DelegateSql(journal.db());
        this.mostAtSite = mostAtSite;
    }

    public void onDeparture(Departure departure) {
        departures.add(departure);
    }

    public Delegate add(Actor actor, UUID id, UUID endpoint, String name, String title) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            if (briefing.status().over()) throw Refusal.state("briefing-over");
            invitations.get(id, endpoint);
            var before = sql.at(id, endpoint);
            if (before.size() >= mostAtSite) throw Refusal.state("too-many-delegates", Map.of("most", mostAtSite));
            var delegate = Delegate.named(id, endpoint, name, title, briefing.status(), change.now());
            sql.insert(delegate);
            change.record(
                    delegate.registered() ? "delegate.registered" : "delegate.added",
                    facts(delegate),
                    Map.of("delegate", delegate.called()));
            show(change, briefing, endpoint, before);
            return delegate;
        });
    }

    /** Who was registered has come. */
    public Delegate arrive(Actor actor, UUID id, UUID endpoint, UUID delegate) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var before = sql.at(id, endpoint);
            var briefing = briefings.get(id);
            var registered = one(before, delegate);
            var here = registered.arrived(briefing.status(), change.now());
            if (registered.here()) return here;
            sql.save(here);
            change.record("delegate.arrived", facts(here));
            show(change, briefing, endpoint, before);
            return here;
        });
    }

    /**
     * Before the briefing runs an entry is only a mistake; afterwards he was there, and has left. Who was registered
     * and has not come stays on the list from then on: that is what the list is for.
     */
    public void remove(Actor actor, UUID id, UUID endpoint, UUID delegate) {
        journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            if (briefing.status().over()) throw Refusal.state("briefing-over");
            var before = sql.at(id, endpoint);
            var gone = one(before, delegate);
            if (briefing.status() == Status.LIVE && !gone.came()) throw Refusal.state("registration-closed");
            boolean spoke = false;
            for (var departure : departures) spoke |= departure.left(change, briefing, gone);
            if (spoke || briefing.status() == Status.LIVE) sql.save(gone.gone(change.now()));
            else sql.delete(delegate);
            change.record("delegate.removed", facts(gone));
            show(change, briefing, endpoint, before);
            return null;
        });
    }

    private static Delegate one(List<Delegate> at, UUID delegate) {
        return at.stream()
                .filter(d -> d.id().equals(delegate) && d.open())
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    private void show(Change change, Briefing briefing, UUID endpoint, List<Delegate> before) {
        var after = sql.at(briefing.id(), endpoint);
        change.shows(DelegateView.own(briefing, endpoint, before), DelegateView.own(briefing, endpoint, after));
        if (here(before) != here(after))
            invitations.delegatesChanged(change, briefing, endpoint, here(before), here(after));
        replies.registeredChanged(change, briefing, endpoint, registered(before), registered(after));
    }

    private static int registered(List<Delegate> delegates) {
        return (int) delegates.stream().filter(Delegate::registered).count();
    }

    private static int here(List<Delegate> delegates) {
        return (int) delegates.stream().filter(Delegate::here).count();
    }

    private static Fields facts(Delegate delegate) {
        return Fields.of("delegate", delegate.id()).and("endpoint", delegate.endpoint());
    }

    public List<Delegate> of(UUID briefing) {
        return sql.of(briefing);
    }

    /** Whether he sits at that very site, and still does. */
    public boolean sits(UUID briefing, UUID endpoint, UUID delegate) {
        return sql.at(briefing, endpoint).stream().anyMatch(d -> d.here() && d.id().equals(delegate));
    }

    /** How these are called, also those who have left. */
    public Map<UUID, String> names(Set<UUID> ids) {
        return ids.isEmpty() ? Map.of() : sql.names(ids);
    }

    @Override
    public Map<UUID, Integer> taken(UUID briefing) {
        return sql.here(briefing);
    }

    @Override
    public int taken(UUID briefing, UUID endpoint) {
        return sql.here(briefing, endpoint);
    }

    @Override
    public int registered(UUID briefing, UUID endpoint) {
        return registered(sql.at(briefing, endpoint));
    }

    @Override
    public Map<UUID, Integer> registered(UUID briefing) {
        return sql.registered(briefing);
    }

    @Override
    public List<Map<String, Object>> seated(UUID briefing, UUID endpoint) {
        return views(sql.at(briefing, endpoint));
    }

    @Override
    public Map<UUID, List<Map<String, Object>>> seated(UUID briefing) {
        var all = new java.util.HashMap<UUID, List<Map<String, Object>>>();
        for (var delegate : sql.of(briefing))
            all.computeIfAbsent(delegate.endpoint(), endpoint -> new ArrayList<>())
                    .add(DelegateView.answer(delegate));
        return all;
    }

    private static List<Map<String, Object>> views(List<Delegate> delegates) {
        return delegates.stream()
                .map(delegate -> (Map<String, Object>) DelegateView.answer(delegate))
                .toList();
    }

    /** A site that leaves takes nobody's name off the list. */
    @Override
    public void left(Change change, Briefing briefing, UUID endpoint) {}

    @Override
    public void uninvited(Change change, Briefing briefing, UUID endpoint) {
        var before = sql.at(briefing.id(), endpoint);
        sql.deleteAt(briefing.id(), endpoint);
        change.shows(DelegateView.own(briefing, endpoint, before), DelegateView.own(briefing, endpoint, List.of()));
    }

    /** Sites begin or cease to see the briefing, and with it who sits there. */
    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before.shownToSites() == after.shownToSites()) return;
        var seated = sql.of(after.id());
        seated.stream()
                .collect(Collectors.groupingBy(Delegate::endpoint))
                .forEach((endpoint, there) -> change.shows(
                        DelegateView.own(before, endpoint, there), DelegateView.own(after, endpoint, there)));
    }

    @Override
    public List<Part> parts(Briefing briefing, UUID endpoint) {
        return List.of(DelegateView.own(briefing, endpoint, sql.at(briefing.id(), endpoint)));
    }
}

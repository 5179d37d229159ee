package vn.giaoban.briefing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Painter;
import vn.giaoban.people.Person;
import vn.giaoban.people.Policy;
import vn.giaoban.people.Scope;

/** Planning briefings and leading them through their life. The other rooms of a briefing are its companions. */
public final class Briefings {
    /** The act that one briefing shows somebody's new name. */
    public static final String RENAMED = "briefing.renamed";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

    private final Journal journal;
    private final BriefingSql sql;
    private final Bookings bookings;
    private final Settings.Briefing limits;
    private final List<Companion> companions = new ArrayList<>();

    public Briefings(Journal journal, Settings.Briefing limits) {
        this.journal = journal;
        this.sql = new BriefingSql(journal.db());
        this.bookings = new Bookings(journal.db(), Duration.ofMinutes(limits.bufferMinutes()));
        this.limits = limits;
    }

    public void accompany(Companion companion) {
        companions.add(companion);
    }

    public List<Companion> companions() {
        return companions;
    }

    public static String subject(UUID briefing) {
        return "briefing/" + briefing;
    }

    Instant now() {
        return journal.now();
    }

    /** The briefing, or the answer for what does not exist. */
    public Briefing get(UUID id) {
        var briefing = sql.find(id);
        if (briefing == null) throw Refusal.notFound();
        return briefing;
    }

    /** Those of them that there are. */
    public List<Briefing> get(Collection<UUID> ids) {
        return sql.find(ids);
    }

    /** The briefing whose video room is called so; null where none is. */
    public Briefing ofVideo(String name) {
        return sql.ofVideo(name);
    }

    /** What the policy must know of a briefing to judge this person, acting for this endpoint (or null). */
    public Scope scope(Briefing briefing, Person who, UUID endpoint) {
        var among = new HashSet<UUID>();
        if (endpoint != null) among.add(endpoint);
        who.roles().forEach(role -> {
            if (role.endpoint() != null) among.add(role.endpoint());
        });
        var invited = new HashSet<UUID>();
        if (!among.isEmpty()) companions.forEach(companion -> invited.addAll(companion.invited(briefing.id(), among)));
        return scope(briefing, invited);
    }

    /** The same for one who knows which endpoints are invited. */
    public static Scope scope(Briefing briefing, Set<UUID> invited) {
        return new Scope(
                briefing.organisation(),
                briefing.officers(),
                invited,
                briefing.plan().visibility(),
                briefing.status() == Status.DRAFT);
    }

    /** The briefing, if this person may do this to it; refuses otherwise. */
    public Briefing demand(Person who, String verb, UUID id) {
        var briefing = get(id);
        Policy.demand(who, verb, scope(briefing, who, null));
        return briefing;
    }

    /** The same for what is done as one endpoint. */
    public Briefing demandAt(Person who, String verb, UUID id, UUID endpoint) {
        var briefing = get(id);
        Policy.demandAt(who, verb, scope(briefing, who, endpoint), endpoint);
        return briefing;
    }

    public Briefing create(Actor actor, UUID organisation, Plan plan) {
        var now = journal.now();
        plan.check(now, farthest());
        var briefing = Briefing.draft(UUID.randomUUID(), organisation, plan, videoName(), lobby());
        return journal.write(subject(briefing.id()), actor, change -> {
            sql.insert(briefing);
            var created = get(briefing.id());
            change.record("briefing.created", facts(created));
            companions.forEach(companion -> companion.moved(created, created, change));
            tell(change, null, created);
            return created;
        });
    }

    /** A new draft with everything of the old one but its life. */
    public Briefing copy(Actor actor, UUID from, Instant start, String title) {
        var original = get(from);
        var length = original.plan().length();
        var plan = original.plan().at(start, start.plus(length));
        if (title != null) plan = plan.titled(title);
        plan.check(journal.now(), farthest());
        var briefing = Briefing.draft(UUID.randomUUID(), original.organisation(), plan, videoName(), lobby());
        return journal.write(subject(briefing.id()), actor, change -> {
            sql.insert(briefing);
            var created = get(briefing.id());
            change.record("briefing.copied", facts(created).and("from", from));
            companions.forEach(companion -> companion.copied(original, created, change));
            tell(change, null, created);
            return created;
        });
    }

    public Briefing edit(
            Actor actor,
            UUID id,
            String ifMatch,
            BiFunction<Briefing, Instant, Plan> next,
            Predicate<Briefing> visible) {
        return change(actor, id, ifMatch, "briefing.edited", visible, (briefing, now) -> {
            var plan = next.apply(briefing, now);
            if (plan.sameHours(briefing.plan())) plan.checkLength();
            else plan.check(now, farthest());
            return briefing.edited(plan, lobby());
        });
    }

    public Briefing schedule(Actor actor, UUID id, String ifMatch, Predicate<Briefing> visible) {
        return change(actor, id, ifMatch, "briefing.scheduled", visible, Briefing::scheduled);
    }

    public Briefing reschedule(
            Actor actor,
            UUID id,
            String ifMatch,
            Instant start,
            Instant end,
            String reason,
            Predicate<Briefing> visible) {
        return change(actor, id, ifMatch, "briefing.rescheduled", visible, (briefing, now) -> {
            briefing.plan().at(start, end).check(now, farthest());
            return briefing.rescheduled(start, end, reason, now, lobby());
        });
    }

    public Briefing postpone(Actor actor, UUID id, String ifMatch, String reason) {
        return change(
                actor, id, ifMatch, "briefing.postponed", b -> false, (briefing, now) -> briefing.postponed(reason));
    }

    public Briefing cancel(Actor actor, UUID id, String ifMatch, String reason) {
        return change(
                actor, id, ifMatch, "briefing.cancelled", b -> false, (briefing, now) -> briefing.cancelled(reason));
    }

    public Briefing open(Actor actor, UUID id) {
        return change(actor, id, null, "briefing.opened", b -> false, Briefing::opened);
    }

    public Briefing start(Actor actor, UUID id) {
        return change(actor, id, null, "briefing.started", b -> false, Briefing::started);
    }

    public Briefing close(Actor actor, UUID id) {
        return change(actor, id, null, "briefing.closed", b -> false, Briefing::closed);
    }

    public void delete(Actor actor, UUID id, String ifMatch) {
        journal.write(subject(id), actor, change -> {
            var briefing = get(id);
            match(briefing, ifMatch);
            if (briefing.status() != Status.DRAFT) throw Refusal.state("draft-only");
            change.record("briefing.deleted", Fields.of("title", briefing.plan().title()));
            change.repaint(subject(id));
            change.shows(BriefingView.calendar(briefing), null);
            change.shows(BriefingView.organisationCalendar(briefing), null);
            sql.delete(id);
            return null;
        });
    }

    /** The short line on the stage. */
    public void line(Actor actor, UUID id, String text) {
        journal.write(subject(id), actor, change -> {
            var before = get(id);
            var after = before.showing(text, change.now());
            sql.save(after);
            change.record("stage.line", Fields.of("text", text));
            change.shows(BriefingView.stage(before), BriefingView.stage(after));
            return null;
        });
    }

    /** Opens at the hour set, if that is still the hour. */
    public void openDue(UUID id, Instant hour) {
        due(
                id,
                briefing -> briefing.status() == Status.SCHEDULED
                        && briefing.opensAt().equals(hour),
                () -> open(Actor.SYSTEM, id));
    }

    public void archiveDue(UUID id) {
        due(
                id,
                briefing -> briefing.status().over() && !briefing.archived(),
                () -> change(
                        Actor.SYSTEM,
                        id,
                        null,
                        "briefing.archived",
                        b -> false,
                        (b, now) -> b.noted(b.marks().archive())));
    }

    /** Looked at under the lock: whoever puts the briefing off in this very moment is not passed over. */
    private void due(UUID id, Predicate<Briefing> fits, Runnable act) {
        journal.write(subject(id), Actor.SYSTEM, change -> {
            var briefing = sql.find(id);
            if (briefing != null && fits.test(briefing)) act.run();
            return null;
        });
    }

    /** Somebody is called otherwise: an act for each briefing that names him, so that no two are locked at once. */
    public void renamedDue(UUID person, Map<String, Object> detail) {
        journal.write("person/" + person, Actor.SYSTEM, change -> {
            for (var id : sql.naming(person))
                change.due(
                        change.now(),
                        RENAMED,
                        id + "/" + person,
                        Fields.of("by", detail.get("by"))
                                .and("briefing", id)
                                .and("person", person)
                                .and("before", detail.get("before")));
            return null;
        });
    }

    public void calledDue(Map<String, Object> detail) {
        var id = UUID.fromString((String) detail.get("briefing"));
        var by = new Actor((String) detail.get("by"));
        journal.write(subject(id), by, change -> {
            var now = sql.find(id);
            if (now == null) return null;
            var was = now.calling(UUID.fromString((String) detail.get("person")), (String) detail.get("before"));
            companions.forEach(companion -> companion.moved(was, now, change));
            tell(change, was, now);
            return null;
        });
    }

    /** The agenda's list has changed: its version is the briefing's. */
    public void agendaChanged(Briefing briefing) {
        sql.save(briefing.noted(briefing.marks().nextAgenda()));
    }

    /** Endpoints were invited or taken back: what is booked follows. */
    public void endpointsChanged(Briefing briefing, Set<UUID> endpoints, Predicate<Briefing> visible) {
        book(briefing, endpoints, visible);
    }

    private Briefing change(
            Actor actor,
            UUID id,
            String ifMatch,
            String verb,
            Predicate<Briefing> visible,
            BiFunction<Briefing, Instant, Briefing> next) {
        return journal.write(subject(id), actor, change -> {
            var before = get(id);
            if (ifMatch != null) match(before, ifMatch);
            var after = next.apply(before, change.now());
            sql.save(after);
            var saved = get(id); // with the names of whoever is named now
            change.record(verb, facts(saved));
            companions.forEach(companion -> companion.moved(before, saved, change));
            book(saved, endpoints(id), visible);
            tell(change, before, saved);
            return get(id);
        });
    }

    /** The invited ones. */
    public Set<UUID> endpoints(UUID id) {
        var all = new HashSet<UUID>();
        companions.forEach(companion -> all.addAll(companion.endpoints(id)));
        return all;
    }

    private void book(Briefing briefing, Set<UUID> endpoints, Predicate<Briefing> visible) {
        var clash = bookings.clash(briefing, endpoints);
        if (clash != null) throw clash.refusal(get(clash.briefing()), visible);
        bookings.book(briefing, endpoints);
    }

    private void tell(Change change, Briefing before, Briefing after) {
        change.repaint(subject(after.id()));
        change.shows(before == null ? null : BriefingView.calendar(before), BriefingView.calendar(after));
        change.shows(
                before == null ? null : BriefingView.organisationCalendar(before),
                BriefingView.organisationCalendar(after));
        var detail = Fields.of("at", after.opensAt());
        if (after.status() == Status.SCHEDULED)
            change.due(after.opensAt(), "briefing.open", after.id().toString(), detail);
        if (after.status() == Status.LIVE && (before == null || before.status() != Status.LIVE))
            change.due(after.plan().end(), Overruns.LOOK, after.id().toString(), Map.of());
        if (after.status().over() && !after.archived())
            change.due(
                    change.now().plus(Duration.ofDays(limits.archiveDays())),
                    "briefing.archive",
                    after.id().toString(),
                    Map.of());
    }

    private Duration farthest() {
        return Duration.ofDays(limits.maxDays());
    }

    private static void match(Briefing briefing, String ifMatch) {
        if (!ifMatch.equals(briefing.etag())) throw new Stale(briefing);
    }

    private Duration lobby() {
        return Duration.ofMinutes(limits.lobbyMinutes());
    }

    private static Fields facts(Briefing briefing) {
        return Fields.of("status", briefing.status())
                .and("title", briefing.plan().title())
                .and("plannedStart", briefing.plan().start())
                .and("plannedEnd", briefing.plan().end())
                .and("reason", briefing.life().reason())
                .and("version", briefing.marks().version());
    }

    /** Jitsi folds case and stumbles over anything but these letters; 25 of them are 125 random bits. */
    private static String videoName() {
        var name = new StringBuilder("gb-");
        for (int i = 0; i < 25; i++) name.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        return name.toString();
    }

    /** Draws the streams of briefings and of calendars from the facts. */
    public Painter painter() {
        return new BriefingPainter(sql, companions);
    }

    List<Briefing> list(BriefingSql.Filter filter, BriefingSql.Reach reach) {
        return sql.list(filter, reach);
    }

    /** Somebody else was first: what it has become goes with the refusal, drawn by the routes. */
    static final class Stale extends RuntimeException {
        final transient Briefing current;

        Stale(Briefing current) {
            super("stale", null, false, false);
            this.current = current;
        }
    }
}

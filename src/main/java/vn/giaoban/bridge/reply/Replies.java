package vn.giaoban.bridge.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import vn.giaoban.bridge.Invitation;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;
import vn.giaoban.people.Person;

/** What the invited sites answer: who comes, who does not and why, and who comes in whose place. */
public final class Replies implements Companion, Invitations.Departure {
    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final Directory directory;
    private final ReplySql sql;
    private Registered registered;
    private Contacts contacts = Contacts.NONE;

    public Replies(Journal journal, Briefings briefings, Invitations invitations, Directory directory) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.directory = directory;
        this.sql = new ReplySql(journal.db());
    }

    public void registered(Registered known) {
        registered = known;
    }

    public void contacts(Contacts known) {
        contacts = known;
    }

    /** What a site wishes to say; {@code substitute} may be null. */
    record Wish(Reply.Answer answer, String reason, Reply.Substitute substitute) {}

    Fields answer(Person by, UUID id, UUID endpoint, Wish wish) {
        return change(by, id, endpoint, (change, before) -> {
            var briefing = briefings.get(id);
            var after = Reply.given(
                    briefing,
                    endpoint,
                    before,
                    wish.answer(),
                    wish.reason(),
                    wish.substitute(),
                    sql.deadline(id),
                    by.id(),
                    change.now());
            var personal = new HashMap<String, String>();
            if (!after.reason().isEmpty()) personal.put("reason", after.reason());
            if (after.substitute() != null)
                personal.put("substitute", after.substitute().name());
            change.record(
                    "reply.given",
                    Fields.of("endpoint", endpoint)
                            .and("answer", after.answer())
                            .and("late", after.late())
                            .and(
                                    "consent",
                                    after.substitute() == null
                                            ? null
                                            : after.substitute().consent()),
                    personal);
            return after;
        });
    }

    Fields decide(Person by, UUID id, UUID endpoint, Reply.Consent decision, String note) {
        return change(by, id, endpoint, (change, before) -> {
            if (before == null) throw Refusal.state("no-substitute");
            var after = before.decided(briefings.get(id), decision, note, change.now());
            change.record(
                    "reply.decided",
                    Fields.of("endpoint", endpoint).and("consent", decision),
                    note.isEmpty() ? Map.of() : Map.of("note", note));
            return after;
        });
    }

    private Fields change(Person by, UUID id, UUID endpoint, BiFunction<Change, Reply, Reply> next) {
        return journal.write(Briefings.subject(id), by.actor(), change -> {
            invitations.get(id, endpoint);
            var briefing = briefings.get(id);
            var before = sql.find(id, endpoint);
            var totals = totals(briefing);
            var after = next.apply(change, before);
            sql.save(after);
            int names = registered.registered(id, endpoint);
            change.shows(totals, totals(briefing));
            if (invitations.onBoard(briefing))
                change.shows(
                        ReplyView.site(briefing, endpoint, before, names),
                        ReplyView.site(briefing, endpoint, after, names));
            change.shows(ReplyView.own(briefing, endpoint, before), ReplyView.own(briefing, endpoint, after));
            return view(briefing, endpoint, after);
        });
    }

    private Fields view(Briefing briefing, UUID endpoint, Reply reply) {
        return ReplyView.answer(
                briefing,
                directory.endpointAt(endpoint, briefing.plan().start()),
                reply,
                registered.registered(briefing.id(), endpoint),
                List.of());
    }

    Fields deadline(Person by, UUID id, Instant until) {
        return journal.write(Briefings.subject(id), by.actor(), change -> {
            var briefing = briefings.get(id);
            var before = totals(briefing);
            sql.deadline(id, Reply.deadline(briefing, until));
            change.record("reply.deadline", Fields.of("by", until));
            change.shows(before, totals(briefing));
            return Fields.of("replyBy", until);
        });
    }

    /** All sites with what they answered, in the order of protocol, and whom to call there. */
    Fields list(Briefing briefing) {
        var id = briefing.id();
        var given = byEndpoint(id);
        var names = registered.registered(id);
        var known = directory.endpointsAt(
                invitations.of(id).stream().map(Invitation::endpoint).toList(),
                briefing.plan().start());
        var people = contacts.of(known.keySet());
        var items = known.values().stream()
                .sorted(java.util.Comparator.comparingInt(Endpoint::sort))
                .map(endpoint -> ReplyView.answer(
                        briefing,
                        endpoint,
                        given.get(endpoint.id()),
                        names.getOrDefault(endpoint.id(), 0),
                        people.getOrDefault(endpoint.id(), List.of())))
                .toList();
        return Fields.of("replyBy", sql.deadline(id)).and("items", items);
    }

    /** What was answered, by site. */
    public Map<UUID, Reply> answers(UUID briefing) {
        return byEndpoint(briefing);
    }

    /** How many delegates were registered, by site. */
    public Map<UUID, Integer> registered(UUID briefing) {
        return registered.registered(briefing);
    }

    private Map<UUID, Reply> byEndpoint(UUID briefing) {
        var given = new HashMap<UUID, Reply>();
        sql.of(briefing).forEach(reply -> given.put(reply.endpoint(), reply));
        return given;
    }

    /** A site has registered or taken back a name. */
    public void registeredChanged(Change change, Briefing briefing, UUID endpoint, int before, int after) {
        if (before == after || !invitations.onBoard(briefing)) return;
        var reply = sql.find(briefing.id(), endpoint);
        change.shows(
                ReplyView.site(briefing, endpoint, reply, before), ReplyView.site(briefing, endpoint, reply, after));
    }

    private Part totals(Briefing briefing) {
        return ReplyView.totals(briefing, sql.deadline(briefing.id()), sql.totals(briefing.id()));
    }

    @Override
    public void left(Change change, Briefing briefing, UUID endpoint) {}

    /** Its place in the pictures goes with the invitation's; what remains to be told is the sum. */
    @Override
    public void uninvited(Change change, Briefing briefing, UUID endpoint) {
        var before = totals(briefing);
        sql.delete(briefing.id(), endpoint);
        change.shows(before, totals(briefing));
    }

    @Override
    public void plan(Briefing briefing, Fields plan) {
        plan.and("replyBy", sql.deadline(briefing.id()));
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        var parts = new ArrayList<Part>();
        parts.add(totals(briefing));
        if (!invitations.onBoard(briefing)) return parts;
        var given = byEndpoint(briefing.id());
        var names = registered.registered(briefing.id());
        for (var endpoint : invitations.endpoints(briefing.id()))
            parts.add(ReplyView.site(briefing, endpoint, given.get(endpoint), names.getOrDefault(endpoint, 0)));
        return parts;
    }

    @Override
    public List<Part> parts(Briefing briefing, UUID endpoint) {
        return List.of(ReplyView.own(briefing, endpoint, sql.find(briefing.id(), endpoint)));
    }

    /** The deadline moves with the briefing. A site that no longer sees the briefing loses it whole, answer and all. */
    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before == after) return;
        var by = Duration.between(before.plan().start(), after.plan().start());
        var deadline = sql.deadline(after.id());
        if (!by.isZero() && deadline != null) sql.deadline(after.id(), deadline.plus(by));
        if (!after.shownToSites()) return;
        for (var reply : sql.of(after.id()))
            change.shows(ReplyView.own(before, reply.endpoint(), reply), ReplyView.own(after, reply.endpoint(), reply));
    }

    @Override
    public void copied(Briefing from, Briefing to, Change change) {
        var deadline = sql.deadline(from.id());
        if (deadline == null) return;
        sql.deadline(
                to.id(),
                deadline.plus(Duration.between(from.plan().start(), to.plan().start())));
    }
}

package vn.giaoban.bridge.support;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import vn.giaoban.bridge.Board;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;
import vn.giaoban.journal.Part;
import vn.giaoban.people.Person;

/** Which sites ask for help, and which a technician has taken aside. */
public final class Support implements Companion, Invitations.Departure {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Journal journal;
    private final Briefings briefings;
    private final Board board;
    private final SupportSql sql;
    private final List<Aside> listeners = new ArrayList<>();

    /** Told when a site is taken aside: what it was about in the room it is not, for the moment. */
    public interface Aside {
        void aside(Change change, Briefing briefing, UUID endpoint);
    }

    public Support(Journal journal, Briefings briefings, Board board) {
        this.journal = journal;
        this.briefings = briefings;
        this.board = board;
        this.sql = new SupportSql(journal.db());
    }

    public void onAside(Aside listener) {
        listeners.add(listener);
    }

    /** The room into which this site has been taken aside, or null where it has not. */
    public String room(UUID briefing, UUID endpoint) {
        var one = sql.open(briefing, endpoint);
        return one == null || !one.taken() ? null : one.room();
    }

    /** The briefing to which a room of support belongs, or null where it is none that is in use. */
    public UUID briefingOf(String room) {
        var one = sql.inRoom(room);
        return one == null || !one.taken() ? null : one.briefing();
    }

    public SupportCase ask(Actor actor, UUID id, UUID endpoint, SupportCase.Reason reason, String text) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var briefing = briefings.get(id);
            board.get(id, endpoint);
            if (briefing.status().over()) throw Refusal.state("briefing-over");
            if (sql.open(id, endpoint) != null) throw Refusal.state("help-asked");
            var asked = SupportCase.asked(id, endpoint, reason, text, room(briefing), change.now());
            sql.insert(asked);
            change.record(
                    "support.asked",
                    Fields.of("endpoint", endpoint).and("case", asked.id()).and("reason", reason),
                    text.isEmpty() ? Map.of() : Map.of("text", text));
            show(change, briefing, endpoint, null, asked);
            return asked;
        });
    }

    public void withdraw(Actor actor, UUID id, UUID endpoint) {
        step(actor, id, endpoint, "support.withdrawn", (one, change) -> one.withdrawn(change.now()));
    }

    /** Takes a site aside, whether it has asked or not; its place in the queue stays. */
    public SupportCase take(Person by, UUID id, UUID endpoint) {
        return journal.write(Briefings.subject(id), by.actor(), change -> {
            var briefing = briefings.get(id);
            board.get(id, endpoint);
            demandOpen(briefing);
            var before = sql.open(id, endpoint);
            var found = before == null ? SupportCase.found(id, endpoint, room(briefing), change.now()) : before;
            if (before == null) sql.insert(found);
            var taken = found.taken(by.id(), by.name(), change.now());
            sql.save(taken);
            change.record("support.taken", Fields.of("endpoint", endpoint).and("case", taken.id()));
            show(change, briefing, endpoint, before, taken);
            board.change(change, briefing, endpoint, invitation -> invitation.inSupport(true));
            listeners.forEach(listener -> listener.aside(change, briefing, endpoint));
            return taken;
        });
    }

    public SupportCase bringBack(Actor actor, UUID id, UUID endpoint) {
        return step(actor, id, endpoint, "support.returned", (one, change) -> one.returned(change.now()));
    }

    private SupportCase step(
            Actor actor, UUID id, UUID endpoint, String verb, BiFunction<SupportCase, Change, SupportCase> next) {
        return journal.write(Briefings.subject(id), actor, change -> {
            var one = sql.open(id, endpoint);
            if (one == null) throw Refusal.state("no-support-case");
            return end(change, briefings.get(id), verb, one, next.apply(one, change));
        });
    }

    private SupportCase end(Change change, Briefing briefing, String verb, SupportCase before, SupportCase after) {
        sql.save(after);
        change.record(verb, Fields.of("endpoint", after.endpoint()).and("case", after.id()));
        show(change, briefing, after.endpoint(), before, after);
        if (before.taken()) board.change(change, briefing, after.endpoint(), invitation -> invitation.inSupport(false));
        return after;
    }

    private void show(Change change, Briefing briefing, UUID endpoint, SupportCase before, SupportCase after) {
        if (board.shows(briefing))
            change.shows(SupportView.board(briefing, endpoint, before), SupportView.board(briefing, endpoint, after));
        change.shows(SupportView.own(briefing, endpoint, before), SupportView.own(briefing, endpoint, after));
    }

    /** Nobody who knows the briefing's own room knows this one. */
    private static String room(Briefing briefing) {
        var random = new byte[12];
        RANDOM.nextBytes(random);
        return briefing.videoName() + "-ht-" + HexFormat.of().formatHex(random);
    }

    private static void demandOpen(Briefing briefing) {
        if (!briefing.status().doorsOpen())
            throw Refusal.state(
                    "doors-closed", Map.of("status", briefing.status().name()));
    }

    /** A site that leaves needs no help any more. */
    @Override
    public void left(Change change, Briefing briefing, UUID endpoint) {
        var one = sql.open(briefing.id(), endpoint);
        if (one != null) end(change, briefing, "support.ended", one, one.ended(change.now()));
    }

    @Override
    public void uninvited(Change change, Briefing briefing, UUID endpoint) {
        left(change, briefing, endpoint);
    }

    /** When the doors close, whoever is aside is so no longer, and nobody waits for help. */
    @Override
    public void moved(Briefing before, Briefing after, Change change) {
        if (before == after) return;
        boolean closes = before.status().doorsOpen() && !after.status().doorsOpen()
                || after.status().over();
        for (var one : sql.open(after.id())) {
            change.shows(SupportView.own(before, one.endpoint(), one), SupportView.own(after, one.endpoint(), one));
            if (closes) end(change, after, "support.ended", one, one.ended(change.now()));
        }
    }

    @Override
    public List<Part> parts(Briefing briefing) {
        if (!board.shows(briefing)) return List.of();
        return sql.open(briefing.id()).stream()
                .map(one -> SupportView.board(briefing, one.endpoint(), one))
                .toList();
    }

    @Override
    public List<Part> parts(Briefing briefing, UUID endpoint) {
        return List.of(SupportView.own(briefing, endpoint, sql.open(briefing.id(), endpoint)));
    }
}

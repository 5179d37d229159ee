package vn.giaoban.jitsi.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.db.Db;
import vn.giaoban.jitsi.RoomBook;
import vn.giaoban.jitsi.event.Fact.Kind;

/** Who was and is in the rooms of a briefing, out of what Jitsi tells and what a look at its lists shows. */
public final class Sightings {
    private static final Logger log = LoggerFactory.getLogger(Sightings.class);
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration RECENT = Duration.ofDays(2);
    /** What is on its way to us while we look is not held against what we see. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(5);

    private final FactSql sql;
    private final RoomBook book;
    private final Map<String, UUID> known = new ConcurrentHashMap<>();

    public Sightings(Db db, RoomBook book) {
        this.sql = new FactSql(db);
        this.book = book;
    }

    /** False where nobody here knows the room: then nothing is kept. */
    boolean hear(List<Fact> facts) {
        var briefing = briefing(facts.getFirst().room());
        if (briefing == null) {
            log.info("an event of a room that nobody here made");
            return false;
        }
        sql.add(briefing, facts);
        return true;
    }

    /** Null where nobody here knows the room; which briefing a room belongs to never changes. */
    private UUID briefing(String room) {
        var before = known.get(room);
        if (before != null) return before;
        var found = book.find(room);
        if (found == null) return null;
        if (known.size() >= MOST_REMEMBERED) known.clear();
        known.put(room, found.briefing());
        return found.briefing();
    }

    /** Rooms that stand, as far as events tell. */
    Set<String> standing(Instant now) {
        return sql.standing(now.minus(RECENT));
    }

    boolean knows(String room) {
        return briefing(room) != null;
    }

    /**
     * Holds what we were told of a room against the list of who is in it, nick and the name that he gave himself;
     * {@code at}: before the list was asked for.
     */
    void look(String room, Map<String, String> there, Instant at) {
        var stays = Stays.of(sql.of(room)).stream()
                .filter(stay -> stay.breakout().isEmpty())
                .toList();
        var open = stays.stream().filter(Stay::open).map(Stay::nick).collect(Collectors.toSet());
        var found = new ArrayList<Fact>();
        for (var stay : stays)
            if (stay.open() && !there.containsKey(stay.nick()) && stay.from().isBefore(at.minus(UNDER_WAY)))
                found.add(Fact.look(room, Kind.GONE, stay.nick(), at, ""));
        there.forEach((nick, name) -> {
            boolean justLeft = stays.stream()
                    .anyMatch(stay -> stay.nick().equals(nick)
                            && stay.toSure()
                            && stay.to().isAfter(at.minus(UNDER_WAY)));
            if (!open.contains(nick) && !justLeft) found.add(Fact.look(room, Kind.SEEN, nick, at, name));
        });
        if (!found.isEmpty()) hear(found);
    }

    public List<UUID> untold() {
        return sql.untold();
    }

    /**
     * Of whom a briefing has not heard everything, by the id in their tokens, and all their stays; those nobody could
     * name stand under "". They count as heard of once the caller's transaction is in the books.
     */
    public Map<String, List<Stay>> news(UUID briefing) {
        var news = sql.tell(briefing);
        if (news.isEmpty()) return Map.of();
        boolean ofRooms = news.stream().anyMatch(fact -> fact.nick().isEmpty() && fact.kind() == Kind.DESTROYED);
        var nicks = news.stream().map(Fact::nick).collect(Collectors.toCollection(HashSet::new));
        nicks.remove("");
        var whos = news.stream().map(Fact::who).collect(Collectors.toCollection(HashSet::new));
        whos.remove("");
        var first = ofRooms ? sql.of(briefing) : sql.of(briefing, whos, nicks);
        if (!ofRooms) {
            // A look tells the nick alone; whose it is, the facts say that came before.
            var named = first.stream()
                    .filter(fact -> nicks.contains(fact.nick()) && !fact.who().isEmpty())
                    .map(Fact::who)
                    .collect(Collectors.toSet());
            if (whos.addAll(named)) first = sql.of(briefing, whos, nicks);
        }
        var all = byWho(Stays.of(first));
        // Who turned out not to have been there at all is news as well.
        whos.forEach(who -> all.putIfAbsent(who, List.of()));
        if (ofRooms)
            first.stream().map(Fact::who).filter(who -> !who.isEmpty()).forEach(who -> all.putIfAbsent(who, List.of()));
        return all;
    }

    /** Everybody's stays at a briefing. */
    public List<Stay> of(UUID briefing) {
        return Stays.of(sql.of(briefing));
    }

    private static Map<String, List<Stay>> byWho(List<Stay> stays) {
        var all = new HashMap<String, List<Stay>>();
        stays.forEach(stay ->
                all.computeIfAbsent(stay.who(), who -> new ArrayList<>()).add(stay));
        return all;
    }
}

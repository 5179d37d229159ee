package vn.giaoban.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Page;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;

/**
 * What the house knows of the world around its briefings: provinces and units on the time axis, the calendar of
 * working days, organisations, endpoints and rooms. Endpoints and organisations are remembered for seconds.
 */
public final class Directory {
    /** The clock of the law, whatever zone a reader's browser is in. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private static final String SUBJECT = "directory";
    /** For how long endpoints and organisations are remembered. */
    public static final Duration LIFE = Duration.ofSeconds(10);

    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2100, 12, 31);

    private final Journal journal;
    private final DirectorySql sql;
    private final Remembered<Map<UUID, Endpoint>> endpoints;
    private final Remembered<Map<UUID, List<Endpoint.Period>>> renamed;
    private final Remembered<Map<UUID, Organisation>> organisations;
    private final Remembered<Map<UUID, Room>> rooms;
    private final Remembered<WorkingDays> workingDays;

    public Directory(Journal journal) {
        this.journal = journal;
        this.sql = new DirectorySql(journal.db());
        this.endpoints = new Remembered<>(LIFE, () -> byId(sql.endpoints(), Endpoint::id));
        this.renamed = new Remembered<>(LIFE, sql::renamed);
        this.organisations = new Remembered<>(LIFE, () -> byId(sql.organisations(), Organisation::id));
        this.rooms = new Remembered<>(LIFE, () -> byId(sql.rooms(), Room::id));
        this.workingDays = new Remembered<>(LIFE, () -> WorkingDays.of(sql.holidays(FIRST, LAST)));
    }

    public LocalDate today() {
        return LocalDate.ofInstant(journal.now(), ZONE);
    }

    public List<Province> provinces(LocalDate on, String query) {
        return sql.provinces(on, Folded.patterns(query));
    }

    public List<Unit> units(String query, int limit) {
        return sql.units(Folded.patterns(query), limit);
    }

    public List<Holiday> holidays(int year) {
        return sql.holidays(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }

    public WorkingDays workingDays() {
        return workingDays.get();
    }

    public List<Organisation> organisations() {
        return List.copyOf(organisations.get().values());
    }

    /** Null for one that is not there; the same holds for {@link #room} and {@link #endpoint}. */
    public Organisation organisation(UUID id) {
        var known = organisations.get().get(id);
        return known != null ? known : find(sql.organisations(), o -> o.id().equals(id));
    }

    public List<Room> rooms() {
        return List.copyOf(rooms.get().values());
    }

    public Room room(UUID id) {
        var known = rooms.get().get(id);
        return known != null ? known : find(sql.rooms(), r -> r.id().equals(id));
    }

    public Endpoint endpoint(UUID id) {
        return id == null ? null : endpoints(List.of(id)).get(id);
    }

    /** All of them, in the order of protocol. */
    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints.get().values());
    }

    /** Those of the ids that are there, in the order of protocol. */
    public Map<UUID, Endpoint> endpoints(Collection<UUID> ids) {
        var known = endpoints.get();
        // One added a moment ago by another node is not remembered yet.
        if (!known.keySet().containsAll(ids)) return byId(sql.endpoints(ids), Endpoint::id);
        var wanted = new LinkedHashMap<UUID, Endpoint>();
        var set = Set.copyOf(ids);
        known.forEach((id, endpoint) -> {
            if (set.contains(id)) wanted.put(id, endpoint);
        });
        return wanted;
    }

    /**
     * The same with the names, codes and provinces that were theirs on the day of an hour: a briefing shows those of its
     * own hour, whatever has been merged or renamed since.
     */
    public Map<UUID, Endpoint> endpointsAt(Collection<UUID> ids, Instant at) {
        var day = LocalDate.ofInstant(at, ZONE);
        var all = endpoints(ids);
        var periods = renamed.get();
        all.replaceAll((id, endpoint) ->
                periods.containsKey(id) ? endpoint.in(Endpoint.Period.of(periods.get(id), day)) : endpoint);
        return all;
    }

    public Endpoint endpointAt(UUID id, Instant at) {
        return id == null ? null : endpointsAt(List.of(id), at).get(id);
    }

    /** What was remembered of endpoints is read anew. */
    public void forgetEndpoints() {
        endpoints.forget();
        renamed.forget();
    }

    /** Those that have not ended, in the order of protocol. */
    public Page<Endpoint> endpoints(String query, String after, int limit) {
        record Key(int sort, String code) {}
        var key = Page.after(after, 2, parts -> new Key(Integer.parseInt(parts[0]), parts[1]));
        if (key == null) key = new Key(Integer.MIN_VALUE, "");
        var rows = sql.endpoints(Folded.patterns(query), key.sort(), key.code(), today(), limit + 1);
        return Page.of(rows, limit, endpoint -> List.of(endpoint.sort(), endpoint.code()));
    }

    /** From now on there is such an organisation; one with its code becomes it. The id given is not looked at. */
    public Organisation register(Organisation organisation, Actor actor) {
        lay("organisation", "code", DirectorySql.columns(organisation), organisation.code(), actor);
        organisations.forget();
        return find(sql.organisations(), o -> o.code().equals(organisation.code()));
    }

    /** From now on there is such an endpoint; one with its code becomes it. The id given is not looked at. */
    public Endpoint register(Endpoint endpoint, Actor actor) {
        journal.write(SUBJECT, actor, change -> {
            lay("endpoint", "code", DirectorySql.columns(endpoint), endpoint.code(), actor);
            sql.layPeriod(endpoint.code());
            return null;
        });
        forgetEndpoints();
        return find(sql.endpoints(), e -> e.code().equals(endpoint.code()));
    }

    /** From now on there is a room of this name. */
    public Room registerRoom(String name, Actor actor) {
        lay("video_room", "name", Map.of("name", name), name, actor);
        rooms.forget();
        return find(sql.rooms(), r -> r.name().equals(name));
    }

    private void lay(String table, String key, Map<String, ?> row, String code, Actor actor) {
        journal.write(SUBJECT, actor, change -> {
            if (sql.lay(table, key, List.of(row)) > 0) change.record(table + ".registered", Fields.of(key, code));
            return null;
        });
    }

    private static <T> T find(List<T> list, Predicate<T> wanted) {
        return list.stream().filter(wanted).findFirst().orElse(null);
    }

    private static <T> Map<UUID, T> byId(List<T> list, Function<T, UUID> id) {
        return list.stream().collect(Collectors.toMap(id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }
}
